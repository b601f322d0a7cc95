import type { Json } from '../../base/canonicalJson.ts'
import { readStrictJson, type StrictJson } from '../../base/strictJson.ts'

/** Larger files are none of the formats that are imported; a sniffer need not read them. */
export const MAX_IMPORT_BYTES = 1_000_000

/** Bytes as text, byte for byte; null when they are not UTF-8 or too many. */
export function importText(bytes: Uint8Array): string | null {
  if (bytes.length === 0 || bytes.length > MAX_IMPORT_BYTES) return null
  try {
    return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes)
  } catch {
    return null
  }
}

/**
 * The members that a JSON object seems to have, for a sniffer; null when the text is no JSON object.
 * Read leniently, so that a file which the strict reader refuses is still named for what it means to be.
 */
export function sniffMembers(bytes: Uint8Array): Readonly<Record<string, unknown>> | null {
  const text = importText(bytes)
  if (!text || !/^\s*\{/.test(text)) return null
  try {
    const value: unknown = JSON.parse(text)
    return typeof value === 'object' && value !== null ? { ...value } : null
  } catch {
    return null
  }
}

/** A JSON object's members, or why it is refused. */
export function readMembers(bytes: Uint8Array): (StrictJson & { readonly value: JsonObject }) | string {
  const text = importText(bytes)
  if (text === null) return 'It is not UTF-8 text.'
  const read = readStrictJson(text)
  if (typeof read === 'string') return read
  const { value, sources } = read
  return isObject(value) ? { value, sources } : 'It is no JSON object.'
}

export type JsonObject = { readonly [key: string]: Json }

export const isObject = (value: Json | undefined): value is JsonObject =>
  typeof value === 'object' && value !== null && !Array.isArray(value)

/** Members that stand in an object and not in the list; the format does not know them. */
export const strangers = (value: JsonObject, known: readonly string[]): readonly string[] =>
  Object.keys(value).filter((name) => !known.includes(name))

import { readFileSync } from 'node:fs'
import { gunzipSync } from 'node:zlib'
import { TwinError } from '../base/errors.ts'

/** The bytes of a file the user named, gunzipped when they are gzip. Throws FILE_UNREADABLE. */
export function readBytes(path: string): Uint8Array {
  try {
    const bytes = readFileSync(path)
    return new Uint8Array(bytes[0] === 0x1f && bytes[1] === 0x8b ? gunzipSync(bytes) : bytes)
  } catch (error) {
    throw new TwinError('FILE_UNREADABLE', `${path} cannot be read: ${(error as Error).message}.`, { path })
  }
}

export const readText = (path: string): string => new TextDecoder().decode(readBytes(path))

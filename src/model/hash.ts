import { sha256 } from '@noble/hashes/sha2.js'
import { canonicalJson } from '../base/canonicalJson.ts'
import { toHex } from '../base/hex.ts'
import { type Scenario, stateOf } from './scenario.ts'

/** SHA-256 of bytes as 64 hexadecimal digits, without prefix. */
export const sha256Hex = (bytes: Uint8Array): string => toHex(sha256(bytes)).slice(2)

/** SHA-256 of a value's canonical JSON. */
export const hashOf = (value: unknown): string => sha256Hex(utf8(canonicalJson(value)))

/** Hash of what a scenario adds up to: city and state, not the way there. Undo brings it back to the last digit. */
export function scenarioHash(scenario: Scenario): string {
  const { assets, settings, facts } = stateOf(scenario)
  const byId = <T>(map: ReadonlyMap<string, T>) => [...map].sort(([a], [b]) => (a < b ? -1 : 1))
  return hashOf({
    base: scenario.base,
    assets: byId(assets),
    settings: byId(settings),
    // plans that change no fact keep the hash they always had
    ...(facts.size > 0 ? { facts: byId(facts) } : {}),
  })
}

/** UTF-8 of text; pure, since engines have no TextEncoder. */
export function utf8(text: string): Uint8Array {
  const bytes: number[] = []
  for (const character of text) {
    const c = character.codePointAt(0)!
    if (c < 0x80) bytes.push(c)
    else if (c < 0x800) bytes.push(0xc0 | (c >> 6), 0x80 | (c & 63))
    else if (c < 0x10000) bytes.push(0xe0 | (c >> 12), 0x80 | ((c >> 6) & 63), 0x80 | (c & 63))
    else bytes.push(0xf0 | (c >> 18), 0x80 | ((c >> 12) & 63), 0x80 | ((c >> 6) & 63), 0x80 | (c & 63))
  }
  return Uint8Array.from(bytes)
}

import { TwinError } from '../../base/errors.ts'
import type { Steps } from '../../base/steps.ts'

const QUOTE = 34
const BACKSLASH = 92
const OPEN_BRACE = 123
const CLOSE_BRACE = 125
const OPEN_BRACKET = 91
const CLOSE_BRACKET = 93
const COMMA = 44
const COLON = 58

const isSpace = (byte: number): boolean => byte === 32 || byte === 10 || byte === 13 || byte === 9

const decoder = new TextDecoder()

/** How much of the text is looked at between two steps. */
const STRIDE = 65_536

const brokenJson = (name: string, why: string): TwinError =>
  new TwinError('FORMAT_BROKEN', `"${name}" is no readable GeoJSON: ${why}.`, { file: name })

/**
 * Hands the members of the top level's "features" one by one to `take`, parsed. The whole text is never parsed at once:
 * that would hold a thread for as long as it takes, and twice the memory.
 *
 * Throws   FORMAT_BROKEN when the text is no JSON object with a list of features
 * Cost     O(bytes)
 */
export function* splitFeatures(bytes: Uint8Array, name: string, take: (feature: unknown) => void): Steps<void> {
  const n = bytes.length
  let at = 0
  // a byte order mark is no JSON, but some programs write it
  if (bytes[0] === 0xef && bytes[1] === 0xbb && bytes[2] === 0xbf) at = 3

  const space = (): void => {
    while (at < n && isSpace(bytes[at]!)) at++
  }
  const expect = (byte: number): void => {
    space()
    if (bytes[at] === byte) at++
    else throw brokenJson(name, where(bytes, at, `expected "${String.fromCharCode(byte)}"`))
  }
  const parse = (from: number, to: number): unknown => {
    try {
      return JSON.parse(decoder.decode(bytes.subarray(from, to)))
    } catch {
      throw brokenJson(name, where(bytes, from, 'this is no JSON'))
    }
  }
  /** Steps over one value; only brackets and strings matter for where it ends. */
  function* skipValue(): Steps<void> {
    space()
    let depth = 0
    let next = at + STRIDE
    const start = at
    for (; at < n; at++) {
      if (at > next) {
        next = at + STRIDE
        yield at / n
      }
      const byte = bytes[at]!
      if (byte === QUOTE) {
        for (at++; at < n && bytes[at] !== QUOTE; at++) if (bytes[at] === BACKSLASH) at++
      } else if (byte === OPEN_BRACE || byte === OPEN_BRACKET) depth++
      else if (byte === CLOSE_BRACE || byte === CLOSE_BRACKET) {
        if (depth === 0) break
        depth--
      } else if (byte === COMMA && depth === 0) break
      else continue
      if (depth === 0) {
        at++
        break
      }
    }
    if (depth > 0 || at > n) throw brokenJson(name, `it ends in the middle of a value, after ${n} bytes`)
    if (at === start) throw brokenJson(name, where(bytes, at, 'expected a value'))
  }

  expect(OPEN_BRACE)
  let found = false
  for (;;) {
    space()
    if (bytes[at] === CLOSE_BRACE) break
    const keyAt = at
    yield* skipValue()
    const key = parse(keyAt, at)
    expect(COLON)
    if (key === 'features') {
      found = true
      expect(OPEN_BRACKET)
      space()
      if (bytes[at] === CLOSE_BRACKET) at++
      else {
        let next = 0
        for (;;) {
          space()
          const from = at
          yield* skipValue()
          take(parse(from, at))
          if (at > next) {
            next = at + STRIDE / 4
            yield at / n
          }
          space()
          if (bytes[at] === CLOSE_BRACKET) {
            at++
            break
          }
          expect(COMMA)
        }
      }
    } else yield* skipValue()
    space()
    if (bytes[at] === CLOSE_BRACE) break
    expect(COMMA)
  }
  if (!found) throw brokenJson(name, 'it has no list "features"; expected a FeatureCollection')
}

function where(bytes: Uint8Array, at: number, what: string): string {
  if (at >= bytes.length) return `${what}, but it ends after ${bytes.length} bytes`
  const text = decoder.decode(bytes.subarray(at, at + 16)).replace(/\s+/g, ' ')
  return `${what} at byte ${at}, got "${text}"`
}

import { TwinError } from '../base/errors.ts'
import type { Steps } from '../base/steps.ts'

const QUOTE = 34
const BACKSLASH = 92
const OPEN_BRACE = 123
const CLOSE_BRACE = 125
const OPEN_BRACKET = 91
const CLOSE_BRACKET = 93
const COMMA = 44
const COLON = 58
const RECORD_SEPARATOR = 30

const isSpace = (byte: number): boolean => byte === 32 || byte === 10 || byte === 13 || byte === 9

const decoder = new TextDecoder()

/** How much of the text is looked at between two steps. */
const STRIDE = 65_536

/**
 * Walks through a JSON text value by value, so that a large one is never parsed at once: that would hold a thread for as
 * long as it takes, and twice the memory. Every step yields how far it is.
 */
export interface JsonScanner {
  at: number
  /** Whether another value follows; steps over the marks between records. */
  hasMore(): boolean
  /** Steps over the members of the object that starts here; `visit` must consume each value. */
  members(visit: (key: string) => Steps<void>): Steps<void>
  /** Steps over the list that starts here; `visit` must consume each value. */
  list(visit: () => Steps<void>): Steps<void>
  skip(): Steps<void>
  /** Parses the value that starts here. */
  value(): Steps<unknown>
}

/** Throws   FORMAT_BROKEN when the text is no JSON where it is read */
export function createJsonScanner(bytes: Uint8Array, name: string): JsonScanner {
  const n = bytes.length
  let at = 0
  let told = 0
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
  function* skip(): Steps<void> {
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
  function* value(): Steps<unknown> {
    space()
    const from = at
    yield* skip()
    return parse(from, at)
  }
  function* each(open: number, close: number, visit: () => Steps<void>): Steps<void> {
    expect(open)
    space()
    if (bytes[at] === close) {
      at++
      return
    }
    for (;;) {
      yield* visit()
      if (at > told + STRIDE / 4 || at < told) {
        told = at
        yield at / n
      }
      space()
      if (bytes[at] === close) {
        at++
        return
      }
      expect(COMMA)
    }
  }
  return {
    get at() {
      return at
    },
    set at(place) {
      at = place
    },
    hasMore() {
      while (at < n && (isSpace(bytes[at]!) || bytes[at] === RECORD_SEPARATOR)) at++
      return at < n
    },
    members: (visit) =>
      each(OPEN_BRACE, CLOSE_BRACE, function* () {
        const key = String(yield* value())
        expect(COLON)
        yield* visit(key)
      }),
    list: (visit) => each(OPEN_BRACKET, CLOSE_BRACKET, visit),
    skip,
    value,
  }
}

export const brokenJson = (name: string, why: string): TwinError =>
  new TwinError('FORMAT_BROKEN', `"${name}" is no readable JSON: ${why}.`, { file: name })

function where(bytes: Uint8Array, at: number, what: string): string {
  if (at >= bytes.length) return `${what}, but it ends after ${bytes.length} bytes`
  const text = decoder.decode(bytes.subarray(at, at + 16)).replace(/\s+/g, ' ')
  return `${what} at byte ${at}, got "${text}"`
}

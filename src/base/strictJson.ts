import type { Json } from './canonicalJson.ts'

/** JSON as it was read: its value, and the very text of each member when it is an object. */
export interface StrictJson {
  readonly value: Json
  readonly sources: ReadonlyMap<string, string> // of the outermost object's members; signatures are over these
}

const MAX_DEPTH = 64
const NUMBER = /-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?/y
const HALF_CHARACTER = /[\ud800-\udbff](?![\udc00-\udfff])|(?<![\ud800-\udbff])[\udc00-\udfff]/
const SPACE = /[ \t\n\r]*/y

class Refusal extends Error {}

/** A text in quotes as JSON means it; null when it is none. */
function parsed(source: string): string | null {
  try {
    return JSON.parse(source) as string
  } catch {
    return null
  }
}

/**
 * Reads JSON as RFC 8259 writes it, and refuses what two readers could take for two things: a member named twice,
 * half of a surrogate pair, a number that a double cannot hold.
 *
 * Returns  the value, or the one sentence that says where and why it is refused
 */
export function readStrictJson(text: string): StrictJson | string {
  let at = 0
  const refuse = (why: string): never => {
    throw new Refusal(`${why} at character ${at}.`)
  }
  const take = (pattern: RegExp): string | null => {
    pattern.lastIndex = at
    const found = pattern.exec(text)
    if (!found) return null
    at += found[0].length
    return found[0]
  }
  const sources = new Map<string, string>()

  const readString = (): string => {
    if (text[at] !== '"') refuse('Expected a text')
    const start = at++
    while (at < text.length && text[at] !== '"') at += text[at] === '\\' ? 2 : 1
    at++
    const value = parsed(text.slice(start, at)) ?? refuse('A broken text ends')
    if (HALF_CHARACTER.test(value)) refuse('Half of a character')
    return value
  }
  const readNumber = (): number => {
    const source = take(NUMBER) ?? refuse('Expected a value')
    const value = Number(source)
    const whole = /^-?\d+$/.test(source)
    if (!Number.isFinite(value) || (whole && !Number.isSafeInteger(value))) refuse('A number too large to be exact')
    return value
  }
  const readList = (depth: number): Json[] => {
    const list: Json[] = []
    at++
    take(SPACE)
    if (text[at] === ']') at++
    else {
      for (;;) {
        list.push(readValue(depth))
        if (text[at] === ']') break
        if (text[at] !== ',') refuse('Expected , or ]')
        at++
      }
      at++
    }
    return list
  }
  const readObject = (depth: number): Record<string, Json> => {
    const members = new Map<string, Json>()
    at++
    take(SPACE)
    if (text[at] === '}') at++
    else {
      for (;;) {
        take(SPACE)
        const name = readString()
        if (members.has(name)) refuse(`Member "${name}" stands twice`)
        take(SPACE)
        if (text[at] !== ':') refuse('Expected :')
        at++
        take(SPACE)
        const start = at
        const [value, end] = readBare(depth)
        members.set(name, value)
        if (depth === 1) sources.set(name, text.slice(start, end))
        if (text[at] === '}') break
        if (text[at] !== ',') refuse('Expected , or }')
        at++
      }
      at++
    }
    // not by assignment: a member named __proto__ must stay a member
    return Object.fromEntries(members)
  }
  /** A value and where its text ends; then the space after it is skipped. */
  const readBare = (depth: number): [Json, number] => {
    if (depth > MAX_DEPTH) refuse(`Nested deeper than ${MAX_DEPTH}`)
    const value = ((): Json => {
      const first = text[at]
      if (first === '{') return readObject(depth + 1)
      if (first === '[') return readList(depth + 1)
      if (first === '"') return readString()
      for (const [word, meaning] of [['true', true] as const, ['false', false] as const, ['null', null] as const]) {
        if (!text.startsWith(word, at)) continue
        at += word.length
        return meaning
      }
      return readNumber()
    })()
    const end = at
    take(SPACE)
    return [value, end]
  }
  const readValue = (depth: number): Json => {
    take(SPACE)
    return readBare(depth)[0]
  }

  try {
    const value = readValue(0)
    if (at < text.length) refuse('Something follows the JSON')
    return { value, sources }
  } catch (error) {
    if (error instanceof Refusal) return `The JSON is refused: ${error.message}`
    throw error
  }
}

import { TwinError } from '../../../base/errors.ts'

/** One value of a command; without a name it goes by its place. */
export interface Parameter {
  readonly name: string | null
  readonly value: string // brackets and quotes taken off
}

const CLOSING: Readonly<Record<string, string>> = { '(': ')', '[': ']', '{': '}', '"': '"', "'": "'" }

export const broken = (message: string, details: Record<string, string | number> = {}): TwinError =>
  new TwinError('FORMAT_BROKEN', message, details)

/** Lines that hold a command, comments taken off, each with its number. */
export function commandLines(text: string): { line: number; text: string }[] {
  const found: { line: number; text: string }[] = []
  let inBlock = false
  for (const [i, raw] of text.split(/\r\n|\n|\r/).entries()) {
    const trimmed = raw.trim()
    if (!inBlock && trimmed.startsWith('/*')) inBlock = true
    if (inBlock) {
      if (trimmed.includes('*/')) inBlock = false
      continue
    }
    const bare = withoutComment(trimmed).trim()
    if (bare !== '') found.push({ line: i + 1, text: bare })
  }
  return found
}

/** Cuts a line at ! or // outside of quotes. */
function withoutComment(text: string): string {
  let quote = ''
  for (let i = 0; i < text.length; i++) {
    const c = text[i]!
    if (quote !== '') {
      if (c === quote) quote = ''
    } else if (c === '"' || c === "'") quote = c
    else if (c === '!' || (c === '/' && text[i + 1] === '/')) return text.slice(0, i)
  }
  return text
}

/**
 * Splits the parameters of a command: names and values parted by "=", one another by blanks or commas.
 *
 * Throws   FORMAT_BROKEN for a bracket that does not close
 */
export function parameters(text: string): Parameter[] {
  const found: Parameter[] = []
  let at = 0
  const skip = (pattern: RegExp): void => {
    while (at < text.length && pattern.test(text[at]!)) at++
  }
  const word = (): string => {
    const close = CLOSING[text[at]!]
    if (close !== undefined) {
      const end = text.indexOf(close, at + 1)
      if (end < 0) throw broken(`"${text.slice(at, at + 30)}" opens with ${text[at]} and does not close.`)
      const inner = text.slice(at + 1, end)
      at = end + 1
      return inner
    }
    const start = at
    while (at < text.length && !/[\s,=]/.test(text[at]!)) at++
    return text.slice(start, at)
  }
  for (;;) {
    skip(/[\s,]/)
    if (at >= text.length) return found
    if (text[at] === '=') throw broken(`"${text.slice(0, 40)}" has a = without a name.`)
    const first = word()
    skip(/\s/)
    if (text[at] !== '=') {
      found.push({ name: null, value: first })
      continue
    }
    at++
    skip(/\s/)
    found.push({ name: first.toLowerCase(), value: at < text.length ? word() : '' })
  }
}

const OPERATORS: Readonly<Record<string, (a: number, b: number) => number>> = {
  '+': (a, b) => a + b,
  '-': (a, b) => a - b,
  '*': (a, b) => a * b,
  '/': (a, b) => a / b,
}

/** A number, or a sum in reverse Polish notation such as "8 1000 /"; NaN when it is neither. */
export function numberOf(text: string): number {
  const stack: number[] = []
  for (const word of text.trim().split(/[\s,]+/)) {
    const operator = OPERATORS[word]
    if (!operator) stack.push(word === '' ? NaN : Number(word))
    else {
      const b = stack.pop() ?? NaN
      stack.push(operator(stack.pop() ?? NaN, b))
    }
  }
  return stack.length === 1 ? stack[0]! : NaN
}

export const listOf = (text: string): string[] => text.split(/[\s,]+/).filter((word) => word !== '')

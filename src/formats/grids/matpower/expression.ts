import { TwinError } from '../../../base/errors.ts'

export const broken = (message: string, line: number): TwinError =>
  new TwinError('FORMAT_BROKEN', `Line ${line}: ${message}.`, { line })

/** What a name or a cell such as `mpc.bus(1, BASE_KV)` stands for; null when it is not known. */
export interface Values {
  name(name: string): number | null
  cell(field: string, row: number, column: number): number | null
}

const TOKEN = /\s*(?:(\d+\.?\d*(?:[eE][+-]?\d+)?|\.\d+(?:[eE][+-]?\d+)?)|([A-Za-z_]\w*(?:\.\w+)?)|(\S))/y

/** Longer ones are no unit conversion, and nesting must not exhaust the stack. */
const MAX_TOKENS = 200

/**
 * Value of a scalar expression: numbers, names, cells, + - * / ^ and parentheses.
 *
 * Throws   FORMAT_BROKEN for anything else, so that a conversion is never skipped in silence
 */
export function evaluate(text: string, values: Values, line: number): number {
  const tokens: { number?: number; name?: string; sign?: string }[] = []
  TOKEN.lastIndex = 0
  while (TOKEN.lastIndex < text.trimEnd().length) {
    const match = TOKEN.exec(text)
    if (!match) break
    if (match[1] !== undefined) tokens.push({ number: Number(match[1]) })
    else if (match[2] !== undefined) tokens.push({ name: match[2] })
    else tokens.push({ sign: match[3]! })
  }
  if (tokens.length > MAX_TOKENS)
    throw broken(`an expression of ${tokens.length} parts, expected at most ${MAX_TOKENS}`, line)
  let at = 0
  const fail = (): never => {
    throw broken(`"${text.trim()}" is more than this reader can compute`, line)
  }
  const sign = (...wanted: string[]): string | null => {
    const found = tokens[at]?.sign
    if (found === undefined || !wanted.includes(found)) return null
    at++
    return found
  }
  const sum = (): number => {
    let value = product()
    for (let op = sign('+', '-'); op; op = sign('+', '-')) value += op === '+' ? product() : -product()
    return value
  }
  const product = (): number => {
    let value = signed()
    for (let op = sign('*', '/'); op; op = sign('*', '/')) value = op === '*' ? value * signed() : value / signed()
    return value
  }
  const signed = (): number => {
    const op = sign('+', '-')
    return op === '-' ? -signed() : op === '+' ? signed() : power()
  }
  const power = (): number => {
    let value = atom()
    while (sign('^')) value = value ** atom()
    return value
  }
  const atom = (): number => {
    const token = tokens[at++] ?? {}
    if (token.number !== undefined) return token.number
    if (token.sign === '(') {
      const value = sum()
      return sign(')') ? value : fail()
    }
    if (token.name === undefined) return fail()
    if (!sign('(')) return values.name(token.name) ?? fail()
    const row = sum()
    if (!sign(',')) return fail()
    const column = sum()
    if (!sign(')')) return fail()
    return values.cell(token.name, row, column) ?? fail()
  }
  const value = sum()
  return at === tokens.length && Number.isFinite(value) ? value : fail()
}

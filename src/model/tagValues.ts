const NUMBER = /^\s*([+-]?\d+(?:[.,]\d+)?)\s*(m|metres?|meters?|ft|feet|')?\s*(?:(\d+(?:\.\d+)?)\s*")?\s*$/i
const FOOT_M = 0.3048 // international foot, exact by definition (1959)
const INCH_M = 0.0254

/** A length in metres: "12", "12.5 m", "40'", "5'10\"". NaN when it is not one. */
export function readLengthM(text: string | undefined): number {
  const match = text === undefined ? null : NUMBER.exec(text)
  if (!match) return NaN
  const value = Number(match[1]!.replace(',', '.'))
  const feet = match[2] !== undefined && /^(ft|feet|')$/i.test(match[2])
  if (feet) return value * FOOT_M + (match[3] ? Number(match[3]) * INCH_M : 0)
  return match[3] ? NaN : value
}

/** A plain number: "3", "2.5", the highest of "2;3". NaN when it is none. */
export function readNumber(text: string | undefined): number {
  if (text === undefined) return NaN
  let best = NaN
  for (const part of text.split(';')) {
    if (!/^\s*[+-]?\d+(?:[.,]\d+)?\s*$/.test(part)) continue
    const value = Number(part.replace(',', '.'))
    if (!(value <= best)) best = value
  }
  return best
}

/** The highest voltage of "110000;10000" in volts; "110 kV" is understood. NaN when none. */
export function readVoltageV(text: string | undefined): number {
  if (text === undefined) return NaN
  let best = NaN
  for (const part of text.split(/[;,/]/)) {
    const match = /^\s*(\d+(?:\.\d+)?)\s*(kv|v)?\s*$/i.exec(part)
    if (!match) continue
    const value = Number(match[1]) * (match[2]?.toLowerCase() === 'kv' ? 1000 : 1)
    if (!(value <= best)) best = value
  }
  return best
}

export const isYes = (text: string | undefined): boolean => text !== undefined && text !== 'no' && text !== ''

import { type DssObject, invalid } from './readScript.ts'
import { listOf, numberOf } from './scan.ts'

/** Typed reading of one element: the last word on each property counts. */
export function valuesOf(object: DssObject) {
  const last = new Map(object.said)
  const text = (field: string): string | undefined => last.get(field)?.trim()
  const checked = (field: string, value: number, raw: string): number => {
    if (!Number.isFinite(value)) throw invalid(object, field, raw.slice(0, 30), 'a finite number')
    return value
  }
  const number = (field: string, initial: number): number => {
    const raw = text(field)
    return raw === undefined ? initial : checked(field, numberOf(raw), raw)
  }
  return {
    has: (field: string): boolean => last.has(field),
    text,
    number,
    above0(field: string, initial: number): number {
      const value = number(field, initial)
      if (!(value > 0)) throw invalid(object, field, String(value), 'a number above 0')
      return value
    },
    whole(field: string, initial: number, max: number): number {
      const value = number(field, initial)
      if (!Number.isInteger(value) || value < 1 || value > max)
        throw invalid(object, field, String(value), `a whole number from 1 to ${max}`)
      return value
    },
    list: (field: string): number[] => listOf(text(field) ?? '').map((word) => checked(field, numberOf(word), word)),
    yes: (field: string, initial: boolean): boolean => {
      const raw = text(field)
      return raw === undefined ? initial : /^[yt]/i.test(raw)
    },
    /** A symmetric matrix given whole or as its lower triangle, rows parted by "|"; row-major. */
    matrix(field: string, n: number): number[] | null {
      const raw = text(field)
      if (raw === undefined) return null
      const rows = raw.split('|').map((row) => listOf(row).map((word) => checked(field, numberOf(word), word)))
      const m: number[] = new Array(n * n).fill(0)
      if (rows.length !== n) throw invalid(object, field, `${rows.length} rows`, `${n} rows`)
      rows.forEach((row, i) => {
        if (row.length !== i + 1 && row.length !== n)
          throw invalid(object, field, `${row.length} values in row ${i + 1}`, `${i + 1} or ${n}`)
        row.forEach((value, j) => {
          m[i * n + j] = value
          if (j <= i) m[j * n + i] = value
        })
      })
      return m
    },
  }
}

export type Values = ReturnType<typeof valuesOf>

/** Metres in a unit of length; NaN for none. */
const METRES: Readonly<Record<string, number>> = {
  none: NaN,
  mi: 1609.344,
  kft: 304.8,
  km: 1000,
  m: 1,
  me: 1,
  ft: 0.3048,
  in: 0.0254,
  cm: 0.01,
  mm: 0.001,
}

export function metresOf(object: DssObject, field: string, text: string | undefined): number {
  const metres = METRES[(text ?? 'none').toLowerCase()]
  if (metres === undefined) throw invalid(object, field, String(text), `one of ${Object.keys(METRES).join(', ')}`)
  return metres
}

/** "bus.1.2.3": the name in lower case and the nodes that are given. */
export function busOf(object: DssObject, field: string, text: string | undefined): { bus: string; nodes: number[] } {
  const [bus, ...nodes] = (text ?? '').trim().toLowerCase().split('.')
  if (!bus) throw invalid(object, field, text ?? 'missing', 'the name of a bus')
  return {
    bus,
    nodes: nodes.map((node) => {
      const n = Number(node)
      if (node === '' || !Number.isInteger(n) || n < 0 || n > 15)
        throw invalid(object, field, String(text), 'nodes from 0 to 15')
      return n
    }),
  }
}

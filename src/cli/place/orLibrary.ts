import { TwinError } from '../../base/errors.ts'
import type { SiteProblem } from '../../engines/placement/problem.ts'

/** Whether a text is a set-covering problem of the OR-Library: nothing but whole numbers. */
export const isOrLibrary = (text: string): boolean => /^[\d\s]+$/.test(text)

/**
 * A set-covering problem of the OR-Library: rows and columns, a cost for each column, then for each row how many columns
 * cover it, and which, from 1.
 *
 * Throws   FORMAT_BROKEN where the numbers end too early, or name what is not there
 * Source   J. Beasley, OR-Library: distributing test problems by electronic mail, JORS 41(11), 1990
 */
export function readOrLibrary(text: string, path: string): SiteProblem {
  const numbers = text.trim().split(/\s+/).map(Number)
  let at = 0
  const next = (what: string, max: number): number => {
    const value = numbers[at++]
    if (value !== undefined && value <= max) return value
    const got = value === undefined ? 'the file ends' : `${value}`
    throw new TwinError('FORMAT_BROKEN', `${path}: ${what}, number ${at}: ${got}, expected at most ${max}.`, { path })
  }
  const points = next('rows', 1e6)
  const sites = next('columns', 1e6)
  const cost = Float64Array.from({ length: sites }, () => next('a cost', 1e9))
  const covers: number[][] = Array.from({ length: sites }, () => [])
  for (let p = 0; p < points; p++) {
    const n = next('a count', sites)
    for (let k = 0; k < n; k++) {
      const site = next('a column', sites)
      if (site === 0) throw new TwinError('FORMAT_BROKEN', `${path}: columns are counted from 1, got 0.`, { path })
      covers[site - 1]!.push(p)
    }
  }
  if (at !== numbers.length)
    throw new TwinError('FORMAT_BROKEN', `${path}: ${numbers.length} numbers, expected ${at}.`, { path })
  const coverStart = new Uint32Array(sites + 1)
  for (const [s, list] of covers.entries()) coverStart[s + 1] = coverStart[s]! + list.length
  return {
    siteIds: covers.map((_, s) => String(s + 1)),
    cost,
    coverStart,
    coverPoint: Uint32Array.from(covers.flat()),
    weight: new Float64Array(points).fill(1),
    budget: null,
    standing: [],
    conflicts: [],
  }
}

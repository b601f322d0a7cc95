import { createRandom, type Random } from '../../base/random.ts'
import type { Asset } from '../../model/asset.ts'

/** About 0.1 m: nearer than two things can stand. */
const PLACE_DIGITS = 6

/** The stream of chance an asset draws its days from. */
export type Chance = (asset: Asset, year: number, dayOfYear: number) => Random

/**
 * Streams of chance for assets placed together.
 *
 * Each hangs on what stands where, not on its id, which is a new one every time a plan is made: the same plan made
 * twice loads the grid alike, and placing another asset changes nothing. What stands on the very same spot
 * is told apart by its order of id, so that two are never one drawn twice.
 */
export function chanceOf(assets: readonly Asset[]): Chance {
  const names = new Map<string, string>()
  const standing = new Map<string, number>()
  for (const { id, kind, latDeg, lonDeg } of [...assets].sort((a, b) => (a.id < b.id ? -1 : 1))) {
    const spot = `${kind}/${latDeg.toFixed(PLACE_DIGITS)}/${lonDeg.toFixed(PLACE_DIGITS)}`
    const nth = standing.get(spot) ?? 0
    standing.set(spot, nth + 1)
    names.set(id, `${spot}/${nth}`)
  }
  return ({ id }, year, dayOfYear) => createRandom(`asset/${names.get(id)}/${year}/${dayOfYear}`)
}

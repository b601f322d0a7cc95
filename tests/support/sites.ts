import { createRandom } from '../../src/base/random.ts'
import type { PlacementInput } from '../../src/engines/placement/place.ts'

/** A problem from lists: what each site covers. */
export function aSiteProblem(
  covers: readonly (readonly number[])[],
  points: number,
  more: Partial<PlacementInput> = {},
): PlacementInput {
  const coverStart = new Uint32Array(covers.length + 1)
  for (const [s, list] of covers.entries()) coverStart[s + 1] = coverStart[s]! + list.length
  return {
    siteIds: covers.map((_, s) => `s${s}`),
    cost: new Float64Array(covers.length).fill(1),
    coverStart,
    coverPoint: Uint32Array.from(covers.flat()),
    weight: new Float64Array(points).fill(1),
    budget: 2,
    standing: [],
    conflicts: [],
    exact: null,
    ...more,
  }
}

/** Sites and points scattered over a square; a site covers what lies about a radius around it. */
export function aScatter(
  seed: string,
  sites: number,
  points: number,
  radius: number,
  more: Partial<PlacementInput> = {},
) {
  const random = createRandom(seed)
  const place = () => [random.next(), random.next()] as const
  const at = Array.from({ length: points }, place)
  const covers = Array.from({ length: sites }, () => {
    const [x, y] = place()
    return [...at.keys()].filter((p) => Math.hypot(at[p]![0] - x, at[p]![1] - y) < radius * (0.7 + 0.6 * random.next()))
  })
  const weight = Float64Array.from({ length: points }, () => 1 + random.below(20))
  return aSiteProblem(covers, points, { weight, ...more })
}

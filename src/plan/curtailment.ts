import type { GridDay, GridMap } from '../model/grid.ts'
import type { BusSeries } from '../model/gridInjections.ts'
import type { Attachment } from './attachAssets.ts'

/** The branch that feeds each bus, -1 at the sources. */
function feedingBranch({ busCount, branchCount, branchTo }: GridMap): Int32Array {
  const feeding = new Int32Array(busCount).fill(-1)
  for (let branch = 0; branch < branchCount; branch++) feeding[branchTo[branch]] = branch
  return feeding
}

/**
 * Share of its energy that the grid cannot carry for each asset: the energy of the quarter hours in which a line or
 * transformer between it and the source is above its limit. A cautious rule: in those hours the asset stands still.
 * What was overloaded without the plan counts as well, for who comes last is connected last.
 *
 * Shapes   extra in the order of the attachments
 * Returns  by asset id, 0 … 1; steps without a solution count as not carried
 */
export function curtailedShares(
  map: GridMap,
  day: GridDay,
  attachments: readonly Attachment[],
  extra: readonly BusSeries[],
): Map<string, number> {
  const feeding = feedingBranch(map)
  const shares = new Map<string, number>()
  for (const [i, { assetId, bus }] of attachments.entries()) {
    const { loadW, generationW } = extra[i]
    let energy = 0
    let held = 0
    for (let t = 0; t < day.steps; t++) {
      const w = loadW[t] + generationW[t]
      if (w === 0) continue
      energy += w
      let at = bus
      let over = day.converged[t] === 0
      // the grid is radial: every bus but the sources has one branch towards them
      for (let hops = 0; !over && feeding[at] >= 0 && hops <= map.branchCount; hops++) {
        const branch = feeding[at]
        over = !(day.loading[t * map.branchCount + branch] <= 1)
        at = map.branchFrom[branch]
      }
      if (over) held += w
    }
    shares.set(assetId, energy > 0 ? held / energy : 0)
  }
  return shares
}

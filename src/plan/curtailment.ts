import { BRANCH_KINDS, type GridDay, type GridMap } from '../model/grid.ts'
import type { BusSeries } from '../model/gridInjections.ts'
import type { Attachment } from './attachAssets.ts'

/** The branch that feeds each bus, -1 at the sources. */
function feedingBranch({ busCount, branchCount, branchTo }: GridMap): Int32Array {
  const feeding = new Int32Array(busCount).fill(-1)
  for (let branch = 0; branch < branchCount; branch++) feeding[branchTo[branch]] = branch
  return feeding
}

/** What the grid cannot carry of one asset, and what stands in its way. */
export interface Curtailment {
  readonly share: number // of its energy, 0 … 1
  readonly hours: number // of the day in which something above it is full
  readonly what: 'line' | 'transformer' | 'unsolved' // fullest of what is full; unsolved: the grid gave no answer
  readonly branch: number // -1 when unsolved
  readonly highestLoading: number // of it, as a share of its limit; NaN when unsolved
}

/**
 * What the grid cannot carry of each asset: the energy of the quarter hours in which a line or transformer between it and
 * the source is above its limit. A cautious rule: in those hours the asset stands still. What was overloaded without the
 * plan counts as well, for who comes last is connected last.
 *
 * Shapes   extra in the order of the attachments
 * Returns  by asset id; steps without a solution count as not carried
 */
export function curtailments(
  map: GridMap,
  day: GridDay,
  attachments: readonly Attachment[],
  extra: readonly BusSeries[],
): Map<string, Curtailment> {
  const feeding = feedingBranch(map)
  const found = new Map<string, Curtailment>()
  for (const [i, { assetId, bus }] of attachments.entries()) {
    const { loadW, generationW } = extra[i]
    let [energy, held, steps] = [0, 0, 0]
    let [worst, worstLoading] = [-1, NaN]
    for (let t = 0; t < day.steps; t++) {
      const w = loadW[t] + generationW[t]
      if (w === 0) continue
      energy += w
      let at = bus
      let over = day.converged[t] === 0
      // the grid is radial: every bus but the sources has one branch towards them
      for (let hops = 0; feeding[at] >= 0 && hops <= map.branchCount; hops++) {
        const branch = feeding[at]
        const loading = day.loading[t * map.branchCount + branch]
        if (!(loading <= 1)) {
          over = true
          if (!(loading <= worstLoading)) [worst, worstLoading] = [branch, loading]
        }
        at = map.branchFrom[branch]
      }
      if (!over) continue
      held += w
      steps++
    }
    found.set(assetId, {
      share: energy > 0 ? held / energy : 0,
      hours: (steps * day.stepS) / 3600,
      what: worst < 0 ? 'unsolved' : BRANCH_KINDS[map.branchKind[worst]] === 'transformer' ? 'transformer' : 'line',
      branch: worst,
      highestLoading: worstLoading,
    })
  }
  return found
}

const digits = (value: number): string => String(Number(value.toPrecision(3)))

/** A curtailment in words, for whoever asks why the earnings fell. */
export function curtailmentWords({ share, hours, what, highestLoading }: Curtailment): string {
  const takes = `In ${digits(hours)} hours of the day it stands still, which takes ${digits(100 * share)} % of its energy.`
  if (what === 'unsolved') return `The grid found no state that carries it. ${takes}`
  const name = what === 'transformer' ? 'transformer' : 'cable'
  return `A ${name} between it and the substation is loaded to ${digits(100 * highestLoading)} % of its limit. ${takes}`
}

/** What the grid holds back, as the economics ask for it: shares of all assets, and sentences for those that lose anything. */
export function heldByGrid(found: ReadonlyMap<string, Curtailment>): {
  readonly curtailedShare: ReadonlyMap<string, number>
  readonly heldBy: ReadonlyMap<string, string>
} {
  const losing = [...found].filter(([, { share }]) => share > 0)
  return {
    curtailedShare: new Map([...found].map(([id, { share }]) => [id, share])),
    heldBy: new Map(losing.map(([id, one]) => [id, curtailmentWords(one)])),
  }
}

import type { createCableChoice } from './chooseCable.ts'
import { addDemand, type Demand, noDemand, plannedW } from './demand.ts'
import { RULES } from './facts.ts'

/** A small tree of buses to be cabled. Bus 0 is the root; bus i > 0 hangs on `parent[i] < i` by `lengthM[i]`. */
export interface CableTree {
  readonly parent: readonly number[]
  readonly lengthM: readonly number[]
  readonly demand: readonly Demand[] // of the bus alone
  readonly ratedV: number
}

export interface SizedTree {
  readonly choice: readonly number[] // [n] by createCableChoice; unused at 0
  readonly dropPu: readonly number[] // [n] planned voltage drop from the root
}

/** How often a cable is made thicker for the sake of the voltage, per tree. */
const MOST_STEPS = 200

/**
 * Chooses cables: first by current, then, while the planned voltage drop at some bus is above the limit, the run with the
 * largest drop on its way is made thicker.
 *
 * Units    planned load with growth; pu of the rated voltage
 */
export function sizeTree(
  tree: CableTree,
  cables: ReturnType<typeof createCableChoice>,
  dropLimitPu: number,
): SizedTree {
  const { parent, lengthM, ratedV } = tree
  const n = parent.length
  const below = tree.demand.map((own) => ({ ...noDemand(), ...own }))
  for (let i = n - 1; i > 0; i--) addDemand(below[parent[i]], below[i])

  const p = new Float64Array(n)
  const q = new Float64Array(n)
  const choice = new Array<number>(n).fill(0)
  const ownDrop = new Float64Array(n)
  const setDrop = (i: number): void => {
    const { cable, parallel } = cables.run(choice[i])
    const perM = (p[i] * cable.rOhmPerM + q[i] * cable.xOhmPerM) / parallel
    ownDrop[i] = (perM * lengthM[i]) / (ratedV * ratedV)
  }
  for (let i = 1; i < n; i++) {
    p[i] = plannedW(below[i]) * RULES.growth.value
    q[i] = below[i].w > 0 ? (p[i] * below[i].q) / below[i].w : 0
    choice[i] = cables.forCurrent(Math.sqrt(p[i] * p[i] + q[i] * q[i]) / (Math.sqrt(3) * ratedV))
    setDrop(i)
  }
  const drop = new Array<number>(n).fill(0)
  for (let step = 0; ; step++) {
    let worst = 0
    for (let i = 1; i < n; i++) {
      drop[i] = drop[parent[i]] + ownDrop[i]
      if (drop[i] > drop[worst]) worst = i
    }
    if (drop[worst] <= dropLimitPu || step === MOST_STEPS) break
    let largest = 0
    for (let i = worst; i > 0; i = parent[i])
      if (cables.thicker(choice[i]) !== choice[i] && ownDrop[i] > ownDrop[largest]) largest = i
    if (largest === 0) break
    choice[largest] = cables.thicker(choice[largest])
    setDrop(largest)
  }
  return { choice, dropPu: drop }
}

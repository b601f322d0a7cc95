import type { Random } from '../../base/random.ts'
import { addPower, drawArrivals } from './arrivals.ts'
import { ASSET_FACTS, SWAP_HOURS } from './facts.ts'

export interface SwapDay {
  readonly loadW: Float64Array // [steps]
  readonly swaps: number
  readonly turnedAway: number // no charged pack was there
  readonly energyKwh: number // drawn from the grid
}

/**
 * A battery-swap station over a day: who arrives takes a charged pack and leaves an empty one, which charges in its bay
 * at once. Without a charged pack they drive on.
 *
 * Units    packs; kW per bay; W
 */
export function swapDay(packs: number, chargerKw: number, random: Random, steps: number): SwapDay {
  const drawnKwh = ASSET_FACTS.swapKwh.value / ASSET_FACTS.swapEfficiency.value
  const chargeH = drawnKwh / chargerKw
  const ready = new Float64Array(packs) // hour at which each pack is charged
  const loadW = new Float64Array(steps)
  let swaps = 0
  let turnedAway = 0
  for (const arrival of drawArrivals(random, packs * ASSET_FACTS.swapsPerPackDay.value, SWAP_HOURS)) {
    let first = 0
    for (let p = 1; p < packs; p++) if (ready[p] < ready[first]) first = p
    if (ready[first] > arrival) {
      turnedAway++
      continue
    }
    ready[first] = arrival + chargeH
    addPower(loadW, arrival, arrival + chargeH, chargerKw * 1000)
    swaps++
  }
  return { loadW, swaps, turnedAway, energyKwh: swaps * drawnKwh }
}

import type { Random } from '../../base/random.ts'
import { addPower, drawArrivals } from './arrivals.ts'
import { ASSET_FACTS, FAST_HOURS, SLOW_HOURS } from './facts.ts'

export interface ChargerDay {
  readonly loadW: Float64Array // [steps]
  readonly sessions: number
  readonly energyKwh: number // drawn from the grid
}

/**
 * A charging station over a day. Cars arrive at random, take the first free connector, and charge at its full power until
 * they have what they came for; managed, they charge evenly over the time they stay. The taper near a full battery is
 * left out, which makes peaks a little shorter than they are.
 *
 * Units    kW per connector; W
 */
export function chargerDay(
  powerKw: number,
  connectors: number,
  isManaged: boolean,
  random: Random,
  steps: number,
): ChargerDay {
  const fast = powerKw > ASSET_FACTS.fastFromKw.value
  const perDay = (fast ? ASSET_FACTS.fastSessionsPerDay : ASSET_FACTS.slowSessionsPerDay).value * connectors
  const sessionKwh = (fast ? ASSET_FACTS.fastSessionKwh : ASSET_FACTS.slowSessionKwh).value
  const stayH = (fast ? ASSET_FACTS.fastStayH : ASSET_FACTS.slowStayH).value
  const drawnKwh = sessionKwh / ASSET_FACTS.chargerEfficiency.value
  const free = new Float64Array(connectors)
  const loadW = new Float64Array(steps)
  let sessions = 0
  for (const arrival of drawArrivals(random, perDay, fast ? FAST_HOURS : SLOW_HOURS)) {
    let first = 0
    for (let c = 1; c < connectors; c++) if (free[c] < free[first]) first = c
    const start = Math.max(arrival, free[first])
    if (start - arrival > stayH) continue // went on to another station
    const shortestH = drawnKwh / powerKw
    const lengthH = isManaged ? Math.max(shortestH, stayH) : shortestH
    addPower(loadW, start, start + lengthH, (drawnKwh / lengthH) * 1000)
    free[first] = start + Math.max(lengthH, stayH)
    sessions++
  }
  return { loadW, sessions, energyKwh: sessions * drawnKwh }
}

import { HOUR_MS } from './calendar.ts'
import type { LoadCurve } from './loadCurve.ts'
import { createMeteredLoad } from './meteredLoad.ts'
import { fieldAt, hashSigned, hashUnit, waveAt } from './noise.ts'
import { type Readout, reading } from './reading.ts'

/** What a meter stands before. */
export interface MeterSite {
  readonly xM: number
  readonly yM: number
  readonly curve: LoadCurve
  readonly yearWh: number
  readonly households: number // or shops, or office units: how many lives overlap
}

const NOMINAL_V = 230 // EN 50160; ±10 % are allowed
const YEAR_H = 8766

/** A smart meter: power, voltage that sags with its own load and its quarter's, and energy counted since its installation. */
export function createSmartMeter(site: MeterSite, seed: number, citySeed: number, utcOffsetH: number): Readout {
  const runs = Math.min(10, Math.max(2, 2 * Math.round(site.households)))
  const load = createMeteredLoad(site.curve, site.yearWh, runs, seed, utcOffsetH)
  const meanW = site.yearWh / YEAR_H
  const installedMs = Date.UTC(2021, 0, 1) + Math.floor(1200 * hashUnit(seed, 21)) * 24 * HOUR_MS
  const installedWh = load.energyWh(installedMs)
  const tapV = 2.5 * hashSigned(seed, 22) // how far from its transformer
  return (timeMs) => {
    const powerW = load.powerW(timeMs)
    const quarter = 2.5 * fieldAt(citySeed, 23, site.xM / 900, site.yM / 900 + timeMs / (5 * HOUR_MS))
    const ownDropV = Math.min(9, 1.6 * (powerW / meanW))
    const flickerV = 0.4 * waveAt(seed, 24, timeMs / 20_000)
    return [
      reading(1, powerW),
      reading(2, NOMINAL_V + 3 + tapV + quarter - ownDropV + flickerV, -1),
      reading(3, Math.max(0, load.energyWh(timeMs) - installedWh)),
    ]
  }
}

import { pow } from '../../base/math/pow.ts'
import { shortNumber } from '../../base/shortNumber.ts'
import { type Draw, type Driver, ENERGY_PRICE, fact, type Site, UPTIME } from '../network.ts'

export const DEGRADATION = fact(
  0.005,
  '1/a',
  'median degradation of crystalline modules, NREL review, recalled',
  '2024-01-01',
  'memory',
)

export const solarDrivers: readonly Driver[] = [
  {
    id: 'yield',
    title: 'Sun of the years against the model',
    fact: fact(1, '×', 'the modelled yield itself; spread of single years recalled', '2026-11-01', 'assumption'),
    p10: 0.92,
    p90: 1.07,
    shape: 'log',
    most: 1.5,
  },
  {
    id: 'own-use',
    title: 'Share used on the spot, without storage',
    fact: fact(0.7, 'share', 'assumed for a roof whose building uses more than it makes', '2026-11-01', 'assumption'),
    p10: 0.45,
    p90: 0.9,
    shape: 'share',
    most: 1,
    wouldBe: (value, median) =>
      `${shortNumber(100 * value)} % were used on the spot instead of ${shortNumber(100 * median)} %`,
  },
]

/** Storage moves into use what the sun makes too early: fully at this many kWh per kWp, and then all but a fifth of the rest. */
const FULL_STORAGE_KWH_PER_KWP = 2
const STORED_SHARE = 0.8

/** What a roof saves, month by month. */
export interface SolarRoof {
  /** Kilowatt-hours that need not be bought. What is fed back earns nothing: no tariff for it is assumed. */
  readonly savedKwh: (draw: Draw, month: number) => number
  readonly savedUsd: (draw: Draw, month: number) => number
}

export function solarRoofAt(site: Site, months: number): SolarRoof {
  const { pvKwp, storageKwh } = site.params
  const kwhPerMonth = (pvKwp! * site.pvKwhPerKwp * (1 - site.curtailedShare)) / 12
  const made = Float64Array.from({ length: months }, (_, month) => kwhPerMonth * pow(1 - DEGRADATION.value, month / 12))
  const stored = STORED_SHARE * Math.min(1, storageKwh! / (FULL_STORAGE_KWH_PER_KWP * pvKwp!))
  const savedKwh: SolarRoof['savedKwh'] = (draw, month) => {
    const own = draw['own-use']!
    return made[month]! * draw.yield! * (own + (1 - own) * stored) * draw[UPTIME]!
  }
  return { savedKwh, savedUsd: (draw, month) => savedKwh(draw, month) * draw[ENERGY_PRICE]! }
}

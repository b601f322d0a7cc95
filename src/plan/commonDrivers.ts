import { shortNumber } from '../base/shortNumber.ts'
import { type Driver, ENERGY_PRICE, fact, UPTIME } from '../networks/network.ts'

/** What it costs against the lines of the spec: a quote, not a price list. */
export const COST_FACTOR = 'cost-factor'

const uptime: Driver = {
  id: UPTIME,
  title: 'Share of the time it works',
  fact: fact(0.97, 'share', 'assumed: eleven days a year without power, line or repair', '2026-11-01', 'assumption'),
  p10: 0.9,
  p90: 0.995,
  shape: 'share',
  most: 1,
}

const costFactor: Driver = {
  id: COST_FACTOR,
  title: 'Cost to build against the estimate',
  fact: fact(1, '×', 'assumed spread of quotes', '2026-11-01', 'assumption'),
  p10: 0.85,
  p90: 1.3,
  shape: 'log',
  most: 10,
}

/** What one buys a kilowatt-hour for. Only who saves purchases would be glad of a higher price. */
const energyPrice = (usdPerKwh: number, saves: boolean): Driver => ({
  id: ENERGY_PRICE,
  title: 'Energy price',
  fact: fact(usdPerKwh, 'USD/kWh', 'setting of the scenario; spread assumed', '2026-11-01', 'assumption'),
  p10: usdPerKwh * 0.8,
  p90: usdPerKwh * 1.6,
  shape: 'log',
  most: Math.max(2, usdPerKwh * 10),
  ...(saves
    ? {
        wouldBe: (value: number, median: number) =>
          `a kilowatt-hour cost ${shortNumber(value)} USD instead of ${shortNumber(median)}`,
      }
    : {}),
})

/** The drivers that every node has, whatever its network. */
export const commonDrivers = (usdPerKwh: number, saves: boolean): readonly Driver[] => [
  uptime,
  energyPrice(usdPerKwh, saves),
  costFactor,
]

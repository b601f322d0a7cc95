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

/** How often the thing itself breaks, what that costs and takes, and what it is worth when its life is over. */
export const FAILURES = 'failures'
export const REPAIR_SHARE = fact(0.25, 'share of what was bought', 'assumed', '2026-11-01', 'assumption')
export const REPAIR_DAYS = fact(10, 'd', 'assumed: until a part is there and fitted', '2026-11-01', 'assumption')
export const RESIDUAL_SHARE = fact(0.05, 'share of what was bought', 'assumed', '2026-11-01', 'assumption')

const failures: Driver = {
  id: FAILURES,
  title: 'Breakdowns beyond upkeep',
  fact: fact(
    0.08,
    '1/a',
    'assumed: one in twelve years; providers leave at 8 to 15 % a year (cryptozach.com)',
    '2026-11-01',
    'assumption',
  ),
  p10: 0.02,
  p90: 0.25,
  shape: 'log',
  most: 4,
}

/** Share of a token's price that selling it takes. */
export const SELL_COST = 'sell-cost'

const sellCost: Driver = {
  id: SELL_COST,
  title: 'Lost when tokens are sold',
  fact: fact(0.01, 'share', 'assumed: fees and slippage in small pools', '2026-11-01', 'assumption'),
  p10: 0.003,
  p90: 0.04,
  shape: 'share',
  most: 1,
}

/** Facts behind failures and residual that are no drivers, for the list of facts. */
export const COMMON_FACTS = [
  { id: 'repair-share', title: 'Cost of a repair', fact: REPAIR_SHARE },
  { id: 'repair-days', title: 'Time of a repair', fact: REPAIR_DAYS },
  { id: 'residual-share', title: 'Worth at the end of its life', fact: RESIDUAL_SHARE },
] as const

/** The drivers that every node has, whatever its network. */
export const commonDrivers = (usdPerKwh: number, saves: boolean, sellsTokens: boolean): readonly Driver[] => [
  uptime,
  energyPrice(usdPerKwh, saves),
  costFactor,
  failures,
  ...(sellsTokens ? [sellCost] : []),
]

import { fact, type TokenEconomy } from '../network.ts'
import { unitsForUsd } from './economyStep.ts'
import { unitOf } from './proRata.ts'

const RNP = 'rendernetwork/RNPs'
const RENDER = unitOf(8)
const SUPPLY = fact(
  551_000_000,
  'RENDER',
  `${RNP}, RNP-001: first supply and two years of emission, burns not known`,
  '2025-12-20',
  'assumption',
)
const DEMAND = fact(
  37_500,
  'USD/week',
  `${RNP}, RNP-020: 12,482 RENDER a week, at about 3 USD`,
  '2025-10-28',
  'assumption',
)

/** Years of burn-and-mint, the first from December 2023. Those that no vote has fixed yet repeat the third. */
const BUDGETS = [9_126_804n, 5_900_000n, 5_900_000n, 5_900_000n, 5_900_000n]
const FIRST_DAMPED = BUDGETS.length
const YEARS_BEFORE_START = 2

/** Tokens of a year of burn-and-mint (0 …): budgets of five years, then 5.5 % less each year. Source: RNP-001, 006, 022 */
export function renderBudget(year: number): bigint {
  const fixed = BUDGETS[year]
  if (fixed !== undefined) return fixed * RENDER
  if (year < 0) return 0n
  let units = BUDGETS[FIRST_DAMPED - 1]! * RENDER
  for (let y = FIRST_DAMPED; y <= year; y++) units = (units * 945n) / 1000n
  return units
}

/** RENDER by weeks: half of the year's budget to nodes and grants, half to the foundation; jobs burn 95 % of their price. */
export const renderEconomy: TokenEconomy = {
  title: 'RENDER by weeks',
  source: `${RNP}, RNP-001, RNP-006, RNP-022`,
  epochS: 604_800,
  start: '2025-12-20T00:00:00Z',
  fromFund: false,
  supply: BigInt(SUPPLY.value) * RENDER,
  pools: [
    { id: 'nodes', title: 'Nodes', to: 'nodes' },
    { id: 'grants', title: 'Grants to artists', to: 'treasury' },
    { id: 'foundation', title: 'Foundation', to: 'operator' },
  ],
  remint: null,
  facts: [
    { id: 'supply', title: 'Supply at the start', fact: SUPPLY },
    { id: 'demand', title: 'Paid for jobs', fact: DEMAND },
    { id: 'burnt', title: 'Burnt of it', fact: fact(0.95, 'share', `${RNP}, RNP-006`, '2023-11-02', 'doc') },
    {
      id: 'damping',
      title: 'Kept from year to year after the fifth',
      fact: fact(0.945, '×', `${RNP}, RNP-001`, '2022-06-09', 'doc'),
    },
  ],
  open: ({ demandScale, feeScale }) => ({
    streams: (epoch) => [
      {
        amount: renderBudget(YEARS_BEFORE_START + Math.floor(epoch / 52)) / 52n,
        millionths: [250_000n, 250_000n, 500_000n],
      },
    ],
    burn: (_, __, priceE8) => unitsForUsd(DEMAND.value * demandScale * Math.min(1, 0.95 * feeScale), priceE8, 8),
    locked: () => 0n,
  }),
}

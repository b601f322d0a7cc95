import { fact, type Pool, type TokenEconomy } from '../network.ts'
import { dayOf } from './calendar.ts'
import { unitsForUsd } from './economyStep.ts'
import { backstop, HIP149 } from './heliumBackstop.ts'
import { HNT, hntEmission, hntSupplement, NET_EMISSIONS_CAP } from './heliumEmission.ts'
import { DC_DOCS, SOURCE_149 } from './hnt.ts'

const START = '2026-07-06'
const startDay = dayOf(START)

const SUPPLY = fact(182_500_000, 'HNT', SOURCE_149, '2026-06-02', 'doc')
const MOBILE_USD = fact(9700, 'USD/d', `${SOURCE_149}: 97,000 GB a day at 0.10 USD`, '2026-04-30', 'doc')
const IOT_USD = fact(108, 'USD/d', 'HIP-146 motivation', '2025-06-01', 'doc')
const SMOOTHED = fact(
  38_000,
  'HNT/d',
  'assumed: what is paid a day at the snapshot’s price',
  '2026-07-06',
  'assumption',
)
const LOCKED = fact(0.25, 'share', 'assumed share of the supply that is locked for votes', '2026-11-01', 'assumption')

const pools: readonly Pool[] = [
  { id: 'mobile-data', title: 'Carriers of phone data', to: 'nodes' },
  { id: 'provider', title: 'Service provider', to: 'operator' },
  { id: 'stakers', title: 'Delegators of votes', to: 'stakers' },
  { id: 'iot', title: 'IoT: data, the rest to its fund', to: 'nodes' },
  { id: 'operations', title: 'Operations, from the supplement', to: 'treasury' },
]
// 89 % Mobile, of it 70, 24 and 6 %; 11 % IoT. Source: HIP-149
const SCHEDULE = [623_000n, 213_600n, 53_400n, 110_000n, 0n]
const MOBILE_OF_U32 = 3_822_520_892n // 0.89 of u32::MAX
const SUPPLEMENT = [0n, 0n, 0n, 0n, 1_000_000n]

/** HNT by days: schedule and supplement in, burnt data credits out, and some of what was burnt back in. */
export const hntEconomy: TokenEconomy = {
  title: 'HNT by days',
  source: `${SOURCE_149}; helium-program-library`,
  epochS: 86_400,
  start: `${START}T00:00:00Z`,
  fromFund: false,
  supply: BigInt(SUPPLY.value) * HNT,
  pools,
  remint: { epochs: 7n, start: BigInt(SMOOTHED.value) * HNT, cap: NET_EMISSIONS_CAP },
  facts: [
    { id: 'supply', title: 'Supply at the start', fact: SUPPLY },
    { id: 'mobile-demand', title: 'Paid for phone data', fact: MOBILE_USD },
    { id: 'iot-demand', title: 'Paid for sensor data', fact: IOT_USD },
    { id: 'smoothed', title: 'Smoothed burn at the start', fact: SMOOTHED },
    { id: 'locked', title: 'Locked for votes', fact: LOCKED },
    { id: 'burnt', title: 'Burnt of what is paid', fact: fact(1, 'share', DC_DOCS, '2026-07-01', 'doc') },
  ],
  open: ({ demandScale, feeScale }) => ({
    streams: (epoch) => [
      { amount: hntEmission(startDay + epoch), millionths: SCHEDULE },
      { amount: hntSupplement(startDay + epoch), millionths: SUPPLEMENT },
    ],
    burn: (_, __, priceE8) => unitsForUsd((MOBILE_USD.value + IOT_USD.value) * demandScale * feeScale, priceE8, 8),
    topUp: (scheduled, smoothedBurn, priceE8) =>
      backstop(
        {
          emission: scheduled,
          smoothedBurn,
          dcBurned: BigInt(Math.round(MOBILE_USD.value * demandScale * 1e5)),
          mobileShare: MOBILE_OF_U32,
          priceE8,
        },
        HIP149,
      ).topUp,
    locked: (_, supply) => (supply * BigInt(Math.round(LOCKED.value * 100))) / 100n,
  }),
}

import { shortNumber } from '../base/shortNumber.ts'
import { type Draw, defineNetwork, fact, type NodeRun, type Site, TOKEN_PRICE, UPTIME } from './network.ts'
import { DAYS_PER_MONTH, dayOfMonth } from './rules/calendar.ts'
import { assumed } from './rules/deviceCosts.ts'
import { CONNECTION_POINTS, DIMO, streakPoints, WEEK_ZERO, weeklyDimo, weekOf } from './rules/dimoReward.ts'
import { allocateProRata, toUnits } from './rules/proRata.ts'
import { dimoEconomy } from './rules/stakeEconomies.ts'
import { tokenPrice } from './rules/tokenPrice.ts'

const DOCS = 'docs.dimo.org; DIP-2; DIMO-Network/rewards-api'
const price = tokenPrice('DIMO', fact(0.03, 'USD', 'price in the first half of 2026, recalled', '2026-07-04', 'memory'))
const MINT_FEE = fact(50, 'DIMO', DOCS, '2025-06-01', 'doc')
const WEEKS_PER_MONTH = DAYS_PER_MONTH / 7

function dongles(site: Site, months: number): NodeRun {
  const { vehicles } = site.params
  const pool = Array.from({ length: months }, (_, month) => weeklyDimo(weekOf(dayOfMonth(site.startDay, month))))
  const poolDimo = Float64Array.from(pool, (units) => Number(units) / Number(DIMO))
  // an unbroken run of weeks lifts the level; the middle of the month stands for it
  const each = Float64Array.from(
    { length: months },
    (_, month) => CONNECTION_POINTS.aftermarket + streakPoints(Math.floor((month + 0.5) * WEEKS_PER_MONTH)),
  )
  const points = (d: Draw, month: number): number => vehicles! * each[month]! * d[UPTIME]!
  // its own vehicles are counted in the network's total
  const all = (d: Draw, month: number): number => Math.max(d['network-points']!, points(d, month))
  const tokens: NodeRun['tokens'] = (d, month) =>
    (poolDimo[month]! * WEEKS_PER_MONTH * points(d, month)) / all(d, month)
  return {
    tokens,
    usd: (d) => vehicles! * Math.max(0, d['data-pay']!) * d[UPTIME]!,
    settle: (d, month) => {
      const monthly = (pool[month]! * toUnits(WEEKS_PER_MONTH, 12)) / 1_000_000_000_000n
      const mine = toUnits(points(d, month), 9)
      const { paid, unallocated } = allocateProRata(monthly, [mine, toUnits(all(d, month), 9) - mine])
      return {
        tokens: paid[0]!,
        unallocated,
        usd: vehicles! * Math.max(0, d['data-pay']!) * d[UPTIME]!,
        tokenPriceUsd: d[TOKEN_PRICE]!,
      }
    },
    workKwh: () => 0,
    work: { unit: 'vehicle-month', perMonth: (d) => vehicles! * d[UPTIME]! },
    feeTokens: (_, month) => (month === 0 ? MINT_FEE.value * vehicles! : 0),
    collateralTokens: () => 0,
    terms: (d) => [
      { title: 'Vehicles', value: vehicles!, unit: '', from: ['param.vehicles'] },
      {
        title: 'Points of one in its first week',
        value: each[0]!,
        unit: 'points',
        from: ['points-aftermarket', 'levels'],
      },
      { title: 'Points of the whole network', value: all(d, 0), unit: 'points/week', from: ['network-points'] },
      { title: 'Pool of a week', value: poolDimo[0]!, unit: 'DIMO', from: ['first-week', 'decay'] },
      { title: 'A month', value: tokens(d, 0), unit: 'DIMO', from: ['uptime', 'data-pay'] },
    ],
  }
}

/** Cars that report what they know of themselves. */
export const dimo = defineNetwork({
  id: 'dimo',
  title: 'DIMO vehicles',
  what: 'A car reports its own data with the owner’s consent; a weekly pool is shared by points.',
  story: {
    node: 'A dongle or a cloud link with which a car’s owner shares mileage, battery and position.',
    proves: 'Signed reports of the device each week; the kind of connection decides how many points a car is worth.',
    pays: 'A pool of new DIMO, shared by points each week. Firms that buy data may pay on top.',
    burns: 'Licences and fees of developers and devices are partly destroyed.',
    risks: {
      regulation: 'Vehicle data is personal data, and its sale needs consent that can be withdrawn.',
      privacy: 'Positions reveal home, work and habits. What was copied cannot be called back.',
      scaling: 'The pool shrinks by a seventh each year while more cars share it.',
      concentration: 'Few firms buy the data; makers of cars can close the door on it.',
    },
  },
  parts: {
    settlement: { title: 'Polygon', source: DOCS, asOf: '2025-06-01' },
    identity: { title: 'Vehicle and device as NFTs with keys', source: DOCS, asOf: '2025-06-01' },
    proof: { title: 'A signal in the week', source: DOCS, asOf: '2025-06-01' },
    compute: { title: 'Rewards service, off chain', source: DOCS, asOf: '2025-06-01' },
    dataAvailability: { title: 'DIMO nodes, by the owner’s consent', source: DOCS, asOf: '2025-06-01' },
    governance: { title: 'DIMO Improvement Proposals', source: DOCS, asOf: '2025-06-01' },
  },
  token: {
    symbol: 'DIMO',
    baseUnit: '10⁻¹⁸ DIMO',
    decimals: 18,
    price,
    cap: { id: 'dimo-cap', title: 'Supply', fact: fact(1_000_000_000, 'DIMO', DOCS, '2025-06-01', 'doc') },
  },
  eras: [
    {
      id: 'dimo@dip2',
      title: 'Baseline issuance by points (DIP-2)',
      from: '2022-01-31',
      to: null,
      status: 'active',
      rules: [
        { id: 'first-week', title: 'Pool of week 0', fact: fact(1_105_000, 'DIMO', DOCS, '2025-06-01', 'doc') },
        { id: 'decay', title: 'Less every 52 weeks', fact: fact(0.15, 'share', DOCS, '2025-06-01', 'doc') },
        { id: 'baseline', title: 'Pool of all 40 years', fact: fact(382_491_185, 'DIMO', DOCS, '2025-06-01', 'doc') },
        {
          id: 'points-aftermarket',
          title: 'Points of a dongle',
          fact: fact(6000, 'points/week', DOCS, '2025-06-01', 'doc'),
        },
        {
          id: 'points-tesla',
          title: 'Points of a Tesla account',
          fact: fact(4000, 'points/week', `${DOCS}; a test there pays 6,000`, '2025-06-01', 'doc'),
        },
        {
          id: 'points-smartcar',
          title: 'Points of a car account',
          fact: fact(1000, 'points/week', DOCS, '2025-06-01', 'doc'),
        },
        {
          id: 'levels',
          title: 'Points more after 4, 20 and 36 weeks, each',
          fact: fact(1000, 'points/week', DOCS, '2025-06-01', 'doc'),
        },
        { id: 'mint', title: 'To mint a device', fact: MINT_FEE },
      ],
      earn: {
        'vehicle-dongle': {
          drivers: [
            price,
            {
              id: 'network-points',
              title: 'Points of all vehicles in a week',
              fact: fact(6e8, 'points/week', 'assumed: 150,000 vehicles at 4,000 points', '2026-11-01', 'assumption'),
              p10: 2.5e8,
              p90: 1.5e9,
              shape: 'log',
              most: 1e12,
            },
            {
              id: 'data-pay',
              title: 'What buyers pay for the data of a car',
              fact: fact(0, 'USD/month', 'no rule guarantees any', '2026-11-01', 'assumption'),
              p10: 0,
              p90: 2,
              shape: 'plain',
              most: 1e4,
              wouldBe: (value) => `buyers paid ${shortNumber(value)} USD a month for the data of each car`,
            },
          ],
          run: dongles,
        },
      },
      emission: {
        title: 'DIMO of the weekly baseline pool',
        source: DOCS,
        epochS: 604_800,
        anchor: WEEK_ZERO,
        at: weeklyDimo,
      },
      economy: dimoEconomy,
    },
  ],
  nodeTypes: [
    {
      kind: 'vehicle-dongle',
      title: 'Dongle in a car',
      capex: [assumed('dongle', 'Dongle', 100, 'USD', (params) => params.vehicles!, 'assumed per vehicle')],
      install: [assumed('fit', 'Fitting and account', 5, 'USD', (params) => params.vehicles!, 'assumed per vehicle')],
      opexYear: [assumed('line', 'Mobile data', 60, 'USD/a', (params) => params.vehicles!, 'assumed per vehicle')],
      power: {
        id: 'power',
        title: 'Draw',
        fact: fact(2, 'W', 'assumed: from the car’s battery, in the end from its charger', '2024-01-01', 'assumption'),
        per: (params) => params.vehicles!,
      },
      life: fact(5, 'a', 'assumed', '2026-11-01', 'assumption'),
    },
  ],
  caveats: [
    'A car’s data shows where its driver lives and goes; consent can be withdrawn, copies cannot.',
    'Points depend on the dates of the rules: the constants of the rewards service changed more than once.',
    'Whether votes after 2025 changed the baseline pool was not checked.',
  ],
})

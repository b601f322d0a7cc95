import { shortNumber } from '../../base/shortNumber.ts'
import {
  type Draw,
  type Driver,
  type EarnModel,
  fact,
  type NodeRun,
  type Site,
  TOKEN_PRICE,
  UPTIME,
} from '../network.ts'
import { DAYS_PER_MONTH } from './calendar.ts'
import { gpuWorkKwh } from './gpuPower.ts'
import { toUnits } from './proRata.ts'
import { availabilityPoints, type NodeShape, octaneHours, WEEK_H } from './renderPay.ts'
import { type JobPolicy, nextJobPolicy } from './renderPolicy.ts'

const WEEKS_PER_MONTH = DAYS_PER_MONTH / 7
/** RENDER a week for rendering work, and for being available. Source: RNP-022 */
export const JOB_POOL = 15_000
export const AVAILABILITY_POOL = 2800
/** What was burnt in a week when RNP-020 was written. */
export const WEEKLY_BURN = fact(12_482, 'RENDER/week', 'rendernetwork/RNPs, RNP-020', '2025-10-28', 'doc')
/** OctaneBench of a card of the RTX 4090 class. */
export const CARD_SCORE = fact(1255, 'OB', 'OctaneBench 2020 results, recalled', '2025-01-01', 'memory')
const MEAN: NodeShape = { octaneBench: 900, vramGb: 16, ageDays: 700 }

const drivers: readonly Driver[] = [
  {
    id: 'render-utilisation',
    title: 'Share of the time with rendering work',
    fact: fact(
      0.01,
      'share',
      'assumed: the work of all nodes over some two thousand cards',
      '2026-11-01',
      'assumption',
    ),
    p10: 0.001,
    p90: 0.06,
    shape: 'share',
    most: 1,
    wouldBe: (value, median) =>
      `it rendered ${shortNumber(100 * value)} % of the time instead of ${shortNumber(100 * median)} %`,
  },
  {
    id: 'network-obh',
    title: 'Rendering work of all nodes in a week',
    fact: fact(
      4e6,
      'OBh/week',
      'assumed: 12,482 RENDER burnt a week (RNP-020) at about 3 USD and 100 OBh to the euro',
      '2026-11-01',
      'assumption',
    ),
    p10: 1.5e6,
    p90: 1e7,
    shape: 'log',
    most: 1e12,
  },
  {
    id: 'network-points',
    title: 'Availability points of all nodes',
    fact: fact(5000, 'points', 'assumed: seven hundred nodes of about seven points', '2026-11-01', 'assumption'),
    p10: 2500,
    p90: 12_000,
    shape: 'log',
    most: 1e9,
  },
]

const burnGrowth: Driver = {
  id: 'burn-growth',
  title: 'Growth of what is burnt, by quarter',
  fact: fact(0, '1/quarter', 'assumed; RNP-020 saw −9 % in its last quarter', '2025-10-28', 'assumption'),
  p10: -0.15,
  p90: 0.2,
  shape: 'plain',
  most: 2,
}

/** The weekly pool for work in each month, under the policy of RNP-020 or as it stands. */
function jobPools(months: number, growth: number | null): Float64Array {
  const pools = new Float64Array(months).fill(JOB_POOL)
  if (growth === null) return pools
  let policy: JobPolicy = { render: JOB_POOL, moves: 0 }
  let burn = WEEKLY_BURN.value
  for (let month = 0; month < months; month++) {
    if (month > 0 && month % 3 === 0) {
      burn *= Math.max(0, 1 + growth)
      policy = nextJobPolicy(policy, Math.max(1, burn))
    }
    pools[month] = policy.render
  }
  return pools
}

function renderer(site: Site, months: number, policy: boolean): NodeRun {
  const { gpus, gpuW } = site.params
  const free = 1 - site.curtailedShare
  const steady = jobPools(months, null)
  let held = { growth: NaN, pools: steady }
  const poolOf = (d: Draw, month: number): number => {
    if (!policy) return JOB_POOL
    const growth = d['burn-growth']!
    if (held.growth !== growth) held = { growth, pools: jobPools(months, growth) }
    return held.pools[month]!
  }
  const workH = (d: Draw): number => WEEK_H * d['render-utilisation']! * d[UPTIME]! * free
  const obh = (d: Draw): number => gpus! * octaneHours(CARD_SCORE.value, workH(d))
  const shape: NodeShape = { octaneBench: gpus! * CARD_SCORE.value, vramGb: gpus! * 24, ageDays: MEAN.ageDays }
  const points = (d: Draw): number =>
    availabilityPoints((1 - d['render-utilisation']!) * d[UPTIME]! * free, shape, MEAN, 1)
  const share = (mine: number, all: number): number => mine / Math.max(all, mine, Number.MIN_VALUE)
  const weekly = (d: Draw, month: number): number =>
    poolOf(d, month) * share(obh(d), d['network-obh']!) + AVAILABILITY_POOL * share(points(d), d['network-points']!)
  const tokens: NodeRun['tokens'] = (d, month) => weekly(d, month) * WEEKS_PER_MONTH
  return {
    tokens,
    usd: () => 0,
    settle: (d, month) => ({
      tokens: toUnits(tokens(d, month), 8),
      unallocated: 0n,
      usd: 0,
      tokenPriceUsd: d[TOKEN_PRICE]!,
    }),
    workKwh: (d) => gpuWorkKwh(gpus!, gpuW!, workH(d) * WEEKS_PER_MONTH),
    feeTokens: () => 0,
    collateralTokens: () => 0,
    work: { unit: 'OBh', perMonth: (d) => obh(d) * WEEKS_PER_MONTH },
    terms: (d) => [
      {
        title: 'Rendering work',
        value: obh(d),
        unit: 'OBh/week',
        from: ['render-utilisation', 'card-score', 'uptime'],
      },
      {
        title: 'For work',
        value: poolOf(d, 0) * share(obh(d), d['network-obh']!),
        unit: 'RENDER/week',
        from: ['job-pool', 'network-obh'],
      },
      {
        title: 'For being available',
        value: AVAILABILITY_POOL * share(points(d), d['network-points']!),
        unit: 'RENDER/week',
        from: ['availability-pool', 'network-points'],
      },
    ],
  }
}

/** The rendering subnet: two weekly pools, by OctaneBench-hours and by availability. */
export const renderingSubnet = (price: Driver, policy: boolean): EarnModel => ({
  drivers: [price, ...drivers, ...(policy ? [burnGrowth] : [])],
  run: (site, months) => renderer(site, months, policy),
})

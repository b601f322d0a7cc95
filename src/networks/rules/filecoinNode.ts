import { exp } from '../../base/math/exp.ts'
import { log2 } from '../../base/math/log.ts'
import { pow } from '../../base/math/pow.ts'
import type { Draw, NodeRun, Site } from '../network.ts'
import { TOKEN_PRICE, UPTIME } from '../network.ts'
import { DAYS_PER_MONTH, dayOf } from './calendar.ts'
import { BASELINE_INITIAL_BYTES, EPOCH_S, EPOCHS_PER_DAY, GENESIS, simpleReward } from './filecoinReward.ts'
import { STATE } from './filecoinState.ts'
import { allocateProRata, toUnits } from './proRata.ts'

const SECTORS_PER_TIB = 32 // of 32 GiB
const TIB_PER_EIB = 1024 * 1024
const TIB_BYTES = 1_099_511_627_776
const BASELINE_EIB = Number(BASELINE_INITIAL_BYTES) / (TIB_PER_EIB * TIB_BYTES)
const BASELINE_FIL = 770_000_000
const LAMBDA_PER_YEAR = Math.LN2 / 6

/** FIL that the simple part mints on a day. */
export function simplePerDay(day: number): number {
  const epoch = Math.max(0, Math.round((day * 86_400 - Date.parse(GENESIS) / 1000) / EPOCH_S))
  return (Number(simpleReward(epoch)) / 1e18) * EPOCHS_PER_DAY
}

/**
 * Effective network time in years at the snapshot: the time at which the baseline part mints what the day's reward
 * has beyond its simple part.
 *   baseline a day = B lambda 2^(-theta/6) (RBP / b0) 2^(-theta) / 365
 */
export function thetaAtSnapshot(): number {
  const baselinePerDay = STATE.dayReward.value - simplePerDay(dayOf(STATE.date))
  const atZero = (BASELINE_FIL * LAMBDA_PER_YEAR * STATE.rawPowerEib.value) / BASELINE_EIB / 365
  return (-6 / 7) * log2(baselinePerDay / atZero)
}

/**
 * Baseline supply still unminted, as a share, at a time after the snapshot, in years, when raw power grows by `growth` a year.
 *   2^theta(t) = 2^theta0 + ln2 (RBP / b0) (e^(g t) - 1) / g;  unminted = e^(-lambda theta) = 2^(-theta / 6)
 */
function unminted(doubled0: number, growth: number, t: number, grown = exp(growth * t)): number {
  const power = (Math.LN2 * STATE.rawPowerEib.value) / BASELINE_EIB
  const doubled = doubled0 + power * (Math.abs(growth) < 1e-9 ? t : (grown - 1) / growth)
  return exp((-Math.LN2 / 6) * log2(doubled))
}

/** FIL of the baseline part still unminted at a time after the snapshot, in years. */
export const baselineUnminted = (theta0: number, growth: number, t: number): number =>
  BASELINE_FIL * unminted(pow(2, theta0), growth, t)

/** FIL that the baseline part mints between two times after the snapshot, in years. */
export function baselineMinted(theta0: number, growth: number, fromA: number, toA: number): number {
  const doubled0 = pow(2, theta0)
  return BASELINE_FIL * (unminted(doubled0, growth, fromA) - unminted(doubled0, growth, toA))
}

/** What the network mints and how much power it has, month by month, for one growth of its power. */
interface Projection {
  growth: number
  readonly mintedFil: Float64Array // [months]
  readonly powerTib: Float64Array // [months] quality-adjusted, in the middle of the month
}

function project(into: Projection, growth: number, simple: Float64Array, doubled0: number, sinceA: number): void {
  into.growth = growth
  let grown = exp(growth * sinceA)
  let before = unminted(doubled0, growth, sinceA, grown)
  const monthly = exp(growth / 12)
  let power = STATE.qualityPowerEib.value * TIB_PER_EIB * exp(growth * (sinceA + 1 / 24))
  for (let month = 0; month < simple.length; month++) {
    grown *= monthly
    const after = unminted(doubled0, growth, sinceA + (month + 1) / 12, grown)
    into.mintedFil[month] = simple[month]! + BASELINE_FIL * (before - after)
    into.powerTib[month] = power
    before = after
    power *= monthly
  }
}

/** A rack of the reference size, one pebibyte, seals this much a day; larger racks seal in proportion. */
const SEALED_TIB_PER_DAY_PER_PIB = 2.5
/** A day of fault costs the expected reward of this many days. */
const FAULT_FEE_DAYS = 3.51
/** Three quarters of a reward unlock day by day over 180 days, the rest at once; a month's rewards fall evenly over it. */
const VESTING = [0.25 + 0.75 / 12, ...new Array<number>(5).fill(0.75 / 6), 0.75 / 12]

/** A storage provider's rack: reward by its share of quality-adjusted power, pledge, daily fee and faults. */
export function filecoinNode(site: Site, months: number): NodeRun {
  const rawTib = site.params.rawTib!
  const sinceA = (site.startDay - dayOf(STATE.date)) / 365.25
  const doubled0 = pow(2, thetaAtSnapshot())
  const simple = Float64Array.from(
    { length: months },
    (_, month) => simplePerDay(site.startDay + Math.round((month + 0.5) * DAYS_PER_MONTH)) * DAYS_PER_MONTH,
  )
  // capacity that is sealed in the middle of each month
  const sealed = Float64Array.from({ length: months }, (_, month) =>
    Math.min(1, ((month + 0.5) * DAYS_PER_MONTH * SEALED_TIB_PER_DAY_PER_PIB) / 1024),
  )
  const quality = (d: Draw): number => 1 + 9 * d['deal-share']!
  const qapTib = (d: Draw, month: number): number => rawTib * sealed[month]! * quality(d)
  // one growth holds for a whole draw: its projection is kept until another comes
  const held: Projection = { growth: NaN, mintedFil: new Float64Array(months), powerTib: new Float64Array(months) }
  const projection = (d: Draw): Projection => {
    const growth = d['power-growth']!
    if (held.growth !== growth) project(held, growth, simple, doubled0, sinceA)
    return held
  }
  const networkTib = (d: Draw, month: number): number => projection(d).powerTib[month]!
  const minted = (d: Draw, month: number): number => projection(d).mintedFil[month]!
  const fullReward = (d: Draw, month: number): number => (minted(d, month) * qapTib(d, month)) / networkTib(d, month)
  const tokens = (d: Draw, month: number): number => fullReward(d, month) * d[UPTIME]!
  // FIP-0081: seven tenths of the share by baseline or network, three tenths by the network; the whole is capped
  const baselineTib = STATE.baselineEib.value * TIB_PER_EIB * pow(2, sinceA)
  const pledge = (d: Draw): number => {
    const mine = rawTib * quality(d)
    const all = networkTib(d, 0)
    const reward20 = ((minted(d, 0) / DAYS_PER_MONTH) * 20 * mine) / all
    const share = mine * (0.7 / Math.max(all, baselineTib) + 0.3 / all)
    return Math.min(reward20 + 0.3 * STATE.circulating.value * share, mine * SECTORS_PER_TIB)
  }
  const dailyFee = (d: Draw, month: number): number =>
    STATE.dailyFeePerFilByte.value * STATE.circulating.value * qapTib(d, month) * TIB_BYTES * DAYS_PER_MONTH
  return {
    usd: () => 0,
    workKwh: () => 0,
    work: { unit: 'TiB·month', perMonth: (d, month) => rawTib * sealed[month]! * d[UPTIME]! },
    tokens,
    vesting: VESTING,
    settle: (d, month) => {
      const pool = toUnits(minted(d, month), 18)
      const mine = toUnits(qapTib(d, month) * d[UPTIME]!, 9)
      const all = toUnits(networkTib(d, month), 9)
      const { paid, unallocated } = allocateProRata(pool, [mine, all > mine ? all - mine : 0n])
      return { tokens: paid[0]!, unallocated, usd: 0, tokenPriceUsd: d[TOKEN_PRICE]! }
    },
    feeTokens: (d, month) => {
      const reward = fullReward(d, month)
      const faults = reward * FAULT_FEE_DAYS * (1 - d[UPTIME]!)
      return faults + Math.min(dailyFee(d, month), 0.5 * reward)
    },
    collateralTokens: pledge,
    terms: (d) => [
      { title: 'Raw capacity', value: rawTib, unit: 'TiB', from: ['param.rawTib'] },
      { title: 'Quality multiplier', value: quality(d), unit: '×', from: ['quality', 'deal-share'] },
      {
        title: 'Share of the network’s power once sealed',
        value: (rawTib * quality(d)) / networkTib(d, 0),
        unit: 'share',
        from: ['power-growth', 'sealing'],
      },
      { title: 'Reward of the whole network', value: minted(d, 0), unit: 'FIL/month', from: ['power-growth'] },
      { title: 'Reward in the last month', value: tokens(d, months - 1), unit: 'FIL', from: ['uptime'] },
      { title: 'Pledge', value: pledge(d), unit: 'FIL', from: ['circulating'] },
    ],
  }
}

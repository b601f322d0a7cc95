import { shortNumber } from '../../base/shortNumber.ts'
import { type Draw, type Driver, type EarnModel, fact, type NodeRun, TOKEN_PRICE, UPTIME } from '../network.ts'
import { DAYS_PER_MONTH } from './calendar.ts'
import { toUnits } from './proRata.ts'

/** One IOTX in rau. */
export const IOTX = 1_000_000_000_000_000_000n
const BLOCKS_PER_EPOCH = 1440
const EPOCHS_PER_MONTH = 24 * DAYS_PER_MONTH

/** IOTX to whoever makes a block, and per hourly epoch to the best hundred by votes. */
export const BLOCK_REWARD = 4
export const EPOCH_REWARD = 18_750
/** Share of its blocks that a delegate must make, or it gets no epoch reward and is set aside for six epochs. */
export const PRODUCTIVITY = 0.85
export const SELF_STAKE = 1_200_000
const REGISTRATION = 100

/** IOTX of an hourly epoch to all delegates, in rau. */
export const iotexEpoch = (): bigint => BigInt(BLOCKS_PER_EPOCH * BLOCK_REWARD + EPOCH_REWARD) * IOTX

const drivers: readonly Driver[] = [
  {
    id: 'block-share',
    title: 'Share of all blocks that it makes',
    fact: fact(
      0.008,
      'share',
      'assumed; one of the 36 candidates makes 1/36 = 0.028, others none',
      '2026-11-01',
      'assumption',
    ),
    p10: 0.0005,
    p90: 0.027,
    shape: 'share',
    most: 0.0278,
    wouldBe: (value, median) =>
      `it made ${shortNumber(100 * value)} % of all blocks instead of ${shortNumber(100 * median)} %`,
  },
  {
    id: 'epoch-share',
    title: 'Share of the epoch reward, by votes',
    fact: fact(1 / 70, 'share', 'IIP-50: 18,750 IOTX among about 70 delegates', '2025-07-02', 'doc'),
    p10: 0.003,
    p90: 0.04,
    shape: 'share',
    most: 0.5,
    wouldBe: (value, median) =>
      `it held ${shortNumber(100 * value)} % of the votes instead of ${shortNumber(100 * median)} %`,
  },
  {
    id: 'kept',
    title: 'Kept after paying voters',
    fact: fact(0.2, 'share', 'assumed; delegates say openly how much they pass on', '2026-11-01', 'assumption'),
    p10: 0.08,
    p90: 0.5,
    shape: 'share',
    most: 1,
    wouldBe: (value, median) => `it kept ${shortNumber(100 * value)} % instead of ${shortNumber(100 * median)} %`,
  },
]

function delegate(slashing: boolean): NodeRun {
  const blocks = (d: Draw): number => BLOCKS_PER_EPOCH * EPOCHS_PER_MONTH * d['block-share']!
  const productive = (d: Draw): boolean => d[UPTIME]! >= PRODUCTIVITY
  const tokens = (d: Draw): number =>
    (blocks(d) * BLOCK_REWARD * d[UPTIME]! +
      (productive(d) ? EPOCH_REWARD * EPOCHS_PER_MONTH * d['epoch-share']! : 0)) *
    d.kept!
  return {
    tokens,
    usd: () => 0,
    settle: (d) => ({ tokens: toUnits(tokens(d), 18), unallocated: 0n, usd: 0, tokenPriceUsd: d[TOKEN_PRICE]! }),
    workKwh: () => 0,
    work: { unit: 'block', perMonth: (d) => blocks(d) * d[UPTIME]! },
    feeTokens: (d, month) => {
      // IIP-50: below the threshold every missed block costs its reward, out of the own stake
      const slashed = slashing && !productive(d) ? blocks(d) * (1 - d[UPTIME]!) * BLOCK_REWARD : 0
      return slashed + (month === 0 ? REGISTRATION : 0)
    },
    collateralTokens: () => SELF_STAKE,
    terms: (d) => [
      { title: 'Own stake', value: SELF_STAKE, unit: 'IOTX', from: ['self-stake'] },
      {
        title: 'For blocks',
        value: blocks(d) * BLOCK_REWARD * d[UPTIME]!,
        unit: 'IOTX/month',
        from: ['block-share', 'block-reward', 'uptime'],
      },
      {
        title: 'For votes, before voters are paid',
        value: EPOCH_REWARD * EPOCHS_PER_MONTH * d['epoch-share']!,
        unit: 'IOTX/month',
      },
      { title: 'Kept after paying voters', value: d.kept!, unit: 'share', from: ['kept'] },
      { title: 'A month', value: tokens(d), unit: 'IOTX', from: ['uptime'] },
    ],
  }
}

/** What a delegate earns; under IIP-50 (a draft) it also loses stake for blocks it misses. */
export const iotexDelegate = (price: Driver, slashing: boolean): EarnModel => ({
  drivers: [price, ...drivers],
  run: () => delegate(slashing),
})

import { shortNumber } from '../base/shortNumber.ts'
import { defineNetwork, fact, type NodeRun, TOKEN_PRICE, UPTIME } from './network.ts'
import { DAYS_PER_MONTH } from './rules/calendar.ts'
import { serverNode } from './rules/deviceCosts.ts'
import {
  EPOCH_S,
  NEAR,
  nearEmission,
  onlineFactor,
  SUPPLY_NEAR,
  treasuryPart,
  validatorReward,
} from './rules/nearReward.ts'
import { toUnits } from './rules/proRata.ts'
import { nearEconomy } from './rules/stakeEconomies.ts'
import { tokenPrice } from './rules/tokenPrice.ts'

const NOMICON = 'nomicon.io, Economics'
const RELEASE = 'near/nearcore, release 2.9.0 (protocol version 81)'
const price = tokenPrice('NEAR', fact(2, 'USD', 'price in the first half of 2026, recalled', '2026-07-04', 'memory'))
const OWN_STAKE = fact(
  20_000,
  'NEAR',
  'assumed: near the seat price, which an auction sets every epoch',
  '2026-11-01',
  'assumption',
)
const ALL_STAKE = fact(600_000_000, 'NEAR', 'staked on the chain, recalled', '2026-01-01', 'memory')
const EPOCHS_PER_MONTH = (DAYS_PER_MONTH * 86_400) / EPOCH_S

const run = (months: number): NodeRun => {
  // what validators share in an epoch in the middle of each month after the snapshot
  const part = Array.from({ length: months }, (_, month) => {
    const reward = nearEmission(Math.round((month + 0.5) * EPOCHS_PER_MONTH))
    return reward - treasuryPart(reward)
  })
  const partNear = Float64Array.from(part, (units) => Number(units) / Number(NEAR))
  const delegated = (d: Readonly<Record<string, number>>): number => d.delegated!
  const keeps = (d: Readonly<Record<string, number>>): number =>
    (OWN_STAKE.value + delegated(d) * d.commission!) / (OWN_STAKE.value + delegated(d))
  const stakeShare = (d: Readonly<Record<string, number>>): number => (OWN_STAKE.value + delegated(d)) / ALL_STAKE.value
  const tokens: NodeRun['tokens'] = (d, month) =>
    partNear[month]! * stakeShare(d) * onlineFactor(d[UPTIME]!) * keeps(d) * EPOCHS_PER_MONTH
  return {
    tokens,
    usd: () => 0,
    settle: (d, month) => {
      const stake = toUnits(OWN_STAKE.value + delegated(d), 24)
      const epoch = validatorReward(part[month]!, stake, toUnits(ALL_STAKE.value, 24), d[UPTIME]!)
      const kept = (epoch * toUnits(keeps(d), 12)) / 1_000_000_000_000n
      return {
        tokens: (kept * toUnits(EPOCHS_PER_MONTH, 12)) / 1_000_000_000_000n,
        unallocated: 0n,
        usd: 0,
        tokenPriceUsd: d[TOKEN_PRICE]!,
      }
    },
    workKwh: () => 0,
    work: { unit: 'month of validation', perMonth: (d) => d[UPTIME]! },
    feeTokens: () => 0,
    collateralTokens: () => OWN_STAKE.value,
    terms: (d) => [
      { title: 'Own stake', value: OWN_STAKE.value, unit: 'NEAR', from: ['own-stake'] },
      { title: 'Stake delegated to it', value: delegated(d), unit: 'NEAR', from: ['delegated'] },
      { title: 'Its share of all stake', value: stakeShare(d), unit: 'share', from: ['all-stake'] },
      {
        title: 'Validators’ part of an epoch',
        value: partNear[0]!,
        unit: 'NEAR',
        from: ['inflation', 'treasury', 'epoch', 'supply'],
      },
      { title: 'Kept after paying delegators', value: keeps(d), unit: 'share', from: ['commission'] },
      { title: 'A month', value: tokens(d, 0), unit: 'NEAR', from: ['uptime', 'online'] },
    ],
  }
}

/** Validators of a chain that pays for stake and uptime. */
export const near = defineNetwork({
  id: 'near',
  title: 'NEAR validator',
  what: 'A server makes and checks blocks; the chain mints for stake and uptime, and delegators get most of it.',
  story: {
    node: 'A server with a bound stake that makes and checks blocks of the chain.',
    proves: 'By being there: blocks and chunks it made of those it was asked for.',
    pays: 'The chain, with new tokens in proportion to stake. Delegators receive most and leave a commission.',
    burns: 'Seventy hundredths of the fees of transactions.',
    risks: {
      regulation: 'Running a pool with other people’s stake can count as a financial service.',
      privacy: 'Stakes and rewards are public; the server itself sees only public blocks.',
      scaling: 'Without delegators the server costs more than it earns. Seats are auctioned each epoch.',
      concentration: 'Large pools and exchanges hold much of the stake.',
    },
  },
  parts: {
    settlement: { title: 'NEAR', source: NOMICON, asOf: '2025-10-21' },
    identity: { title: 'Staking pool account and validator key', source: NOMICON, asOf: '2025-10-21' },
    proof: { title: 'Blocks and chunks produced and endorsed', source: NOMICON, asOf: '2025-10-21' },
    compute: { title: 'The chain’s own runtime', source: NOMICON, asOf: '2025-10-21' },
    dataAvailability: { title: 'The chain’s own shards', source: NOMICON, asOf: '2025-10-21' },
    governance: {
      title: 'Validators’ votes on protocol versions; House of Stake',
      source: RELEASE,
      asOf: '2025-10-21',
    },
  },
  token: { symbol: 'NEAR', baseUnit: 'yoctoNEAR', decimals: 24, price, cap: null },
  eras: [
    {
      id: 'near@v81',
      title: 'At most 2.5 % a year (protocol version 81)',
      from: '2025-10-28',
      to: null,
      status: 'active',
      rules: [
        {
          id: 'inflation',
          title: 'Most that is minted in a year',
          fact: fact(0.025, 'share', RELEASE, '2025-10-21', 'doc'),
        },
        { id: 'treasury', title: 'Treasury’s part', fact: fact(0.1, 'share', NOMICON, '2025-10-21', 'doc') },
        {
          id: 'gas-burnt',
          title: 'Gas burnt; the rest goes to the contract',
          fact: fact(0.7, 'share', NOMICON, '2025-10-21', 'doc'),
        },
        {
          id: 'epoch',
          title: 'Blocks of an epoch, nominal',
          fact: fact(43_200, 'blocks', NOMICON, '2025-10-21', 'doc'),
        },
        {
          id: 'online',
          title: 'Uptime below which nothing is paid',
          fact: fact(0.9, 'share', 'nomicon.io, recalled', '2025-10-21', 'memory'),
        },
        {
          id: 'supply',
          title: 'Supply that the schedule starts from',
          fact: fact(Number(SUPPLY_NEAR), 'NEAR', 'total supply, recalled', '2026-01-01', 'memory'),
        },
        { id: 'all-stake', title: 'Staked in all', fact: ALL_STAKE },
        { id: 'own-stake', title: 'Own stake of this node', fact: OWN_STAKE },
      ],
      earn: {
        validator: {
          drivers: [
            price,
            {
              id: 'delegated',
              title: 'Stake that others delegate to it',
              fact: fact(
                150_000,
                'NEAR',
                'assumed: a small validator; the largest hold tens of millions',
                '2026-11-01',
                'assumption',
              ),
              p10: 5000,
              p90: 3_000_000,
              shape: 'log',
              most: 6e7,
              wouldBe: (value, median) =>
                `others delegated ${shortNumber(value)} NEAR to it instead of ${shortNumber(median)}`,
            },
            {
              id: 'commission',
              title: 'Kept of what delegated stake earns',
              fact: fact(0.05, 'share', 'assumed; pools ask from 0 to 10 %', '2026-11-01', 'assumption'),
              p10: 0.01,
              p90: 0.1,
              shape: 'share',
              most: 1,
            },
          ],
          run: (_, months) => run(months),
        },
      },
      emission: {
        title: 'Most NEAR that a nominal epoch of 12 hours can mint, before burnt gas and lost uptime',
        source: `${RELEASE}; ${NOMICON}`,
        epochS: EPOCH_S,
        anchor: '2026-01-01T00:00:00Z',
        at: nearEmission,
      },
      economy: nearEconomy,
    },
    {
      id: 'near@genesis',
      title: 'At most 5 % a year (history)',
      from: '2020-10-13',
      to: '2025-10-28',
      status: 'historic',
      rules: [
        {
          id: 'inflation',
          title: 'Most that was minted in a year',
          fact: fact(0.05, 'share', RELEASE, '2025-10-21', 'doc'),
        },
        {
          id: 'genesis',
          title: 'Supply at the start',
          fact: fact(1_000_000_000, 'NEAR', NOMICON, '2020-10-13', 'doc'),
        },
      ],
      earn: {},
    },
  ],
  nodeTypes: [serverNode('Validator of NEAR')],
  caveats: [
    'There is no cap on the supply; nothing is slashed today, but uptime below 90 % earns nothing.',
    'Most of what a pool earns belongs to its delegators; without them a small validator does not pay for its server.',
    'The stake is bound and moves with the price of NEAR.',
    'A seat is auctioned every epoch: a node that falls below the seat price drops out.',
  ],
})

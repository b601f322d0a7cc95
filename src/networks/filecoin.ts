import { shortNumber } from '../base/shortNumber.ts'
import { defineNetwork, fact } from './network.ts'
import { assumed } from './rules/deviceCosts.ts'
import { filecoinEconomy } from './rules/filecoinEconomy.ts'
import { filecoinNode } from './rules/filecoinNode.ts'
import { blockReward, EPOCH_S, GENESIS } from './rules/filecoinReward.ts'
import { STATE } from './rules/filecoinState.ts'
import { tokenPrice } from './rules/tokenPrice.ts'

const ACTORS = 'filecoin-project/builtin-actors'
const price = tokenPrice('FIL', fact(0.805, 'USD', 'research.synthosresearch.com/crypto/FIL', '2026-07-04', 'press'))

/** Racks that keep data for others and prove it every day. */
export const filecoin = defineNetwork({
  id: 'filecoin',
  title: 'Filecoin',
  what: 'A rack keeps sealed data, proves it daily, and shares the block reward by its proven power.',
  story: {
    node: 'A rack of disks with a strong server that seals data into sectors and answers for them every day.',
    proves:
      'That a unique copy was sealed, and daily that it is still there. A missed answer costs a fee, a lost sector part of the pledge.',
    pays: 'Mostly newly issued FIL, shared by storage power; clients who store verified data multiply that power by ten. Storage fees in money are small.',
    burns: 'Gas, daily sector fees and every penalty are destroyed.',
    risks: {
      regulation: 'Whoever stores for strangers answers for content that is unlawful where the rack stands.',
      privacy: 'Stored data is readable by the provider unless the client encrypted it. Deals are public.',
      scaling:
        'Sealing takes months and strong hardware. Rewards per terabyte fall when others grow and as the schedule runs down.',
      concentration:
        'Scale pays, so few large providers hold much of the power; notaries decide who gets the tenfold quality.',
    },
  },
  parts: {
    settlement: { title: 'Filecoin', source: ACTORS, asOf: '2025-09-09' },
    identity: { title: 'Miner actor', source: ACTORS, asOf: '2025-09-09' },
    proof: { title: 'Proof-of-Replication and WindowPoSt', source: ACTORS, asOf: '2025-09-09' },
    compute: { title: 'Sealing by the provider', source: 'docs.filecoin.io', asOf: '2025-09-09' },
    dataAvailability: { title: 'The stored sectors themselves', source: 'docs.filecoin.io', asOf: '2025-09-09' },
    governance: { title: 'Filecoin Improvement Proposals', source: 'filecoin-project/FIPs', asOf: '2025-09-09' },
  },
  token: {
    symbol: 'FIL',
    baseUnit: 'attoFIL',
    decimals: 18,
    price,
    cap: { id: 'fil-cap', title: 'FIL_BASE', fact: fact(2_000_000_000, 'FIL', ACTORS, '2025-09-09', 'chain') },
  },
  eras: [
    {
      id: 'filecoin@fip0100',
      title: 'Block reward, pledge, daily fee (FIP-0100)',
      from: '2025-04-14',
      to: null,
      status: 'active',
      rules: [
        { id: 'day-reward', title: 'Reward of all providers per day', fact: STATE.dayReward },
        { id: 'raw-power', title: 'Raw power of the network', fact: STATE.rawPowerEib },
        { id: 'quality-power', title: 'Quality-adjusted power of the network', fact: STATE.qualityPowerEib },
        { id: 'pledge', title: 'Pledge on the day of the snapshot', fact: STATE.pledgePerSector },
        { id: 'baseline', title: 'Baseline power, doubling every year', fact: STATE.baselineEib },
        {
          id: 'pledge-target',
          title: 'Share of circulating supply that pledges aim at',
          fact: fact(0.3, 'share', `${ACTORS}, actors/miner/src/monies.rs`, '2025-09-09', 'chain'),
        },
        {
          id: 'termination',
          title: 'Lost of a pledge when a sector ends early (FIP-0098)',
          fact: fact(0.085, 'share', `${ACTORS}, actors/miner/src/monies.rs`, '2025-09-09', 'chain'),
        },
        { id: 'daily-fee', title: 'Daily fee', fact: STATE.dailyFeePerFilByte },
        { id: 'circulating', title: 'Circulating supply', fact: STATE.circulating },
        {
          id: 'quality',
          title: 'Power of verified data against empty capacity',
          fact: fact(10, '×', `${ACTORS}, actors/miner/src/policy.rs`, '2025-09-09', 'chain'),
        },
        {
          id: 'vesting',
          title: 'Share of a reward that unlocks over 180 days',
          fact: fact(0.75, 'share', ACTORS, '2025-09-09', 'chain'),
        },
        {
          id: 'fault-fee',
          title: 'Cost of a day’s fault',
          fact: fact(3.51, 'days of reward', `${ACTORS}, actors/miner/src/monies.rs`, '2025-09-09', 'chain'),
        },
        {
          id: 'sealing',
          title: 'Sealing rate of a rack of one pebibyte',
          fact: fact(2.5, 'TiB/d', 'docs.filecoin.io, infrastructure/sealing-rate', '2025-09-09', 'doc'),
        },
      ],
      earn: {
        'storage-rack': {
          drivers: [
            price,
            {
              id: 'deal-share',
              title: 'Share of capacity with verified deals',
              fact: fact(
                0.5,
                'share',
                'assumed; the network’s own rate was 0.82 on 2025-09-09',
                '2025-09-09',
                'assumption',
              ),
              p10: 0.08,
              p90: 0.9,
              shape: 'share',
              most: 1,
              wouldBe: (value, median) =>
                `${shortNumber(100 * value)} % of it held verified deals instead of ${shortNumber(100 * median)} %`,
            },
            {
              id: 'power-growth',
              title: 'Growth of the network’s power',
              fact: fact(
                -0.15,
                '1/a',
                'assumed; providers leave at 8 to 15 % a year, cryptozach.com',
                '2026-02-28',
                'assumption',
              ),
              p10: -0.35,
              p90: 0.1,
              shape: 'plain',
              most: 1,
            },
          ],
          run: filecoinNode,
        },
      },
      emission: {
        title:
          'Simple part of the reward of an epoch for all expected leaders; the baseline part depends on the network’s power',
        source: `${ACTORS}, actors/reward/src/logic.rs`,
        epochS: EPOCH_S,
        anchor: GENESIS,
        at: (epoch) => blockReward(epoch, 0n, 0n),
      },
      economy: filecoinEconomy,
    },
  ],
  nodeTypes: [
    {
      kind: 'storage-rack',
      title: 'Storage provider rack',
      capex: [
        {
          id: 'sealing-rig',
          title: 'Sealing and proving servers',
          fact: fact(
            15,
            'USD/TiB',
            'rigs at 5,000 to 50,000 USD (cryptozach.com) against the reference of one pebibyte',
            '2026-02-28',
            'press',
          ),
          per: (params) => params.rawTib!,
        },
        {
          id: 'disks',
          title: 'Disks and enclosures',
          fact: fact(25, 'USD/TiB', 'street price of large disks with enclosure, recalled', '2026-11-01', 'memory'),
          per: (params) => params.rawTib!,
        },
      ],
      install: [assumed('rack', 'Rack, power, network', 3000, 'USD')],
      opexYear: [
        assumed('line', 'Internet line', 2400, 'USD/a', () => 1, 'assumed, 1 Gbit/s'),
        assumed(
          'repair',
          'Disks and hands',
          4,
          'USD/a/TiB',
          (params) => params.rawTib!,
          'assumed, a tenth of the hardware',
        ),
      ],
      power: {
        id: 'power',
        title: 'Draw',
        fact: fact(5, 'W/TiB', 'depinly.io/methodology/filecoin', '2026-01-01', 'press'),
        per: (params) => params.rawTib!,
      },
      life: fact(5, 'a', 'assumed', '2026-11-01', 'assumption'),
    },
  ],
  caveats: [
    'The pledge is bound in FIL for the whole time and comes back at whatever FIL is worth then.',
    'Faults are fined in days of reward; a rack that stops for good loses 8.5 % of its pledge, which the cash flow leaves out: sectors are taken to run to their end.',
    'Rewards need capacity that is sealed first: a full rack takes about 14 months at the reference rate.',
    'The provider answers for what it stores; check the law on hosted content.',
  ],
})

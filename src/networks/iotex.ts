import { shortNumber } from '../base/shortNumber.ts'
import {
  type Driver,
  defineNetwork,
  type EarnModel,
  type Era,
  fact,
  type NodeRun,
  type Site,
  TOKEN_PRICE,
  UPTIME,
} from './network.ts'
import { chargerAt, chargingDrivers } from './rules/charging.ts'
import { charger, loraGateway, serverNode, solarRoof } from './rules/deviceCosts.ts'
import {
  BLOCK_REWARD,
  EPOCH_REWARD,
  iotexDelegate,
  iotexEpoch,
  PRODUCTIVITY,
  SELF_STAKE,
} from './rules/iotexDelegate.ts'
import { solarDrivers, solarRoofAt } from './rules/solar.ts'
import { iotexEconomy, iotexUnderFlatFee } from './rules/stakeEconomies.ts'
import { tokenPrice } from './rules/tokenPrice.ts'

const GENESIS = 'iotex-core, blockchain/genesis/genesis.go'
const price = tokenPrice(
  'IOTX',
  fact(0.00711, 'USD', 'research.synthosresearch.com/crypto/IOTX', '2026-07-04', 'press'),
)
// devices are paid nothing in it, so nobody need follow its way from month to month
const { path: _, ...unmoving } = price

const projectPay: Driver = {
  id: 'project-pay',
  title: 'What a project pays for the device’s data',
  fact: fact(0, 'USD/month', 'no rule guarantees any; each project decides', '2026-11-01', 'assumption'),
  p10: 0,
  p90: 3,
  shape: 'plain',
  most: 1e5,
  wouldBe: (value) => `a project paid ${shortNumber(value)} USD a month for its data`,
}

/** What a device does anyway, plus what a project may pay. ioID itself pays nothing. */
const withIdentity = (
  drivers: readonly Driver[],
  feeIotx: number,
  own: (site: Site, months: number) => Pick<NodeRun, 'usd' | 'workKwh' | 'work'>,
): EarnModel => ({
  drivers: [unmoving, projectPay, ...drivers],
  run: (site, months) => {
    const work = own(site, months)
    const usd: NodeRun['usd'] = (d, month) => work.usd(d, month) + Math.max(0, d['project-pay']!) * d[UPTIME]!
    return {
      tokens: () => 0,
      usd,
      settle: (d, month) => ({ tokens: 0n, unallocated: 0n, usd: usd(d, month), tokenPriceUsd: d[TOKEN_PRICE]! }),
      workKwh: work.workKwh,
      ...(work.work ? { work: work.work } : {}),
      feeTokens: (_, month) => (month === 0 ? feeIotx : 0),
      collateralTokens: () => 0,
      terms: (d) => [
        {
          title: 'Earned by the work itself',
          value: work.usd(d, 0),
          unit: 'USD/month',
          from: ['site.drawnKwhPerDay', 'site.pvKwhPerKwp', 'uptime'],
        },
        { title: 'Paid by a project', value: Math.max(0, d['project-pay']!), unit: 'USD/month', from: ['project-pay'] },
        { title: 'Paid by the network', value: 0, unit: 'IOTX/month', from: ['device-reward'] },
      ],
    }
  },
})

const FLAT_FEE_IOTX = 1000
const STAKING = 'iotex-core, action/protocol/staking'
const BURN_DROP = 'iotex.gitbook.io, tokenomics/burn-drop'

const earnUnder = (slashing: boolean, feeIotx = 0): Era['earn'] => ({
  validator: iotexDelegate(price, slashing),
  'lorawan-gateway': withIdentity([], feeIotx, () => ({ usd: () => 0, workKwh: () => 0 })),
  'ev-charger': withIdentity(chargingDrivers, feeIotx, (site) => {
    const { soldUsd, soldKwh, drawnKwh } = chargerAt(site)
    return { usd: soldUsd, workKwh: drawnKwh, work: { unit: 'kWh', perMonth: soldKwh } }
  }),
  'pv-battery': withIdentity(solarDrivers, feeIotx, (site, months) => ({
    usd: solarRoofAt(site, months).savedUsd,
    workKwh: () => 0,
  })),
})

const identityFee = {
  id: 'ioid',
  title: 'Registration of the device',
  fact: fact(
    7,
    'USD',
    'assumed; set on chain by ioIDStore.price(), not read here. IIP-41 proposes 1,000 IOTX',
    '2026-11-01',
    'assumption',
  ),
  per: () => 1,
}

const emission: NonNullable<Era['emission']> = {
  title:
    'IOTX per hourly epoch from the reward fund to delegates: 1,440 blocks and the epoch reward; nothing to devices',
  source: `${GENESIS}; IIP-42`,
  epochS: 3600,
  anchor: '2025-08-01T00:00:00Z',
  at: iotexEpoch,
}

const rules: Era['rules'] = [
  {
    id: 'device-reward',
    title: 'Paid by the network to devices',
    fact: fact(0, 'IOTX/month', GENESIS, '2026-08-01', 'chain'),
  },
  {
    id: 'block-reward',
    title: 'Block reward, to delegates',
    fact: fact(BLOCK_REWARD, 'IOTX', `${GENESIS} (Wake)`, '2026-08-01', 'chain'),
  },
  {
    id: 'epoch-reward',
    title: 'Epoch reward, to delegates',
    fact: fact(EPOCH_REWARD, 'IOTX/h', GENESIS, '2026-08-01', 'chain'),
  },
  {
    id: 'delegates',
    title: 'Delegates that make blocks, of 36 candidates',
    fact: fact(24, 'delegates', GENESIS, '2026-08-01', 'chain'),
  },
  {
    id: 'productivity',
    title: 'Blocks a delegate must make, of its own',
    fact: fact(PRODUCTIVITY, 'share', GENESIS, '2026-08-01', 'chain'),
  },
  {
    id: 'self-stake',
    title: 'Own stake of a delegate',
    fact: fact(SELF_STAKE, 'IOTX', GENESIS, '2026-08-01', 'chain'),
  },
  { id: 'unbonding', title: 'Time until stake is free again', fact: fact(3, 'd', GENESIS, '2026-08-01', 'chain') },
  {
    id: 'vote-duration',
    title: 'Votes grow by the logarithm of the days to this base, a hundredth of it',
    fact: fact(1.2, 'base', STAKING, '2026-08-01', 'chain'),
  },
  {
    id: 'vote-self',
    title: 'Votes of own stake renewed for 91 days or more',
    fact: fact(1.06, '×', STAKING, '2026-08-01', 'chain'),
  },
  { id: 'ioid-fee', title: identityFee.title, fact: identityFee.fact },
]

/** Delegates that make blocks, and devices with an identity. Its id is older than its delegates, and saved plans hold it. */
export const iotex = defineNetwork({
  id: 'iotex-device',
  title: 'IoTeX',
  what: 'A device gets an identity that anybody can check, and only a project may pay for its data; delegates make blocks and are paid by the chain.',
  story: {
    node: 'A sensor, charger or roof with a key of its own and an identity on the chain; or a server that makes blocks as a delegate.',
    proves:
      'A device signs what it measures, and anyone can look up its key. A delegate proves itself by the blocks it makes in its turn.',
    pays: 'The chain pays delegates and those who vote for them. Devices are paid only if some project wants their data and says how much.',
    burns:
      'Little today. Earlier programmes burnt IOTX for each new device; a proposal would burn a quarter of the identity fee.',
    risks: {
      regulation: 'Staking rewards and tokens for data are treated differently from country to country.',
      privacy:
        'An identity on a public chain can be followed for ever. Readings belong off chain, only their fingerprints on it.',
      scaling:
        'Blocks come every few seconds and cost little; whether projects have customers decides what a device earns.',
      concentration: 'Twenty-four delegates make the blocks, chosen by stake. Rewards come from a fund that is finite.',
    },
  },
  parts: {
    settlement: { title: 'IoTeX L1', source: GENESIS, asOf: '2026-08-01' },
    identity: { title: 'ioID', source: 'iotexproject/ioID-contracts', asOf: '2026-08-01' },
    proof: { title: 'Signature of the device', source: 'iotexproject/ioID-contracts', asOf: '2026-08-01' },
    compute: { title: 'Quicksilver or a project’s own', source: 'docs.iotex.io', asOf: '2026-08-01' },
    dataAvailability: { title: 'The project’s own', source: 'docs.iotex.io', asOf: '2026-08-01' },
    governance: { title: 'Delegates, IIPs', source: 'iotexproject/iips', asOf: '2026-08-01' },
  },
  token: {
    symbol: 'IOTX',
    baseUnit: 'rau',
    decimals: 18,
    price,
    cap: {
      id: 'iotx-cap',
      title: 'Most that can ever exist',
      fact: fact(10_000_000_000, 'IOTX', 'docs.iotex.io, the IOTX token', '2026-08-01', 'doc'),
    },
  },
  eras: [
    {
      id: 'iotex-device@iip50',
      title: 'Missed blocks cost stake (IIP-50, draft)',
      from: '2026-08-01',
      to: null,
      status: 'draft',
      rules: [
        ...rules,
        {
          id: 'slash',
          title: 'Lost for a missed block below the threshold',
          fact: fact(BLOCK_REWARD, 'IOTX', 'IIP-50', '2025-07-02', 'doc'),
        },
      ],
      earn: earnUnder(true),
      emission,
    },
    {
      id: 'iotex-device@iip41',
      title: 'Flat fee for an identity, a quarter burnt (IIP-41, under discussion)',
      from: '2026-08-01',
      to: null,
      status: 'draft',
      rules: [
        ...rules,
        {
          id: 'flat-fee',
          title: 'Fee of an identity, on top of what is asked today',
          fact: fact(FLAT_FEE_IOTX, 'IOTX', 'IIP-41', '2024-11-12', 'doc'),
        },
        {
          id: 'fee-burnt',
          title: 'Burnt of it; the rest goes to the DAO',
          fact: fact(0.25, 'share', 'IIP-41', '2024-11-12', 'doc'),
        },
      ],
      earn: earnUnder(false, FLAT_FEE_IOTX),
      emission,
      economy: iotexUnderFlatFee,
    },
    {
      id: 'iotex-device@wake',
      title: 'Rewards to delegates, identity without device rewards',
      from: '2025-08-01',
      to: null,
      status: 'active',
      rules,
      earn: earnUnder(false),
      emission,
      economy: iotexEconomy,
    },
    {
      id: 'iotex-device@burn-drop',
      title: 'Burn-Drop: every new device burnt IOTX (history)',
      from: '2021-03-01',
      to: '2024-07-01',
      status: 'historic',
      rules: [
        {
          id: 'burn-drop',
          title: 'Burnt and dropped over ten phases',
          fact: fact(1_000_000_000, 'IOTX', BURN_DROP, '2024-07-01', 'doc'),
        },
        {
          id: 'burnt',
          title: 'Of it burnt; the rest went to stakers',
          fact: fact(0.9, 'share', BURN_DROP, '2024-07-01', 'doc'),
        },
        {
          id: 'devices',
          title: 'Devices of all phases',
          fact: fact(1_023_000, 'devices', BURN_DROP, '2024-07-01', 'doc'),
        },
        {
          id: 'first-phase',
          title: 'For each of the first thousand devices',
          fact: fact(100_000, 'IOTX', BURN_DROP, '2024-07-01', 'doc'),
        },
        {
          id: 'dates',
          title: 'How well its dates are known',
          fact: fact(
            2021,
            'year',
            'began with the programme of 2021 and faded with IoTeX 2.0; both recalled',
            '2024-07-01',
            'memory',
          ),
        },
      ],
      earn: {},
    },
  ],
  nodeTypes: [
    loraGateway('LoRaWAN gateway with ioID', [identityFee]),
    charger('Charger with ioID', [identityFee]),
    solarRoof('Solar roof with ioID', [identityFee]),
    serverNode('Delegate of IoTeX'),
  ],
  caveats: [
    'No emission to devices is guaranteed by the chain. Burn-Drop figures of old articles are not rules.',
    'Rewards come from a fund that is finite, not from new tokens; gas and donations refill it.',
    'Maximum supply is 10 billion IOTX; figures of 100 billion are wrong.',
    'Votes decide who makes blocks: a delegate without voters earns little.',
    'The ioTube bridge was attacked on 2026-02-21; CIOTX is no longer in use.',
    'An identity on a public chain can be followed; keep bodies of readings off chain.',
  ],
})

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
import { charger, loraGateway, solarRoof } from './rules/deviceCosts.ts'
import { solarDrivers, solarRoofAt } from './rules/solar.ts'
import { tokenPrice } from './rules/tokenPrice.ts'

const GENESIS = 'iotex-core, blockchain/genesis/genesis.go'
const price = tokenPrice(
  'IOTX',
  fact(0.00711, 'USD', 'research.synthosresearch.com/crypto/IOTX', '2026-07-04', 'press'),
)
// nothing is paid in it, so nobody need follow its way from month to month
const { path: _, ...unmoving } = price
const IOTX = 1_000_000_000_000_000_000n

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
  own: (site: Site, months: number) => Pick<NodeRun, 'usd' | 'workKwh'>,
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
      feeTokens: () => 0,
      collateralTokens: () => 0,
      terms: (d) => [
        { title: 'Earned by the work itself', value: work.usd(d, 0), unit: 'USD/month' },
        { title: 'Paid by a project', value: Math.max(0, d['project-pay']!), unit: 'USD/month' },
        { title: 'Paid by the network', value: 0, unit: 'IOTX/month' },
      ],
    }
  },
})

const earn: Era['earn'] = {
  'lorawan-gateway': withIdentity([], () => ({ usd: () => 0, workKwh: () => 0 })),
  'ev-charger': withIdentity(chargingDrivers, (site) => {
    const { soldUsd, drawnKwh } = chargerAt(site)
    return { usd: soldUsd, workKwh: drawnKwh }
  }),
  'pv-battery': withIdentity(solarDrivers, (site, months) => ({
    usd: solarRoofAt(site, months).savedUsd,
    workKwh: () => 0,
  })),
}

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

/** Devices with an identity on IoTeX. The chain rewards its own delegates, not devices. */
export const iotexDevice = defineNetwork({
  id: 'iotex-device',
  title: 'IoTeX device',
  what: 'The device gets an identity that anybody can check; only a project that wants its data may pay for it.',
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
      id: 'iotex-device@wake',
      title: 'Identity without device rewards',
      from: '2025-08-01',
      to: null,
      status: 'active',
      rules: [
        {
          id: 'device-reward',
          title: 'Paid by the network to devices',
          fact: fact(0, 'IOTX/month', GENESIS, '2026-08-01', 'chain'),
        },
        {
          id: 'block-reward',
          title: 'Block reward, to delegates',
          fact: fact(4, 'IOTX', `${GENESIS} (Wake)`, '2026-08-01', 'chain'),
        },
        {
          id: 'epoch-reward',
          title: 'Epoch reward, to delegates',
          fact: fact(18_750, 'IOTX/h', GENESIS, '2026-08-01', 'chain'),
        },
        { id: 'ioid-fee', title: identityFee.title, fact: identityFee.fact },
      ],
      earn,
      emission: {
        title:
          'IOTX per hourly epoch from the reward fund to delegates: 1,440 blocks and the epoch reward; nothing to devices',
        source: `${GENESIS}; IIP-42`,
        epochS: 3600,
        anchor: '2025-08-01T00:00:00Z',
        at: () => (1440n * 4n + 18_750n) * IOTX,
      },
    },
  ],
  nodeTypes: [
    loraGateway('LoRaWAN gateway with ioID', [identityFee]),
    charger('Charger with ioID', [identityFee]),
    solarRoof('Solar roof with ioID', [identityFee]),
  ],
  caveats: [
    'No emission to devices is guaranteed by the chain. Burn-Drop figures of old articles are not rules.',
    'Maximum supply is 10 billion IOTX; figures of 100 billion are wrong.',
    'The ioTube bridge was attacked on 2026-02-21; CIOTX is no longer in use.',
    'An identity on a public chain can be followed; keep bodies of readings off chain.',
  ],
})

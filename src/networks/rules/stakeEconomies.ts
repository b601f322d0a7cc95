import type { Fact } from '../../base/quantity.ts'
import { fact, type TokenEconomy } from '../network.ts'
import { DIMO, WEEK_ZERO, weeklyDimo } from './dimoReward.ts'
import { IOTX, iotexEpoch } from './iotexDelegate.ts'
import { EPOCH_S, epochReward, NEAR, SUPPLY_NEAR } from './nearReward.ts'

// Tokens whose holders bind them for votes or seats, and one whose pool was set aside at the start.

const scaled = (amount: bigint, scale: number): bigint => (amount * BigInt(Math.round(scale * 1000))) / 1000n
const whole = ({ value }: Fact, unit: bigint): bigint => BigInt(value) * unit

const IOTX_SUPPLY = fact(9_441_378_959, 'IOTX', 'docs.iotex.io, the IOTX token', '2026-08-01', 'doc')
const IOTX_STAKED = fact(3_600_000_000, 'IOTX', 'staked on the chain, recalled', '2026-01-01', 'memory')

/** IOTX by days: rewards come out of a fund, so the supply stands still. */
export const iotexEconomy: TokenEconomy = {
  title: 'IOTX by days; rewards are paid from a fund',
  source: 'iotex-core, blockchain/genesis/genesis.go; IIP-42',
  epochS: 86_400,
  start: '2026-08-01T00:00:00Z',
  fromFund: true,
  supply: whole(IOTX_SUPPLY, IOTX),
  pools: [{ id: 'delegates', title: 'Delegates and their voters', to: 'stakers' }],
  remint: null,
  facts: [
    { id: 'supply', title: 'Total supply', fact: IOTX_SUPPLY },
    { id: 'staked', title: 'Staked', fact: IOTX_STAKED },
  ],
  open: () => ({
    streams: () => [{ amount: 24n * iotexEpoch(), millionths: [1_000_000n] }],
    burn: () => 0n,
    locked: () => whole(IOTX_STAKED, IOTX),
  }),
}

const NEW_DEVICES = fact(200, '1/d', 'assumed devices that get an identity', '2026-08-01', 'assumption')
const BURNT_PER_DEVICE = 250n * IOTX // a quarter of 1,000

/** The same with the flat fee that IIP-41 proposes: a quarter of it burnt for every new device. */
export const iotexUnderFlatFee: TokenEconomy = {
  ...iotexEconomy,
  title: 'IOTX by days under IIP-41; a quarter of each identity’s fee is burnt',
  source: `${iotexEconomy.source}; IIP-41`,
  facts: [...iotexEconomy.facts, { id: 'new-devices', title: 'New devices', fact: NEW_DEVICES }],
  open: (whatIf) => ({
    ...iotexEconomy.open(whatIf),
    burn: () => scaled(BigInt(NEW_DEVICES.value) * BURNT_PER_DEVICE, whatIf.demandScale * whatIf.feeScale),
  }),
}

const NEAR_STAKED = fact(600_000_000, 'NEAR', 'staked on the chain, recalled', '2026-01-01', 'memory')
const NEAR_BURNT = fact(1500, 'NEAR/d', '70 % of the gas of all transactions, recalled', '2026-01-01', 'memory')

/** NEAR by epochs of 12 hours: minted from the supply of the moment, gas burnt. */
export const nearEconomy: TokenEconomy = {
  title: 'NEAR by nominal epochs of 12 hours',
  source: 'near/nearcore, release 2.9.0; nomicon.io, Economics',
  epochS: EPOCH_S,
  start: '2026-01-01T00:00:00Z',
  fromFund: false,
  supply: SUPPLY_NEAR * NEAR,
  pools: [
    { id: 'validators', title: 'Validators and their delegators', to: 'stakers' },
    { id: 'treasury', title: 'Treasury', to: 'treasury' },
  ],
  remint: null,
  facts: [
    { id: 'staked', title: 'Staked', fact: NEAR_STAKED },
    { id: 'burnt', title: 'Gas burnt', fact: NEAR_BURNT },
  ],
  open: ({ demandScale, feeScale }) => ({
    streams: (_, supply) => [{ amount: epochReward(supply), millionths: [900_000n, 100_000n] }],
    burn: () => scaled((whole(NEAR_BURNT, NEAR) * BigInt(EPOCH_S)) / 86_400n, demandScale * feeScale),
    locked: () => whole(NEAR_STAKED, NEAR),
  }),
}

/** DIMO by weeks: the baseline pool was set aside at the start, so the supply stands still. */
export const dimoEconomy: TokenEconomy = {
  title: 'DIMO by weeks; the pool was set aside at the start',
  source: 'docs.dimo.org; DIP-2',
  epochS: 604_800,
  start: WEEK_ZERO,
  fromFund: true,
  supply: 1_000_000_000n * DIMO,
  pools: [{ id: 'vehicles', title: 'Vehicles, by points', to: 'nodes' }],
  remint: null,
  facts: [{ id: 'supply', title: 'Supply', fact: fact(1_000_000_000, 'DIMO', 'docs.dimo.org', '2025-06-01', 'doc') }],
  open: () => ({
    streams: (week) => [{ amount: weeklyDimo(week), millionths: [1_000_000n] }],
    burn: () => 0n,
    locked: () => 0n,
  }),
}

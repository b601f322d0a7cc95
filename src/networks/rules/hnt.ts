import { type Emission, fact, type NetworkSpec, type Token } from '../network.ts'
import { dayOf } from './calendar.ts'
import { hntEmission, hntSupplement } from './heliumEmission.ts'
import { tokenPrice } from './tokenPrice.ts'

// What both Helium networks share: one token, one chain, one vote.

export const SOURCE_149 = 'HIP-149, Helium Utility and Emissions Realignment'
export const DC_DOCS = 'docs.helium.com tokens/data-credit'

export const hnt: Token = {
  symbol: 'HNT',
  baseUnit: 'bones',
  decimals: 8,
  price: tokenPrice('HNT', fact(0.252, 'USD', 'research.synthosresearch.com/crypto/HNT', '2026-07-04', 'press')),
  cap: {
    id: 'hnt-cap',
    title: 'Effective ceiling of supply with the supplement',
    fact: fact(347_000_000, 'HNT', SOURCE_149, '2026-06-02', 'doc'),
  },
}

const ANCHOR = '2023-08-02'
const anchorDay = dayOf(ANCHOR)

/** One epoch is one day; epoch 0 is the first of the published schedule. */
export const hntPerDay: Emission = {
  title: 'HNT per day: schedule plus supplement, before re-emission of burnt HNT',
  source: 'helium-program-library emissions/hnt.json and supplement.rs; HIP-20',
  epochS: 86_400,
  anchor: `${ANCHOR}T00:00:00Z`,
  at: (epoch) => hntEmission(anchorDay + epoch) + hntSupplement(anchorDay + epoch),
}

/** The parts of Helium, with each network's own proof. */
export const heliumParts = (proof: string, compute: string): NetworkSpec['parts'] => ({
  settlement: { title: 'Solana', source: 'helium-program-library', asOf: '2026-07-01' },
  identity: { title: 'Hotspot key, one NFT per hotspot', source: 'docs.helium.com', asOf: '2026-07-01' },
  proof: { title: proof, source: 'helium/oracles', asOf: '2026-07-01' },
  compute: { title: compute, source: 'helium/oracles', asOf: '2026-07-01' },
  dataAvailability: {
    title: 'Oracle files on S3, requester pays',
    source: 'docs.helium.com network-data',
    asOf: '2026-07-06',
  },
  governance: { title: 'veHNT votes on HIPs', source: 'helium/HIP', asOf: '2026-08-31' },
})

import type { FactGrade } from '../../base/quantity.ts'
import type { EraStatus, NetworkPart, Risk } from '../../networks/network.ts'
import { formatNumber } from '../format.ts'

export const GRADE_WORDS: Readonly<Record<FactGrade, string>> = {
  chain: 'read from the chain or its code',
  doc: 'the network’s own papers',
  press: 'somebody else’s report',
  memory: 'recalled, not looked up',
  assumption: 'assumed',
}

export const STATUS_WORDS: Readonly<Record<EraStatus, string>> = {
  active: 'in force',
  approved: 'approved, not yet in force',
  draft: 'draft',
  closed: 'withdrawn or voted down',
  historic: 'history',
}

export const PART_WORDS: Readonly<Record<NetworkPart, string>> = {
  settlement: 'Settlement',
  identity: 'Identity',
  proof: 'Proof of work done',
  compute: 'Off-chain compute',
  dataAvailability: 'Data availability',
  governance: 'Governance',
}

export const RISK_WORDS: Readonly<Record<Risk, string>> = {
  regulation: 'Regulation',
  privacy: 'Privacy',
  scaling: 'Scaling',
  concentration: 'Concentration',
}

/** What other engines found of a place, in the words of the explanation. */
export const SITE_WORDS: Readonly<Record<string, { title: string; unit: string; source: string }>> = {
  peopleReached: {
    title: 'People for whom it is the strongest cell of the plan',
    unit: 'people',
    source:
      'Radio engine. Where cells overlap, each person counts for the strongest only, so a second one takes its share.',
  },
  coveredKm2: {
    title: 'Area in which it is the strongest of the plan',
    unit: 'km²',
    source: 'Radio engine. Where two overlap, each place counts for the stronger only.',
  },
  curtailedShare: { title: 'Energy that the grid cannot carry', unit: 'share', source: 'Grid engine, the day shown.' },
  pvKwhPerKwp: {
    title: 'A year’s yield of a kilowatt of modules',
    unit: 'kWh/kWp/a',
    source: 'Solar model of the place.',
  },
  drawnKwhPerDay: {
    title: 'What its customers are modelled to draw',
    unit: 'kWh/d',
    source: 'Load model; the grid is loaded with the same figure.',
  },
}

const STEPS: readonly (readonly [factor: number, word: string])[] = [
  [1e9, 'bn'],
  [1e6, 'M'],
  [1e3, 'k'],
]

/** An amount of tokens as one says it: 182 M, 9.44 bn. */
export function formatTokens(value: number): string {
  const [factor, word] = STEPS.find(([f]) => Math.abs(value) >= f * 9.995) ?? [1, '']
  return word === '' ? formatNumber(value) : `${formatNumber(value / factor)} ${word}`
}

/** Base units as whole tokens, for drawing. */
export const tokensOf = (units: bigint, decimals: number): number => Number(units) / 10 ** decimals

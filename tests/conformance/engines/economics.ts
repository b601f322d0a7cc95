import type { EconomicsInput } from '../../../src/engines/economics/index.ts'
import { aCashNode } from '../../support/cashNodes.ts'

const input = (more: Partial<EconomicsInput> = {}): EconomicsInput => ({
  node: aCashNode(),
  draws: 300,
  seed: 1,
  discountRate: 0.1,
  ...more,
})

export const sample = () => input()

export const broken = [
  { title: 'no draws', input: () => input({ draws: 0 }) },
  { title: 'half a draw', input: () => input({ draws: 0.5 }) },
  { title: 'a billion draws', input: () => input({ draws: 1e9 }) },
  { title: 'a seed that is no number', input: () => input({ seed: NaN }) },
  { title: 'a rate that eats everything', input: () => input({ discountRate: -1 }) },
  { title: 'a node without a life', input: () => input({ node: aCashNode({ months: 0 }) }) },
]

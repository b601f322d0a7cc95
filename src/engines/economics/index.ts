import { type Steps, within } from '../../base/steps.ts'
import type { EconomicsResult } from '../../model/economics.ts'
import { defineEngine } from '../engine.ts'
import type { CashNode } from './cashNode.ts'
import { runDraws } from './draws.ts'
import { summariseDraws } from './summary.ts'

export interface EconomicsInput {
  readonly node: CashNode
  readonly draws: number
  readonly seed: number
  readonly discountRate: number // a year
}

/** All draws of one node and what they say. */
export function* runEconomics({ node, draws, seed, discountRate }: EconomicsInput): Steps<EconomicsResult> {
  const drawn = yield* within(0, 0.95, runDraws(node, { seed, from: 0, to: draws, discountRate }))
  const result = summariseDraws(node, drawn, seed, discountRate)
  yield 1
  return result
}

/**
 * Earnings of a node as distributions.
 *
 * Glossary: NPV net present value · IRR internal rate of return · OU Ornstein-Uhlenbeck path · P10 exceeded by nine draws of ten
 */
export const economics = defineEngine({
  id: 'economics',
  version: '1',
  title: 'Node economics',
  reads: ['rules of the network', 'costs', 'coverage', 'energy price', 'drivers with their spread'],
  writes: ['earnings by year', 'net present value', 'payback', 'sensitivity', 'break-even'],
  run: runEconomics,
})

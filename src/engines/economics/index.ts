import { TwinError } from '../../base/errors.ts'
import { type Steps, within } from '../../base/steps.ts'
import type { EconomicsResult } from '../../model/economics.ts'
import { defineEngine } from '../engine.ts'
import type { CashNode } from './cashNode.ts'
import { correlationFactor } from './correlate.ts'
import { runDraws } from './draws.ts'
import { summariseDraws } from './summary.ts'

/** Beyond this a page would run out of memory. */
const MAX_DRAWS = 1_000_000

export interface EconomicsInput {
  readonly node: CashNode
  readonly draws: number
  readonly seed: number
  readonly discountRate: number // a year
}

function check({ node, draws, seed, discountRate }: EconomicsInput): void {
  const refuse = (what: string, got: number, expected: string): never => {
    throw new TwinError('ECONOMICS_INVALID', `${what} is ${got}, expected ${expected}.`, { got })
  }
  if (!Number.isInteger(draws) || draws < 1 || draws > MAX_DRAWS)
    refuse('The number of draws', draws, `1 to ${MAX_DRAWS}`)
  if (!Number.isInteger(seed)) refuse('The seed', seed, 'a whole number')
  if (!(discountRate > -1 && discountRate <= 10))
    refuse('The discount rate', discountRate, 'more than -1, at most 10 a year')
  if (!Number.isInteger(node.months) || node.months < 1)
    refuse('The life of the node', node.months, 'at least one month')
  checkCorrelations(node)
}

function checkCorrelations({ drivers, correlations = [] }: CashNode): void {
  const ids = drivers.map(({ id }) => id)
  if (correlations.length === 0 || correlationFactor(ids, correlations)) return
  const told = correlations.map(({ a, b, rho }) => `${a} and ${b} by ${rho}`).join(', ')
  throw new TwinError(
    'ECONOMICS_INVALID',
    `No numbers go together as ${told}; expected drivers of the node, each pair once, from -1 to 1 and consistent.`,
    { pairs: correlations.map(({ a, b }) => `${a}/${b}`) },
  )
}

/** All draws of one node and what they say. Throws ECONOMICS_INVALID when a figure makes no sense. */
export function* runEconomics(input: EconomicsInput): Steps<EconomicsResult> {
  check(input)
  const { node, draws, seed, discountRate } = input
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
  version: '2',
  title: 'Node economics',
  reads: ['rules of the network', 'costs', 'coverage', 'energy price', 'drivers with their spread'],
  writes: ['earnings by year', 'net present value', 'payback', 'sensitivity', 'break-even'],
  run: runEconomics,
})

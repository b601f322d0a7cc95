import type { Tag } from './honesty.ts'

/** A number as it may be shown or exported: never without unit, source and tag. */
export interface Quantity {
  readonly value: number // NaN: not known
  readonly unit: string
  readonly tag: Tag
  readonly source: string // model name, device id, or citation
  readonly asOf?: string // ISO date, for facts of the outside world
  readonly band?: Band
}

/** P10, P50 and P90 of a result that rests on assumptions, and the one that decides most. */
export interface Band {
  readonly p10: number
  readonly p50: number
  readonly p90: number
  readonly decidedBy?: string
}

/** How well a fact of the outside world is backed. */
export type FactGrade = 'chain' | 'doc' | 'press' | 'memory' | 'assumption'

/** A number of the outside world: what, in which unit, who says so, as of when, how well backed. */
export interface Fact {
  readonly value: number
  readonly unit: string
  readonly source: string
  readonly asOf: string // ISO date
  readonly grade: FactGrade
}

/** A fact with the words that a list of facts shows it under. */
export interface TitledFact extends Fact {
  readonly title: string
}

/** The tag of a fact: a bare guess is assumed; a published figure enters a model, so it is modelled at best. */
export const tagOfFact = (fact: Fact): Tag =>
  fact.grade === 'assumption' || fact.grade === 'memory' ? 'assumed' : 'modelled'

/** The p-quantile (0..1) of sorted values by linear interpolation (Hyndman & Fan type 7). NaN when empty. */
export function quantile(sorted: ArrayLike<number>, p: number): number {
  const last = sorted.length - 1
  if (last < 0) return NaN
  const at = p * last
  const low = Math.floor(at)
  const a = sorted[low]
  const b = sorted[Math.min(low + 1, last)]
  return a + (b - a) * (at - low)
}

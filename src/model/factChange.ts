import type { AssetKind } from './asset.ts'

/** A figure of a network that somebody knows better for this plan, and why. What is certain has the same value three times. */
export interface FactChange {
  readonly value: number // in the unit of the fact
  readonly p10: number
  readonly p90: number
  readonly reason: string
}

/** Characters of a reason: enough to say something, few enough for a list. */
export const REASON_CHARS = { least: 3, most: 200 } as const

/** Name of a fact in a plan: figures are changed for one kind of node in one network. */
export const factKey = (network: string, kind: AssetKind, fact: string): string => `${network}.${kind}.${fact}`

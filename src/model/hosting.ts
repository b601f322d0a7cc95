import type { Band } from '../base/quantity.ts'

/** What ends a street's room for more. */
export const HOSTING_LIMITS = ['transformer', 'line', 'voltage', 'convergence'] as const
export type HostingLimit = (typeof HOSTING_LIMITS)[number]

/** How many more units of one kind a station takes, over draws of where they stand. */
export interface StationHosting {
  readonly station: number
  readonly board: number // bus of its low-voltage board
  readonly ratedVa: number
  readonly customers: number // buses that units may stand at
  readonly units: Band // P10, P50, P90 of the number before the first limit
  readonly isBounded: boolean // false: some draw met no limit up to the most that was tried
  readonly share: Readonly<Record<HostingLimit, number>> // of the draws, by the limit met
  readonly branch: number // branch that limits most often, -1 where none does
  readonly bus: number // bus whose voltage limits most often, -1 where none does
}

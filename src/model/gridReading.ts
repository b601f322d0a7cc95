import type { GridId } from './gridCase.ts'
import type { ProofLevel } from './trust.ts'

/** What a device says about the grid: a voltage, or power drawn at a node or flowing into an end of a branch. */
export const READING_QUANTITIES = ['voltage', 'p', 'q'] as const

export interface GridReading {
  readonly device: string
  readonly quantity: (typeof READING_QUANTITIES)[number]
  readonly at: { readonly node: GridId } | { readonly branch: GridId; readonly end: 'from' | 'to' } // voltages at nodes only
  readonly value: number // pu, W or var
  readonly sigma: number // standard error of the device itself, in the same unit
  readonly proof: ProofLevel
}

/** What became of one reading. */
export interface ReadingVerdict {
  readonly device: string
  readonly quantity: GridReading['quantity']
  readonly value: number
  readonly estimate: number // what the grid says it should have been; NaN when it was not used
  readonly normalised: number // residual by its own standard error; NaN when nothing else could contradict it
  readonly status: 'used' | 'bad' | 'untrusted' | 'unchecked'
}

/** The most likely state of a grid given its readings. */
export interface StateEstimate {
  readonly converged: boolean
  readonly iterations: number
  readonly nodes: readonly {
    readonly id: GridId
    readonly vPu: number
    readonly angleRad: number
    readonly sigmaPu: number
  }[]
  readonly readings: readonly ReadingVerdict[] // in the order given
  readonly suspects: readonly string[] // devices whose readings were taken out, the worst first
  readonly objective: number // sum of squared weighted residuals
  readonly freedom: number // readings and assumptions beyond the unknowns
}

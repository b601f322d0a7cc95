import type { GridId } from './gridCase.ts'
import type { ApplianceResult } from './gridSolution.ts'

/** Values of phases 1, 2, 3; NaN where the phase is absent. */
export type Phases = readonly [number, number, number]

export interface PhaseNodeResult {
  readonly id: GridId
  readonly vPu: Phases // to earth, on the rated voltage by √3; 0 when no source reaches it
  readonly angleRad: Phases
}

/** One end of a branch: power and current into it, phase by phase. */
export interface PhaseEndFlow {
  readonly pW: Phases
  readonly qVar: Phases
  readonly iA: Phases
}

export interface PhaseBranchResult {
  readonly id: GridId
  readonly ends: readonly PhaseEndFlow[]
  readonly loading: number // share of the rating, of the worst phase for currents; NaN when there is none
}

export interface PhaseApplianceResult {
  readonly id: GridId
  readonly pW: Phases // by the phase its power comes through
  readonly qVar: Phases
  readonly total: Omit<ApplianceResult, 'id'>
}

/** A solved three-phase case. When it did not converge, the figures are no result and only say where it failed. */
export interface PhaseSolution {
  readonly method: 'current'
  readonly converged: boolean
  readonly iterations: number
  readonly mismatchPu: number // worst power that does not add up at a node, on 1 MVA
  readonly movedPu: number // how far the last iteration still moved the worst voltage
  readonly worst: GridId // bus of the worst of the two
  readonly worstPhase: number
  readonly nodes: readonly PhaseNodeResult[]
  readonly branches: readonly PhaseBranchResult[]
  readonly appliances: readonly PhaseApplianceResult[]
  readonly lossW: number
  readonly lossVar: number
  readonly taps: readonly { readonly id: GridId; readonly position: number }[]
  readonly controls: number // how often regulators moved before they rested
  readonly atLimit: readonly GridId[] // regulators that stand at an end of their range and still want more
}

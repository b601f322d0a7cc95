import type { GridId } from './gridCase.ts'

/** One end of a branch: power and current into it. */
export interface EndFlow {
  readonly pW: number
  readonly qVar: number
  readonly iA: number
}

export interface NodeResult {
  readonly id: GridId
  readonly vPu: number // 0 when no source reaches it
  readonly angleRad: number // against the source's reference
}

export interface BranchResult {
  readonly id: GridId
  readonly ends: readonly EndFlow[] // two, or three for a three-winding transformer
  readonly loading: number // share of the rating; NaN when there is none
}

/** What stands at a node: power drawn by loads and shunts, delivered by sources and generators. */
export interface ApplianceResult {
  readonly id: GridId
  readonly pW: number
  readonly qVar: number
}

/** A solved case. When it did not converge, the figures are no result and only say where it failed. */
export interface GridSolution {
  readonly method: 'sweep' | 'current' | 'newton'
  readonly converged: boolean
  readonly iterations: number
  readonly mismatchPu: number // worst power that does not add up at a node, on 1 MVA
  readonly movedPu: number // how far the last iteration still moved the worst voltage
  readonly worst: GridId // node of the worst of the two
  readonly nodes: readonly NodeResult[]
  readonly branches: readonly BranchResult[]
  readonly appliances: readonly ApplianceResult[]
  readonly lossW: number
  readonly lossVar: number
  readonly taps: readonly { readonly id: GridId; readonly position: number }[]
  readonly atLimit: readonly GridId[] // regulators that stand at an end of their range and still want more
}

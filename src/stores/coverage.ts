import type { AssetKind } from '../model/asset.ts'
import type { CoverageRaster, CoverageSummary, Transmitter } from '../model/coverage.ts'
import { createRunStore, type RunPort, type RunState } from './run.ts'

/** Radios of one kind: they serve the same devices, so they share a raster. */
export interface CoverageGroupInput {
  readonly kind: AssetKind
  readonly model: string
  readonly cellM: number
  readonly transmitters: readonly Transmitter[]
}

export interface CoverageInput {
  readonly groups: readonly CoverageGroupInput[]
}

export interface GroupCoverage {
  readonly kind: AssetKind
  readonly sensitivityDbm: number
  readonly raster: CoverageRaster
  readonly summary: CoverageSummary
}

export interface CoverageResult {
  readonly groups: readonly GroupCoverage[]
}

export type CoverageRunState = RunState<CoverageInput, CoverageResult>

export const createCoverageStore = (port: RunPort<CoverageInput, CoverageResult>) =>
  createRunStore<CoverageInput, CoverageResult>(port)

/** The group a picture can show: that of the wanted kind, else the newest. */
export const groupShown = (result: CoverageResult | null, wanted: AssetKind | null): GroupCoverage | null =>
  result?.groups.find(({ kind }) => kind === wanted) ?? result?.groups.at(-1) ?? null

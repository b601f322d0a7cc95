/** One transmitter as a propagation model sees it. */
export interface Transmitter {
  readonly id: string
  readonly xM: number
  readonly yM: number
  readonly heightM: number // antenna above ground
  readonly eirpDbm: number
  readonly freqMhz: number
  readonly rangeM: number // beyond it nothing is computed
  readonly sensitivityDbm: number // weakest signal that still counts as covered
}

/** A raster of received power over the ground. Row 0 is the south edge, column 0 the west edge; cell centres at (x0 + (c + ½)·cell, …). */
export interface CoverageRaster {
  readonly model: string // named propagation model
  readonly x0M: number
  readonly y0M: number
  readonly cellM: number
  readonly cols: number
  readonly rows: number
  readonly rssiDbm: Float32Array // [rows, cols] of the best server; NaN out of range
  readonly server: Int16Array // [rows, cols] index of the best server, -1 none
}

export interface CoverageSummary {
  readonly model: string
  readonly coveredKm2: number
  readonly coveredKm2P10: number // shadow fading against us
  readonly coveredKm2P90: number
  readonly buildingsCovered: number
  readonly buildingsTotal: number
  readonly peopleCovered: number // modelled from floor area
  readonly peopleCoveredP10: number
  readonly peopleCoveredP90: number
  readonly peopleTotal: number
  readonly perServerKm2: Readonly<Record<string, number>> // by transmitter id
  readonly perServerPeople: Readonly<Record<string, number>>
}

import type { Buildings } from '../../model/city.ts'
import type { CoverageRaster, CoverageSummary, Transmitter } from '../../model/coverage.ts'

/** Standard normal quantile of 90 %. */
const Z90 = 1.2815515655446004

/**
 * What a raster means: area, buildings and people, in all and by server.
 * A building counts by the cell of its centre, people with their building. P10 and P90 shift the whole map by the
 * model's shadowing (-1.28 and +1.28 standard deviations): shadowing of one street is shared by its cells, and the
 * model's own error by all of them, so the band is the cautious one of full correlation.
 *
 * Shapes   peoplePerBuilding [buildings]; parts of a building hold nobody of their own
 * Cost     O(cells + buildings)
 */
export function summariseCoverage(
  raster: CoverageRaster,
  transmitters: readonly Transmitter[],
  sigmaDb: number,
  buildings: Buildings,
  peoplePerBuilding: Float32Array,
): CoverageSummary {
  const { x0M, y0M, cellM, cols, rows, rssiDbm, server } = raster
  const n = transmitters.length
  const shift = Z90 * sigmaDb
  const cells = new Float64Array(n)
  const people = new Float64Array(n)
  const cellKm2 = (cellM * cellM) / 1e6
  // the weakest link in the mix decides where no server is strong enough
  const least = Math.min(...transmitters.map((t) => t.sensitivityDbm))
  let sureCells = 0
  let hopefulCells = 0
  const sensitivityAt = (cell: number): number => (server[cell] < 0 ? least : transmitters[server[cell]].sensitivityDbm)
  for (let cell = 0; cell < cols * rows; cell++) {
    const here = rssiDbm[cell]
    if (Number.isNaN(here)) continue
    const need = sensitivityAt(cell)
    if (server[cell] >= 0) cells[server[cell]]++
    if (server[cell] >= 0 && here - shift >= need) sureCells++
    if (here + shift >= need) hopefulCells++
  }
  let covered = 0
  let total = 0
  let peopleTotal = 0
  let peopleSure = 0
  let peopleHopeful = 0
  for (let b = 0; b < buildings.count; b++) {
    if (buildings.parent[b] >= 0) continue
    total++
    peopleTotal += peoplePerBuilding[b]
    const c = Math.floor((buildings.centreXM[b] - x0M) / cellM)
    const r = Math.floor((buildings.centreYM[b] - y0M) / cellM)
    if (c < 0 || r < 0 || c >= cols || r >= rows) continue
    const cell = r * cols + c
    const here = rssiDbm[cell]
    if (Number.isNaN(here)) continue
    const need = sensitivityAt(cell)
    if (server[cell] >= 0 && here - shift >= need) peopleSure += peoplePerBuilding[b]
    if (here + shift >= need) peopleHopeful += peoplePerBuilding[b]
    if (server[cell] < 0) continue
    covered++
    people[server[cell]] += peoplePerBuilding[b]
  }
  const byId = (column: Float64Array) => Object.fromEntries(transmitters.map((t, i) => [t.id, column[i]]))
  return {
    model: raster.model,
    coveredKm2: cells.reduce((a, b) => a + b, 0) * cellKm2,
    coveredKm2P10: sureCells * cellKm2,
    coveredKm2P90: hopefulCells * cellKm2,
    buildingsCovered: covered,
    buildingsTotal: total,
    peopleCovered: people.reduce((a, b) => a + b, 0),
    peopleCoveredP10: peopleSure,
    peopleCoveredP90: peopleHopeful,
    peopleTotal,
    perServerKm2: byId(cells.map((count) => count * cellKm2)),
    perServerPeople: byId(people),
  }
}

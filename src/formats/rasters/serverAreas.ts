import { cellPolygons } from '../../geo/cellPolygons.ts'
import { createEnu } from '../../geo/enu.ts'
import type { Transmitter } from '../../model/coverage.ts'
import type { CoverageExport } from './rasterFormat.ts'

/** The area in which one transmitter serves best. */
export interface ServerArea {
  readonly transmitter: Transmitter
  readonly areaKm2: number
  readonly lonDeg: number // of the transmitter
  readonly latDeg: number
  readonly polygons: readonly (readonly (readonly [lonDeg: number, latDeg: number])[])[][]
}

/** A tenth of a metre or so. */
const DECIMALS = 1e6
const rounded = (deg: number): number => Math.round(deg * DECIMALS) / DECIMALS

/** What each transmitter serves, in the order of the transmitters; one that serves nothing has no polygon. */
export function serverAreas({ raster, transmitters, originLatDeg, originLonDeg }: CoverageExport): ServerArea[] {
  const { x0M, y0M, cellM, cols, rows, server } = raster
  const enu = createEnu(originLatDeg, originLonDeg)
  const at = new Float64Array(2)
  const cells = new Float64Array(transmitters.length)
  for (const t of server) if (t >= 0) cells[t]!++
  return transmitters.map((transmitter, t) => {
    const polygons = cells[t]! > 0 ? cellPolygons(server, cols, rows, t) : []
    enu.toGeo(transmitter.xM, transmitter.yM, at)
    const [latDeg, lonDeg] = [rounded(at[0]!), rounded(at[1]!)]
    return {
      transmitter,
      areaKm2: (cells[t]! * cellM * cellM) / 1e6,
      lonDeg,
      latDeg,
      polygons: polygons.map((rings) =>
        rings.map((ring) => {
          const places: [number, number][] = []
          for (let i = 0; i < ring.length; i += 2) {
            enu.toGeo(x0M + ring[i]! * cellM, y0M + ring[i + 1]! * cellM, at)
            places.push([rounded(at[1]!), rounded(at[0]!)])
          }
          return places
        }),
      ),
    }
  })
}

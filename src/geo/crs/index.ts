import { atan } from '../../base/math/arc.ts'
import { exp } from '../../base/math/exp.ts'
import { RAD, WGS84 } from './ellipsoid.ts'
import { type Lambert, lambertToGeo } from './lambert.ts'
import { rdNewToGeo } from './stereographic.ts'
import { swissToGeo } from './swiss.ts'
import { utmToGeo } from './transverseMercator.ts'

/** Metres east and north of a national grid to degrees on WGS 84: writes latitude and longitude into `out`. */
export type GridToGeo = (eastM: number, northM: number, out: Float64Array) => void

const lambert =
  (grid: Lambert): GridToGeo =>
  (e, n, out) =>
    lambertToGeo(e, n, grid, out)

const utm =
  (zone: number, isSouth: boolean): GridToGeo =>
  (e, n, out) =>
    utmToGeo(e, n, zone, isSouth, out)

const swiss =
  (eastM: number, northM: number): GridToGeo =>
  (e, n, out) =>
    swissToGeo(e, n, eastM, northM, out)

const LAMBERT_93: Lambert = { latDeg: 46.5, lonDeg: 3, southDeg: 44, northDeg: 49, eastM: 700_000, northM: 6_600_000 }
const BELGIAN_2008: Lambert = {
  latDeg: 50.797815,
  lonDeg: 4.359215833333333,
  southDeg: 49.833333333333336,
  northDeg: 51.166666666666664,
  eastM: 649_328,
  northM: 665_262,
}

const webMercator: GridToGeo = (e, n, out) => {
  out[0] = (2 * atan(exp(n / WGS84.aM)) - Math.PI / 2) / RAD
  out[1] = e / WGS84.aM / RAD
}

/** Grids by their EPSG code. A compound code (with heights) stands beside its horizontal one. */
const GRIDS: Readonly<Record<number, GridToGeo>> = {
  3857: webMercator,
  28992: rdNewToGeo,
  7415: rdNewToGeo,
  2056: swiss(2_600_000, 1_200_000),
  21781: swiss(600_000, 200_000),
  2154: lambert(LAMBERT_93),
  5698: lambert(LAMBERT_93),
  3812: lambert(BELGIAN_2008),
}

/** What can be read, in words. */
export const GRID_NAMES =
  'RD New (28992, 7415), Swiss LV95 and LV03 (2056, 21781), UTM on WGS 84 or ETRS89 (326xx, 327xx, 258xx), Lambert-93 (2154), Belgian Lambert 2008 (3812), Web Mercator (3857)'

/** The grid of an EPSG code; null when it is not known. */
export function gridOf(epsg: number): GridToGeo | null {
  if (Object.hasOwn(GRIDS, epsg)) return GRIDS[epsg]
  const zone = epsg % 100
  const family = (epsg - zone) / 100
  if ((family === 326 || family === 327) && zone >= 1 && zone <= 60) return utm(zone, family === 327)
  if (family === 258 && zone >= 28 && zone <= 38) return utm(zone, false)
  return null
}

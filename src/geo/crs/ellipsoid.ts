import { atan, atan2 } from '../../base/math/arc.ts'
import { exp } from '../../base/math/exp.ts'
import { log } from '../../base/math/log.ts'
import { cos, sin, tan } from '../../base/math/trig.ts'

/** An ellipsoid: semi-major axis in metres and eccentricity squared. */
export interface Ellipsoid {
  readonly aM: number
  readonly e2: number
}

const fromFlattening = (aM: number, inverse: number): Ellipsoid => ({ aM, e2: (2 - 1 / inverse) / inverse })

/** EPSG 7030, 7019 (GRS 1980, 0.1 mm from it) and 7004 (Bessel 1841). */
export const WGS84 = fromFlattening(6378137, 298.257223563)
export const GRS80 = fromFlattening(6378137, 298.257222101)
export const BESSEL = fromFlattening(6377397.155, 299.1528128)

export const RAD = Math.PI / 180
const ARC_SECOND = RAD / 3600

/** Isometric latitude ψ of a latitude φ. Source: Snyder, Map Projections, USGS PP 1395 (1987), eq. 3-7. */
export function isometric(lat: number, e2: number): number {
  const e = Math.sqrt(e2)
  const s = e * sin(lat)
  return log(tan(Math.PI / 4 + lat / 2)) - (e / 2) * log((1 + s) / (1 - s))
}

/** The latitude of an isometric latitude, by iteration (Snyder, eq. 7-9). */
export function fromIsometric(psi: number, e2: number): number {
  const e = Math.sqrt(e2)
  let lat = 2 * atan(exp(psi)) - Math.PI / 2
  for (let i = 0; i < 12; i++) {
    const s = e * sin(lat)
    const next = 2 * atan(exp(psi + (e / 2) * log((1 + s) / (1 - s)))) - Math.PI / 2
    if (Math.abs(next - lat) < 1e-14) return next
    lat = next
  }
  return lat
}

/** Seven parameters of a shift to WGS 84, position vector convention: metres, arc-seconds, parts per million. */
export type DatumShift = readonly [xM: number, yM: number, zM: number, rx: number, ry: number, rz: number, ppm: number]

/**
 * Latitude and longitude in radians on another datum, at height 0, to degrees on WGS 84.
 *
 * Writes   `out`: latitude and longitude in degrees
 * Source   EPSG Guidance Note 7-2, method 9606; the way back to latitude after Bowring 1976.
 */
export function shiftToWgs84(
  lat: number,
  lon: number,
  { aM, e2 }: Ellipsoid,
  [dx, dy, dz, rx, ry, rz, ppm]: DatumShift,
  out: Float64Array,
): void {
  const n = aM / Math.sqrt(1 - e2 * sin(lat) * sin(lat))
  const x = n * cos(lat) * cos(lon)
  const y = n * cos(lat) * sin(lon)
  const z = n * (1 - e2) * sin(lat)
  const m = 1 + ppm * 1e-6
  const [a, b, c] = [rx * ARC_SECOND, ry * ARC_SECOND, rz * ARC_SECOND]
  const X = dx + m * (x - c * y + b * z)
  const Y = dy + m * (c * x + y - a * z)
  const Z = dz + m * (-b * x + a * y + z)
  const p = Math.sqrt(X * X + Y * Y)
  const short = WGS84.aM * Math.sqrt(1 - WGS84.e2)
  const t = atan2(Z * WGS84.aM, p * short)
  const ep2 = WGS84.e2 / (1 - WGS84.e2)
  const s3 = sin(t) * sin(t) * sin(t)
  const c3 = cos(t) * cos(t) * cos(t)
  out[0] = atan2(Z + ep2 * short * s3, p - WGS84.e2 * WGS84.aM * c3) / RAD
  out[1] = atan2(Y, X) / RAD
}

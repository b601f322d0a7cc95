import { acos, asin } from '../base/math/arc.ts'
import { cos, sin } from '../base/math/trig.ts'
import { DELTA_T_S } from './sun.ts'
import { celestialSun, RAD } from './sunCelestial.ts'

const DAY_MS = 86_400_000
const TURN = 2 * Math.PI

/** Centre of the disc at sunrise: half the sun's width and the refraction at the horizon. */
const HORIZON_RAD = -0.8333 * RAD

/** When the sun rises, culminates and sets. */
export interface SunTimes {
  readonly sunriseMs: number // NaN when it stays up or down all day
  readonly transitMs: number
  readonly sunsetMs: number
  readonly allDay: 'up' | 'down' | null
}

const fraction = (x: number): number => x - Math.floor(x)
const nearZero = (rad: number): number => rad - TURN * Math.round(rad / TURN)

/**
 * Sunrise, transit and sunset around the transit that falls on a UTC date; rise and set may fall on the date before or after.
 *
 * Units    `dateMs` Unix milliseconds of 00:00 UTC; degrees
 * Source   Reda & Andreas as in sun.ts, appendix A.2
 */
export function sunTimes(dateMs: number, latDeg: number, lonDeg: number, deltaTS = DELTA_T_S): SunTimes {
  const lat = latDeg * RAD
  const lon = lonDeg * RAD
  const nu = celestialSun(dateMs, deltaTS).siderealRad
  // terrestrial 0 h of the day before, the day, and the day after
  const [before, at, after] = [-1, 0, 1].map((k) => celestialSun(dateMs - deltaTS * 1000 + k * DAY_MS, deltaTS))

  const transit = fraction((at.ascensionRad - lon - nu) / TURN)
  const cosHalf = (sin(HORIZON_RAD) - sin(lat) * sin(at.declinationRad)) / (cos(lat) * cos(at.declinationRad))
  const half = Math.abs(cosHalf) > 1 ? NaN : acos(cosHalf) / TURN

  const a = nearZero(at.ascensionRad - before.ascensionRad)
  const b = nearZero(after.ascensionRad - at.ascensionRad)
  const c = at.declinationRad - before.declinationRad
  const d = after.declinationRad - at.declinationRad

  /** One step of the correction from a first guess, as a fraction of the day. */
  const corrected = (guess: number, rising: boolean): number => {
    const n = guess + deltaTS / 86400
    const ascension = at.ascensionRad + (n * (a + b + (b - a) * n)) / 2
    const declination = at.declinationRad + (n * (c + d + (d - c) * n)) / 2
    const hour = nearZero(nu + 360.985647 * RAD * guess + lon - ascension)
    if (!rising) return guess - hour / TURN
    const high = asin(sin(lat) * sin(declination) + cos(lat) * cos(declination) * cos(hour))
    return guess + (high - HORIZON_RAD) / (TURN * cos(declination) * cos(lat) * sin(hour))
  }

  return {
    sunriseMs: dateMs + DAY_MS * corrected(transit - half, true),
    transitMs: dateMs + DAY_MS * corrected(transit, false),
    sunsetMs: dateMs + DAY_MS * corrected(transit + half, true),
    allDay: cosHalf > 1 ? 'down' : cosHalf < -1 ? 'up' : null,
  }
}

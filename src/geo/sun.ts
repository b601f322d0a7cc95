import { asin, atan, atan2 } from '../base/math/arc.ts'
import { cos, sin, tan } from '../base/math/trig.ts'
import { type CelestialSun, celestialSun, RAD } from './sunCelestial.ts'

/** Where the sun stands as seen from a place, refraction included. */
export interface SunPosition {
  readonly zenithRad: number // 0 overhead, π/2 at the horizon
  readonly azimuthRad: number // from north, clockwise, [0, 2π)
  readonly distanceAu: number
}

/** What bends the light on its way down. */
export interface Air {
  readonly groundM: number // above sea level
  readonly pressureHpa: number
  readonly temperatureC: number
}

/** Sea level, ISA pressure, 12 °C: what one assumes when nothing is known. */
export const STANDARD_AIR: Air = { groundM: 0, pressureHpa: 1013.25, temperatureC: 12 }

/** Terrestrial time minus universal time in seconds; 69 s holds within a second for 2015 to 2030. */
export const DELTA_T_S = 69

const wrap = (rad: number): number => rad - 2 * Math.PI * Math.floor(rad / (2 * Math.PI))

/**
 * Position of the sun to 0.0003°.
 *
 * Units    Unix milliseconds; degrees on WGS 84; result in radians
 * Cost     about 330 sines and cosines
 * Source   I. Reda, A. Andreas, Solar Position Algorithm for Solar Radiation Applications, NREL/TP-560-34302 (2008)
 */
export function sunPosition(
  timeMs: number,
  latDeg: number,
  lonDeg: number,
  air: Air = STANDARD_AIR,
  deltaTS = DELTA_T_S,
): SunPosition {
  return seenFrom(celestialSun(timeMs, deltaTS), latDeg, lonDeg, air)
}

/** Turns the sun's place in the sky of the Earth's centre into what one sees from the ground. */
function seenFrom(sun: CelestialSun, latDeg: number, lonDeg: number, air: Air): SunPosition {
  const lat = latDeg * RAD
  const hour = sun.siderealRad + lonDeg * RAD - sun.ascensionRad

  // parallax: the observer stands on the ellipsoid, not at its centre
  const xi = (8.794 / (3600 * sun.distanceAu)) * RAD
  const u = atan(0.99664719 * tan(lat))
  const x = cos(u) + (air.groundM / 6378140) * cos(lat)
  const y = 0.99664719 * sin(u) + (air.groundM / 6378140) * sin(lat)
  const below = cos(sun.declinationRad) - x * sin(xi) * cos(hour)
  const shift = atan2(-x * sin(xi) * sin(hour), below)
  const declination = atan2((sin(sun.declinationRad) - y * sin(xi)) * cos(shift), below)
  const localHour = hour - shift

  const high = asin(sin(lat) * sin(declination) + cos(lat) * cos(declination) * cos(localHour))
  const azimuth = atan2(sin(localHour), cos(localHour) * sin(lat) - tan(declination) * cos(lat)) + Math.PI
  return {
    zenithRad: Math.PI / 2 - high - refractionRad(high / RAD, air),
    azimuthRad: wrap(azimuth),
    distanceAu: sun.distanceAu,
  }
}

/** How much the air lifts the sun; nothing once its disc is wholly below the horizon. */
function refractionRad(highDeg: number, { pressureHpa, temperatureC }: Air): number {
  if (highDeg < -(0.26667 + 0.5667)) return 0
  const bent = 1.02 / (60 * tan((highDeg + 10.3 / (highDeg + 5.11)) * RAD))
  return (pressureHpa / 1010) * (283 / (273 + temperatureC)) * bent * RAD
}

/** Unit vector from the ground to the sun: x east, y north, z up. */
export function sunDirection({ zenithRad, azimuthRad }: SunPosition): readonly [x: number, y: number, z: number] {
  const flat = sin(zenithRad)
  return [flat * sin(azimuthRad), flat * cos(azimuthRad), cos(zenithRad)]
}

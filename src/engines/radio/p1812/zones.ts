import { exp } from '../../../base/math/exp.ts'
import { pow } from '../../../base/math/pow.ts'

const SEA = 1
const INLAND = 4

/** How much of a path lies over which ground. */
export interface PathZones {
  readonly seaShare: number // omega
  readonly landKm: number // d_tm: longest stretch over land of any kind
  readonly inlandKm: number // d_lm: longest stretch inland
}

/** Calls back with the length of each run of points that `belongs`; a run reaches half a step into its neighbours. */
function eachRun(km: Float64Array, belongs: (i: number) => boolean, found: (lengthKm: number) => void): void {
  const last = km.length - 1
  for (let i = 0; i <= last; i++) {
    if (!belongs(i)) continue
    const first = i
    while (i < last && belongs(i + 1)) i++
    let length = km[i] - km[first]
    if (i < last) length += (km[i + 1] - km[i]) / 2
    if (first > 0) length += (km[first] - km[first - 1]) / 2
    found(length)
  }
}

/** ITU-R P.1812, section 3.6 and table 5. */
export function zonesOf(km: Float64Array, zone: Uint8Array): PathZones {
  let seaKm = 0
  let landKm = 0
  let inlandKm = 0
  eachRun(
    km,
    (i) => zone[i] === SEA,
    (length) => {
      seaKm += length
    },
  )
  eachRun(
    km,
    (i) => zone[i] !== SEA,
    (length) => {
      landKm = Math.max(landKm, length)
    },
  )
  eachRun(
    km,
    (i) => zone[i] === INLAND,
    (length) => {
      inlandKm = Math.max(inlandKm, length)
    },
  )
  return { seaShare: seaKm / km[km.length - 1], landKm, inlandKm }
}

/** tau of equation (3): how inland a stretch is. */
export const inlandness = (inlandKm: number): number => 1 - exp(-4.12e-4 * pow(inlandKm, 2.41))

/** Share of the time in % with strong ducting (over 100 N-units/km in the lowest 100 m); equations (2) to (5). */
export function ductingPercent(latitudeDeg: number, { landKm, inlandKm }: PathZones): number {
  const tau = inlandness(inlandKm)
  const mu1 = Math.min(1, pow(pow(10, -landKm / (16 - 6.6 * tau)) + pow(10, -5 * (0.496 + 0.354 * tau)), 0.2))
  const phi = Math.abs(latitudeDeg)
  if (phi > 70) return 4.17 * mu1 * pow(mu1, 0.3)
  return pow(10, -0.015 * phi + 1.67) * mu1 * pow(mu1, -0.935 + 0.0176 * phi)
}

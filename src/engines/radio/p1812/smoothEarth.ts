import { atan } from '../../../base/math/arc.ts'
import type { P1812Path } from './path.ts'

/** The smooth surface under a path, its horizons and its roughness. Heights in m above the sea, angles in mrad. */
export interface SmoothEarth {
  readonly fitTxM: number // h_st, h_sr: the fitted line at both ends
  readonly fitRxM: number
  readonly ductTxM: number // the same, never above the ground
  readonly ductRxM: number
  readonly diffractionTxM: number // h_std, h_srd
  readonly diffractionRxM: number
  readonly effectiveTxM: number // h_te, h_re over the ducting surface
  readonly effectiveRxM: number
  readonly roughnessM: number // h_m
  readonly horizonTxKm: number // d_lt, d_lr
  readonly horizonRxKm: number
  readonly elevationTxMrad: number // theta_t, theta_r
  readonly elevationRxMrad: number
  readonly angleMrad: number // theta: angular distance
  readonly lineOfSight: boolean
}

/**
 * Analysis of a path profile: fitted surface, horizons, ducting heights.
 *
 * Cost     O(points)
 * Source   ITU-R P.1812, attachment 1 to annex 1, equations (76) to (95)
 */
export function smoothEarthOf(path: P1812Path, earthKm: number): SmoothEarth {
  const { km, heightM: h, totalKm, txM, rxM, txAboveM, rxAboveM, lambdaM } = path
  const n = km.length
  let v1 = 0
  let v2 = 0
  for (let i = 1; i < n; i++) {
    const step = km[i] - km[i - 1]
    v1 += step * (h[i] + h[i - 1])
    v2 += step * (h[i] * (2 * km[i] + km[i - 1]) + h[i - 1] * (km[i] + 2 * km[i - 1]))
  }
  const square = totalKm * totalKm
  const fitTxM = (2 * v1 * totalKm - v2) / square
  const fitRxM = (v2 - v1 * totalKm) / square

  let over = -Infinity
  let slopeTx = -Infinity
  let slopeRx = -Infinity
  let highestTx = -Infinity
  let atTx = 1
  let highestRx = -Infinity
  let atRx = 1
  let nuMost = -Infinity
  let atNu = 1
  for (let i = 1; i < n - 1; i++) {
    const d = km[i]
    const left = totalKm - d
    const obstruction = h[i] - (txM * left + rxM * d) / totalKm
    over = Math.max(over, obstruction)
    slopeTx = Math.max(slopeTx, obstruction / d)
    slopeRx = Math.max(slopeRx, obstruction / left)
    const up = (h[i] - txM) / (1000 * d) - d / (2 * earthKm)
    if (up > highestTx) {
      highestTx = up
      atTx = i
    }
    const back = (h[i] - rxM) / (1000 * left) - left / (2 * earthKm)
    if (back >= highestRx) {
      highestRx = back
      atRx = i
    }
    const bulge = (500 / earthKm) * d * left
    const nu = (obstruction + bulge) * Math.sqrt((0.002 * totalKm) / (lambdaM * d * left))
    if (nu >= nuMost) {
      nuMost = nu
      atNu = i
    }
  }
  const share = slopeTx / (slopeTx + slopeRx)
  const lowered = Math.max(over, 0)
  const diffractionTxM = Math.min(lowered > 0 ? fitTxM - lowered * share : fitTxM, h[0])
  const diffractionRxM = Math.min(lowered > 0 ? fitRxM - (lowered * slopeRx) / (slopeTx + slopeRx) : fitRxM, h[n - 1])

  const direct = (rxM - txM) / (1000 * totalKm) - totalKm / (2 * earthKm)
  const lineOfSight = !(highestTx > direct)
  const elevationTxMrad = 1000 * atan(Math.max(highestTx, direct))
  const elevationRxMrad =
    1000 * atan(lineOfSight ? (txM - rxM) / (1000 * totalKm) - totalKm / (2 * earthKm) : highestRx)
  const fromTx = lineOfSight ? atNu : atTx
  const fromRx = lineOfSight ? atNu : atRx

  const ductTxM = Math.min(fitTxM, h[0])
  const ductRxM = Math.min(fitRxM, h[n - 1])
  const slope = (ductRxM - ductTxM) / totalKm
  let roughnessM = -Infinity
  for (let i = fromTx; i <= fromRx; i++) roughnessM = Math.max(roughnessM, h[i] - (ductTxM + slope * km[i]))
  return {
    fitTxM,
    fitRxM,
    ductTxM,
    ductRxM,
    diffractionTxM,
    diffractionRxM,
    effectiveTxM: txAboveM + h[0] - ductTxM,
    effectiveRxM: rxAboveM + h[n - 1] - ductRxM,
    roughnessM,
    horizonTxKm: km[fromTx],
    horizonRxKm: totalKm - km[fromRx],
    elevationTxMrad,
    elevationRxMrad,
    angleMrad: (1e3 * totalKm) / earthKm + elevationTxMrad + elevationRxMrad,
    lineOfSight,
  }
}

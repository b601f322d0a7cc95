import { log } from '../../../base/math/log.ts'
import { pow } from '../../../base/math/pow.ts'
import { type DiffractionPath, diffractionDb } from './diffraction.ts'
import type { ItmGround } from './ground.ts'
import { lineOfSightDb } from './lineOfSight.ts'
import type { ItmTerminals } from './terminals.ts'
import { NO_SCATTER_DB, troposcatterDb } from './troposcatter.ts'

/** How the wave gets there. */
export const ITM_MODES = ['line of sight', 'diffraction', 'troposcatter'] as const

export interface ItmReference {
  readonly referenceDb: number // median excess over free space
  readonly mode: 0 | 1 | 2 // index into ITM_MODES
}

const gain = new Float64Array(1)

/**
 * Reference attenuation over free space, in dB.
 *
 *   within sight    A_o + k1 d + k2 log d through three points of two-ray and diffraction loss
 *   beyond          the diffraction line A_d0 + m_d d, until the troposcatter line runs under it
 *
 * Source   G. Hufford, The ITS Irregular Terrain Model, version 1.2.2: the algorithm, section 4 (lrprop)
 */
export function referenceAttenuation(
  distanceM: number,
  freqMhz: number,
  profile: boolean,
  ground: ItmGround,
  t: ItmTerminals,
): ItmReference {
  const { earthM } = ground
  const smoothM = Math.sqrt(2 * t.effectiveM[0] * earthM) + Math.sqrt(2 * t.effectiveM[1] * earthM)
  const reachM = t.horizonM[0] + t.horizonM[1]
  const thetaLos = -Math.max(t.horizonRad[0] + t.horizonRad[1], -reachM / earthM)
  const path: DiffractionPath = { freqMhz, thetaLos, smoothM, profile }

  // the diffraction line, through two distances far beyond the horizon
  const scaleM = pow((earthM * earthM) / freqMhz, 1 / 3)
  const d3 = Math.max(smoothM, reachM + 5 * scaleM)
  const d4 = d3 + 10 * scaleM
  const a3 = diffractionDb(d3, path, ground, t)
  const slope = (diffractionDb(d4, path, ground, t) - a3) / (d4 - d3)
  const intercept = a3 - slope * d3

  if (distanceM < smoothM) {
    const db = withinSightDb(distanceM, freqMhz, ground, t, { slope, intercept, smoothM, reachM })
    return { referenceDb: Math.max(db, 0), mode: 0 }
  }
  const d5 = reachM + 200e3
  gain[0] = -1
  const a6 = troposcatterDb(reachM + 400e3, freqMhz, thetaLos, ground, t, gain)
  const a5 = troposcatterDb(d5, freqMhz, thetaLos, ground, t, gain)
  if (a5 < NO_SCATTER_DB - 1) {
    const scatterSlope = (a6 - a5) / 200e3
    const turnM = Math.max(
      smoothM,
      reachM + 1.088 * scaleM * log(freqMhz),
      (a5 - intercept - scatterSlope * d5) / (slope - scatterSlope),
    )
    if (distanceM > turnM) {
      const db = scatterSlope * distanceM + (slope - scatterSlope) * turnM + intercept
      return { referenceDb: Math.max(db, 0), mode: 2 }
    }
  }
  return { referenceDb: Math.max(slope * distanceM + intercept, 0), mode: 1 }
}

interface DiffractionLine {
  readonly slope: number
  readonly intercept: number
  readonly smoothM: number
  readonly reachM: number
}

function withinSightDb(
  distanceM: number,
  freqMhz: number,
  ground: ItmGround,
  t: ItmTerminals,
  { slope, intercept, smoothM, reachM }: DiffractionLine,
): number {
  const at = (d: number): number => lineOfSightDb(d, freqMhz, ground, t, slope, intercept, smoothM)
  const edgeDb = smoothM * slope + intercept
  let d0 = 0.04 * freqMhz * t.effectiveM[0] * t.effectiveM[1]
  let d1: number
  if (intercept >= 0) {
    d0 = Math.min(d0, 0.5 * reachM)
    d1 = d0 + 0.25 * (reachM - d0)
  } else d1 = Math.max(-intercept / slope, 0.25 * reachM)
  const a1 = at(d1)
  let k1 = 0
  let k2 = 0
  let bent = false
  if (d0 < d1) {
    const a0 = at(d0)
    const q = log(smoothM / d0)
    k2 = Math.max(
      0,
      ((smoothM - d0) * (a1 - a0) - (d1 - d0) * (edgeDb - a0)) / ((smoothM - d0) * log(d1 / d0) - (d1 - d0) * q),
    )
    bent = intercept > 0 || k2 > 0
    if (bent) {
      k1 = (edgeDb - a0 - k2 * q) / (smoothM - d0)
      if (k1 < 0) {
        k1 = 0
        k2 = Math.max(edgeDb - a0, 0) / q
        if (k2 === 0) k1 = slope
      }
    }
  }
  if (!bent) {
    k1 = Math.max(edgeDb - a1, 0) / (smoothM - d1)
    k2 = 0
    if (k1 === 0) k1 = slope
  }
  return edgeDb - k1 * (smoothM - distanceM) - k2 * log(smoothM / distanceM)
}

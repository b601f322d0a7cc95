import { acos } from '../../../base/math/arc.ts'
import { exp } from '../../../base/math/exp.ts'
import { log10 } from '../../../base/math/log.ts'
import { pow } from '../../../base/math/pow.ts'
import { cos } from '../../../base/math/trig.ts'
import { knifeEdgeDb } from '../diffraction.ts'
import type { P1812Path } from './path.ts'
import type { SmoothEarth } from './smoothEarth.ts'

/** 0 horizontal, 1 vertical. */
export type Polarisation = 0 | 1

/** Diffraction of one path over one earth. */
export interface Diffraction {
  readonly actualDb: number // Bullington over the terrain
  readonly smoothDb: number // Bullington over the smooth surface
  readonly sphericalDb: number
  readonly lossDb: number
}

/**
 * Bullington loss over the heights of a profile; `null` heights are all zero.
 *
 * Source   ITU-R P.1812, section 4.3.1, equations (13) to (21)
 */
function bullDb(path: P1812Path, heightM: Float64Array | null, tx: number, rx: number, earthKm: number): number {
  const { km, totalKm, lambdaM } = path
  const last = km.length - 1
  let fromTx = -Infinity
  let fromRx = -Infinity
  let nuClear = -Infinity
  for (let i = 1; i < last; i++) {
    const d = km[i]
    const left = totalKm - d
    const height = (heightM ? heightM[i] : 0) + (500 / earthKm) * d * left
    fromTx = Math.max(fromTx, (height - tx) / d)
    fromRx = Math.max(fromRx, (height - rx) / left)
    const over = height - (tx * left + rx * d) / totalKm
    nuClear = Math.max(nuClear, over * Math.sqrt((0.002 * totalKm) / (lambdaM * d * left)))
  }
  let nu = nuClear
  if (!(fromTx < (rx - tx) / totalKm)) {
    const meet = (rx - tx + fromRx * totalKm) / (fromTx + fromRx)
    const left = totalKm - meet
    const over = tx + fromTx * meet - (tx * left + rx * meet) / totalKm
    nu = over * Math.sqrt((0.002 * totalKm) / (lambdaM * meet * left))
  }
  const edgeDb = knifeEdgeDb(nu)
  return edgeDb + (1 - exp(-edgeDb / 6)) * (10 + 0.02 * totalKm)
}

const heightGainDb = (b: number, k: number): number => {
  const gain = b > 2 ? 17.6 * Math.sqrt(b - 1.1) - 5 * log10(b - 1.1) - 8 : 20 * log10(b + 0.1 * b * b * b)
  return Math.max(gain, 2 + 20 * log10(k))
}

/** First term of the residue series over one kind of ground; section 4.3.3, equations (29) to (36). */
function firstTermDb(
  [permittivity, conductivity]: readonly [number, number],
  path: P1812Path,
  tx: number,
  rx: number,
  earthKm: number,
  polarisation: Polarisation,
): number {
  const { freqGhz: f, totalKm } = path
  const loss = (18 * conductivity) / f
  const reduced = (permittivity - 1) * (permittivity - 1) + loss * loss
  let k = (0.036 * pow(earthKm * f, -1 / 3)) / Math.sqrt(Math.sqrt(reduced))
  if (polarisation === 1) k *= Math.sqrt(permittivity * permittivity + loss * loss)
  const k2 = k * k
  const beta = (1 + 1.6 * k2 + 0.67 * k2 * k2) / (1 + 4.5 * k2 + 1.53 * k2 * k2)
  const x = 21.88 * beta * pow(f / (earthKm * earthKm), 1 / 3) * totalKm
  const unit = 0.9575 * beta * pow((f * f) / earthKm, 1 / 3)
  const far = x >= 1.6 ? 11 + 10 * log10(x) - 17.6 * x : -20 * log10(x) - 5.6488 * pow(x, 1.425)
  return -far - heightGainDb(beta * unit * tx, k) - heightGainDb(beta * unit * rx, k)
}

const LAND = [22, 0.003] as const
const SEA = [80, 5] as const

function roundDb(path: P1812Path, tx: number, rx: number, earthKm: number, seaShare: number, pol: Polarisation) {
  const sea = firstTermDb(SEA, path, tx, rx, earthKm, pol)
  const land = firstTermDb(LAND, path, tx, rx, earthKm, pol)
  return seaShare * sea + (1 - seaShare) * land
}

/** Loss over a smooth round earth; section 4.3.2, equations (22) to (27). */
function sphericalDb(path: P1812Path, tx: number, rx: number, earthKm: number, seaShare: number, pol: Polarisation) {
  const { totalKm: d, lambdaM } = path
  const roots = Math.sqrt(tx) + Math.sqrt(rx)
  const sightKm = Math.sqrt(2 * earthKm) * (Math.sqrt(0.001 * tx) + Math.sqrt(0.001 * rx))
  if (d >= sightKm) return roundDb(path, tx, rx, earthKm, seaShare, pol)
  const c = (tx - rx) / (tx + rx)
  const m = (250 * d * d) / (earthKm * (tx + rx))
  const cube = (m + 1) * (m + 1) * (m + 1)
  const inner = acos(1.5 * c * Math.sqrt((3 * m) / cube))
  const b = 2 * Math.sqrt((m + 1) / (3 * m)) * cos(Math.PI / 3 + inner / 3)
  const near = (d / 2) * (1 + b)
  const far = d - near
  const clear = ((tx - (500 * near * near) / earthKm) * far + (rx - (500 * far * far) / earthKm) * near) / d
  const wanted = 17.456 * Math.sqrt((near * far * lambdaM) / d)
  if (clear > wanted) return 0
  const marginalKm = 500 * (d / roots) * (d / roots)
  return (1 - clear / wanted) * Math.max(roundDb(path, tx, rx, marginalKm, seaShare, pol), 0)
}

/**
 * Delta-Bullington diffraction loss: the terrain by Bullington, and what a round earth adds to a smooth one.
 *
 * Source   ITU-R P.1812, section 4.3.4, equations (37) to (39)
 */
export function deltaBullington(
  path: P1812Path,
  smooth: SmoothEarth,
  earthKm: number,
  seaShare: number,
  polarisation: Polarisation,
): Diffraction {
  const actual = bullDb(path, path.topM, path.txM, path.rxM, earthKm)
  const tx = path.txM - smooth.diffractionTxM
  const rx = path.rxM - smooth.diffractionRxM
  const flat = bullDb(path, null, tx, rx, earthKm)
  const spherical = sphericalDb(path, tx, rx, earthKm, seaShare, polarisation)
  return {
    actualDb: actual,
    smoothDb: flat,
    sphericalDb: spherical,
    lossDb: actual + Math.max(spherical - flat, 0),
  }
}

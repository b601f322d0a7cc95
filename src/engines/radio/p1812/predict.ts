import { exp } from '../../../base/math/exp.ts'
import { log, log10 } from '../../../base/math/log.ts'
import { pow } from '../../../base/math/pow.ts'
import { anomalousDb, type Ducting } from './anomalous.ts'
import { deltaBullington, type Polarisation } from './diffraction.ts'
import type { P1812Path } from './path.ts'
import { inverseNormal } from './quantile.ts'
import { smoothEarthOf } from './smoothEarth.ts'
import { tanh } from './tanh.ts'
import { ductingPercent, zonesOf } from './zones.ts'

/** Radius of the earth in km, and its stretch that is exceeded beta_0 % of the time; section 3.5. */
const EARTH_KM = 6371
const DUCTED_STRETCH = 3

export interface P1812Setting {
  readonly timePercent: number // the loss is not exceeded for it
  readonly placesPercent: number
  readonly placesSigmaDb: number // of places about their median
  readonly polarisation: Polarisation
  readonly latitudeDeg: number // of the middle of the path
  readonly lapse: number // Delta N in N-units/km, positive
  readonly refractivity: number // N_0
  readonly coastTxKm: number
  readonly coastRxKm: number
  readonly receiverAtSea: boolean
}

/** The loss and every figure on the way, named as in the Recommendation; dB, m, km and mrad as there. */
export type P1812Steps = ReturnType<typeof predictP1812>

/**
 * Basic transmission loss not exceeded for p % of the time and at p_L % of places, 30 MHz to 6 GHz.
 *
 * Cost     O(points of the profile)
 * Source   ITU-R P.1812-8, annex 1; equation numbers as in its reference implementation by OFCOM Switzerland
 */
export function predictP1812(path: P1812Path, zone: Uint8Array, setting: P1812Setting) {
  const { totalKm: d, txM, rxM, freqGhz: f } = path
  const { timePercent: p, polarisation } = setting
  const zones = zonesOf(path.km, zone)
  const b0 = ductingPercent(setting.latitudeDeg, zones)
  const earthKm = (EARTH_KM * 157) / (157 - setting.lapse)
  const smooth = smoothEarthOf(path, earthKm)
  const { horizonTxKm: dlt, horizonRxKm: dlr, angleMrad: theta } = smooth
  const w = zones.seaShare

  // line of sight, equations (8) to (11)
  const rise = (txM - rxM) / 1000
  const Lbfs = 92.4 + 20 * log10(f) + 10 * log10(d * d + rise * rise)
  const focus = 2.6 * (1 - exp(-0.1 * (dlt + dlr)))
  const Lb0p = Lbfs + focus * log10(p / 50)
  const Lb0b = Lbfs + focus * log10(b0 / 50)

  // diffraction over the median and over the ducted earth, equations (40) to (43)
  const median = deltaBullington(path, smooth, earthKm, w, polarisation)
  const ducted = deltaBullington(path, smooth, EARTH_KM * DUCTED_STRETCH, w, polarisation)
  const Ld50 = median.lossDb
  const Ldb = ducted.lossDb
  const Fi = p >= b0 ? inverseNormal(p / 100) / inverseNormal(b0 / 100) : 1
  const Ldp = p === 50 ? Ld50 : Ld50 + Fi * (Ldb - Ld50)
  const Lbd50 = Lbfs + Ld50
  const Lbd = Lb0p + Ldp

  // blending with ducting, equations (57) to (62)
  const Fj = 1 - 0.5 * (1 + tanh((3 * 0.8 * (theta - 0.3)) / 0.3))
  const Fk = 1 - 0.5 * (1 + tanh((3 * 0.5 * (d - 20)) / 20))
  const overSea = (1 - w) * Ldp
  const Lminb0p = p >= b0 ? Lbd50 + (Lb0b + overSea - Lbd50) * Fi : Lb0p + overSea
  const ducting: Ducting = {
    timePercent: p,
    ductingPercent: b0,
    coastTxKm: setting.coastTxKm,
    coastRxKm: setting.coastRxKm,
  }
  const Lba = anomalousDb(path, smooth, zones, earthKm, ducting)
  const Lminbap = 2.5 * log(exp(Lba / 2.5) + exp(Lb0p / 2.5))
  const Lbda = Lminbap <= Lbd ? Lminbap + (Lbd - Lminbap) * Fk : Lbd
  const Lbam = Lbda + (Lminb0p - Lbda) * Fj

  // troposcatter, equations (44) and (45)
  const half = log10(f / 2)
  const Lf = 25 * log10(f) - 2.5 * half * half
  const Lbs =
    190.1 + Lf + 20 * log10(d) + 0.573 * theta - 0.15 * setting.refractivity - 10.125 * pow(log10(50 / p), 0.7)

  // all together, equations (63) to (69)
  const Lbc = -5 * log10(pow(10, -0.2 * Lbs) + pow(10, -0.2 * Lbam))
  const places = setting.receiverAtSea ? 0 : -inverseNormal(setting.placesPercent / 100) * setting.placesSigmaDb
  const Lb = Math.max(Lb0p, Lbc + places)
  return {
    Lb,
    Ep: 199.36 + 20 * log10(f) - Lb, // dBµV/m for 1 kW
    d,
    dlt,
    dlr,
    thetaT: smooth.elevationTxMrad,
    thetaR: smooth.elevationRxMrad,
    theta,
    hts: txM,
    hrs: rxM,
    w,
    dtm: zones.landKm,
    dlm: zones.inlandKm,
    phi: setting.latitudeDeg,
    b0,
    ae: earthKm,
    hstFitted: smooth.fitTxM,
    hsrFitted: smooth.fitRxM,
    hst: smooth.ductTxM,
    hsr: smooth.ductRxM,
    hstd: smooth.diffractionTxM,
    hsrd: smooth.diffractionRxM,
    htc: txM - smooth.diffractionTxM,
    hrc: rxM - smooth.diffractionRxM,
    hte: smooth.effectiveTxM,
    hre: smooth.effectiveRxM,
    hm: smooth.roughnessM,
    Fi,
    Fj,
    Fk,
    Lbfs,
    Lb0p,
    Lb0b,
    Lbulla50: median.actualDb,
    Lbulls50: median.smoothDb,
    Ldsph50: median.sphericalDb,
    Lbulla: ducted.actualDb,
    Lbulls: ducted.smoothDb,
    Ldsph: ducted.sphericalDb,
    Ld50,
    Ldb,
    Ldp,
    Lbd50,
    Lbd,
    Lminb0p,
    Lba,
    Lminbap,
    Lbda,
    Lbam,
    Lbs,
    Lbc,
  }
}

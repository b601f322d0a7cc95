import { hashSigned, hashUnit } from './noise.ts'
import { type Readout, reading } from './reading.ts'
import type { Weather } from './weather.ts'

export interface PvSite {
  readonly xM: number
  readonly yM: number
  readonly peakW: number // DC, at standard test conditions
}

// PVWatts (Dobos, NREL/TP-6A20-62641, 2014): temperature coefficient, losses, nominal and reference inverter efficiency
const GAMMA_PER_K = -0.0047
const LOSSES = 0.14075660688264469
const ETA_NOM = 0.96
const ETA_REF = 0.9637
const DC_TO_AC = 1.2
const NOCT_C = 45 // nominal operating cell temperature, typical of glass modules

/** PVWatts DC power, W: irradiance in W/m², cell temperature in °C, power at standard test conditions. */
export const pvDcW = (irradianceWm2: number, cellC: number, peakW: number, gammaPerK = GAMMA_PER_K): number =>
  (irradianceWm2 / 1000) * peakW * (1 + gammaPerK * (cellC - 25))

/** PVWatts AC power of an inverter with DC rating `ratedDcW`. */
export function pvAcW(dcW: number, ratedDcW: number, etaNom = ETA_NOM): number {
  const zeta = dcW / ratedDcW
  if (zeta <= 0) return 0
  const acW = ratedDcW * zeta * ((etaNom / ETA_REF) * (-0.0162 * zeta - 0.0059 / zeta + 0.9858))
  return Math.min(etaNom * ratedDcW, Math.max(0, acW))
}

/**
 * A PV inverter on a flat roof, modules lying nearly level (east-west racks), so that the horizontal irradiance is theirs.
 * Snow, shading by neighbours and soiling beyond the flat losses are not modelled.
 */
export function createPvInverter(site: PvSite, seed: number, weather: Weather): Readout {
  const mismatch = 1 + 0.03 * hashSigned(seed, 31)
  const ratedDcW = site.peakW / DC_TO_AC / ETA_NOM
  return (timeMs) => {
    const irradianceWm2 = weather.irradianceWm2(site.xM, site.yM, timeMs)
    const cellC = weather.temperatureC(site.xM, site.yM, timeMs) + (irradianceWm2 / 800) * (NOCT_C - 20)
    const dcW = pvDcW(irradianceWm2, cellC, site.peakW) * (1 - LOSSES) * mismatch
    const sensor = 1 + 0.01 * (hashUnit(seed, 32, Math.floor(timeMs / 1000)) - 0.5)
    return [reading(4, pvAcW(dcW, ratedDcW)), reading(12, irradianceWm2 * sensor)]
  }
}

import { log10 } from '../../base/math/log.ts'
import { GATEWAY_SENSITIVITY_DBM } from './airtime.ts'

/** Least ratio of signal to noise that is decoded at any bandwidth's own noise, by spreading factor 7 … 12. Semtech AN1200.22. */
const SNR_FLOOR_DB = [-7.5, -10, -12.5, -15, -17.5, -20] as const
const NARROW_HZ = 125_000

export const snrFloorDb = (spreadingFactor: number): number => SNR_FLOOR_DB[spreadingFactor - 7]

/** Thermal noise of a receiver in dBm: -174 + 10 log10 B + NF. */
export const noiseDbm = (bandwidthHz: number, noiseFigureDb: number): number =>
  -174 + 10 * log10(bandwidthHz) + noiseFigureDb

/** Weakest signal a receiver of a noise figure decodes. */
export const sensitivityDbm = (spreadingFactor: number, bandwidthHz: number, noiseFigureDb: number): number =>
  noiseDbm(bandwidthHz, noiseFigureDb) + snrFloorDb(spreadingFactor)

/** Weakest signal a gateway (SX1301) decodes: its datasheet at 125 kHz, and the noise of a wider band on top. */
export const gatewaySensitivityDbm = (spreadingFactor: number, bandwidthHz: number): number =>
  GATEWAY_SENSITIVITY_DBM[spreadingFactor - 7] + 10 * log10(bandwidthHz / NARROW_HZ)

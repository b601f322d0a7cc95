import { cos } from '../../../src/base/math/trig.ts'
import { localTime } from './calendar.ts'
import { hashNormal, hashUnit, waveAt } from './noise.ts'
import { type Readout, reading } from './reading.ts'

export interface GatewaySite {
  readonly antennaM: number // above ground
}

const MINUTE_MS = 60_000

/**
 * A LoRaWAN gateway: uplinks heard in the current minute and the noise floor.
 * Thermal noise in 125 kHz is -174 + 51 dBm; with a 6 dB noise figure -117 dBm, to which a city adds.
 * The number of devices it hears, and that it grows with its height, are assumptions.
 */
export function createLoraGateway(site: GatewaySite, seed: number, utcOffsetH: number): Readout {
  const typical = 25 + 2.2 * Math.min(120, site.antennaM) * (0.6 + 0.8 * hashUnit(seed, 51))
  const cityDb = 2 + 6 * hashUnit(seed, 52)
  return (timeMs) => {
    const { hour } = localTime(timeMs, utcOffsetH)
    const day = 1 - 0.28 * cos((2 * Math.PI * (hour - 3)) / 24) // most meters report around the clock, people do not
    const mean = typical * day * (1 + 0.08 * waveAt(seed, 53, timeMs / (17 * MINUTE_MS)))
    const minute = Math.floor(timeMs / MINUTE_MS)
    const uplinks = Math.max(0, mean + Math.sqrt(mean) * hashNormal(seed, 54, minute))
    const noiseDbm =
      -117 +
      cityDb * (0.7 + 0.3 * day) +
      0.8 * waveAt(seed, 55, timeMs / (4 * MINUTE_MS)) +
      0.3 * hashNormal(seed, 56, minute)
    return [reading(8, uplinks), reading(9, noiseDbm, -1)]
  }
}

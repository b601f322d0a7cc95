import { RAMP_RANGE, RAMPS, sampleRamp } from '../../src/base/ramps.ts'

const colour = new Float32Array(3)

/**
 * Paints received power as colour, clear where nothing is heard.
 *
 * Shapes  `rssiDbm` [cells], `rgba` [cells, 4] bytes, linear colour.
 * Writes  `rgba` in place.
 */
export function paintCoverage(rssiDbm: Float32Array, sensitivityDbm: number, rgba: Uint8Array): void {
  const [low, high] = RAMP_RANGE.signal
  for (let i = 0; i < rssiDbm.length; i++) {
    const rssi = rssiDbm[i]
    if (!(rssi >= sensitivityDbm)) {
      rgba[4 * i + 3] = 0
      continue
    }
    sampleRamp(RAMPS.signal, (rssi - low) / (high - low), colour, 0)
    rgba[4 * i] = 255 * colour[0]
    rgba[4 * i + 1] = 255 * colour[1]
    rgba[4 * i + 2] = 255 * colour[2]
    rgba[4 * i + 3] = 176
  }
}

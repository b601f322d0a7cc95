import { RAMP_RANGE, RAMPS, sampleRamp } from '../../src/base/ramps.ts'

const share = (value: number, [low, high]: readonly [number, number]): number => (value - low) / (high - low)

/**
 * Paints every vertex of the drawn lines with the loading of its branch at one step. A step without a solution stays grey.
 *
 * Shapes  `branchOfVertex` [v], `loading` [m] of this step, `rgb` [v, 3] linear.
 * Writes  `rgb` in place.
 */
export function paintLoading(branchOfVertex: Uint32Array, loading: Float32Array, rgb: Float32Array): void {
  for (let v = 0; v < branchOfVertex.length; v++) {
    rgb[3 * v] = rgb[3 * v + 1] = rgb[3 * v + 2] = 0.18
    sampleRamp(RAMPS.loading, share(loading[branchOfVertex[v]], RAMP_RANGE.loading), rgb, 3 * v)
  }
}

/**
 * Paints every bus with its voltage at one step. A step without a solution stays grey.
 *
 * Shapes  `bus` [k] which buses are drawn, `vPu` [n] of this step, `rgb` [k, 3] linear.
 * Writes  `rgb` in place.
 */
export function paintVoltage(bus: Uint32Array, vPu: Float32Array, rgb: Float32Array): void {
  for (let i = 0; i < bus.length; i++) {
    rgb[3 * i] = rgb[3 * i + 1] = rgb[3 * i + 2] = 0.18
    sampleRamp(RAMPS.voltage, share(vPu[bus[i]], RAMP_RANGE.voltage), rgb, 3 * i)
  }
}

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

const colour = new Float32Array(3)

/**
 * Tints buildings with the voltage at their connection, the further from nominal the stronger. A building without a
 * connection, or in a step without a solution, keeps its own paint.
 *
 * Shapes   `building` [n] index of the building each bus serves or -1, `vPu` [n] of this step, `rgba` [buildings, 4] bytes.
 * Writes   `rgba` in place.
 */
export function tintByVoltage(building: Int32Array, vPu: Float32Array, rgba: Uint8Array): void {
  for (let i = 0; i < building.length; i++) {
    const b = building[i]
    const v = vPu[i]
    if (b < 0 || Number.isNaN(v)) continue
    sampleRamp(RAMPS.voltage, share(v, RAMP_RANGE.voltage), colour, 0)
    rgba[4 * b] = 255 * colour[0]
    rgba[4 * b + 1] = 255 * colour[1]
    rgba[4 * b + 2] = 255 * colour[2]
    rgba[4 * b + 3] = 255 * Math.min(0.2 + Math.abs(v - 1) * 14, 0.92)
  }
}

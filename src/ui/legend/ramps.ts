import { RAMPS, type RampId } from '../../base/ramps.ts'

const channel = (x: number): number => Math.round(255 * (x <= 0.0031308 ? 12.92 * x : 1.055 * x ** (1 / 2.4) - 0.055))

/** A ramp as the stops of a CSS gradient: the same numbers the scene paints with. */
export function cssStops(id: RampId): string {
  return RAMPS[id]
    .map(([at, r, g, b]) => `rgb(${channel(r)} ${channel(g)} ${channel(b)}) ${(at * 100).toFixed(1)}%`)
    .join(', ')
}

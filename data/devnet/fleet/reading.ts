import type { FleetReading } from '../fleetModel.ts'

const STEPS = [1, 10, 100, 1000] as const

/**
 * A reading rounded to the last digit its device shows.
 *
 * Units    the metric's; `scale` is the decimal exponent of that digit, 0 to -3
 */
export const reading = (metric: number, quantity: number, scale = 0): FleetReading => {
  const steps = STEPS[-scale]
  if (steps === undefined) throw new RangeError(`reading got scale ${scale}, expected 0 to -3.`)
  return { metric, value: Math.round(quantity * steps) / steps, scale }
}

/** What one device would answer at a moment. */
export type Readout = (timeMs: number) => readonly FleetReading[]

import { bullingtonLossDb, type Profile } from './diffraction.ts'
import type { HeightField } from './heightField.ts'

/**
 * Diffraction loss from the middle of a field to one of its cells, over every cell on the straight way there.
 * The plain form that the sweep must agree with, and what a single link is explained by.
 *
 * Units    m, dB
 * Cost     O(cells on the way)
 */
export function directPathDb(
  field: HeightField,
  col: number,
  row: number,
  txM: number,
  rxM: number,
  wavelengthM: number,
): number {
  const { cols, cellM, topM } = field
  const radius = (cols - 1) / 2
  const dc = col - radius
  const dr = row - radius
  const steps = Math.max(Math.abs(dc), Math.abs(dr))
  const lengthM = cellM * Math.sqrt(dc * dc + dr * dr)
  const distanceM = new Float64Array(steps)
  const heightM = new Float64Array(steps)
  for (let k = 1; k < steps; k++) {
    const c = radius + Math.round((dc * k) / steps)
    const r = radius + Math.round((dr * k) / steps)
    distanceM[k - 1] = (lengthM * k) / steps
    heightM[k - 1] = topM[r * cols + c]
  }
  // inside a building the way ends at its facade
  let count = Math.max(0, steps - 1)
  if (topM[row * cols + col] > 0) while (count > 0 && heightM[count - 1] > 0) count--
  const profile: Profile = { count, distanceM, heightM }
  return bullingtonLossDb(profile, txM, rxM, lengthM, wavelengthM)
}

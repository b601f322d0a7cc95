import { acos, asin, atan2 } from '../../../base/math/arc.ts'
import { cos, sin } from '../../../base/math/trig.ts'

const RAD = Math.PI / 180

/**
 * Latitude of the middle of a path along the great circle, in degrees.
 *
 * Source   ITU-R P.2001, attachment H, over an earth of 6371 km
 */
export function centreLatitudeDeg(
  txLatDeg: number,
  txLonDeg: number,
  rxLatDeg: number,
  rxLonDeg: number,
  pathKm: number,
): number {
  const [a, b] = [txLatDeg * RAD, rxLatDeg * RAD]
  const turn = (rxLonDeg - txLonDeg) * RAD
  const r = Math.min(1, sin(a) * sin(b) + cos(a) * cos(b) * cos(turn))
  const x = sin(b) - r * sin(a)
  const y = cos(a) * cos(b) * sin(turn)
  // both antennas in one place: there is no way, and its middle is where they are
  if (acos(r) === 0) return txLatDeg
  const bearing = atan2(y, x)
  const half = pathKm / 2 / 6371
  return asin(sin(a) * cos(half) + cos(a) * sin(half) * cos(bearing)) / RAD
}

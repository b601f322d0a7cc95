import { bullingtonOfNu } from './decibels.ts'
import { EFFECTIVE_EARTH_M } from './diffraction.ts'
import { type GroundClearance, groundClearance, groundNu } from './groundClearance.ts'
import type { HeightField } from './heightField.ts'

// Radial sweep with the upper hull of each ray's profile.
//
// Rays leave the transmitter's cell to every cell of the window's rim, one octant after the other. Along a ray the
// profile grows point by point, so what Bullington's construction needs of it is kept, not searched again:
//   Stim  the steepest slope from the transmitter: a running maximum
//   Srim  the tangent from the receiver: found on the upper hull of the points so far, nearest first
// A cell takes the value of the ray that passes nearest its centre. The earth's bulge is sheared out (h' = h - d^2 / 2R).
//
// Which points make the profile: the tops of built-up cells. Flat ground never blocks and enters the clearance test in
// closed form. A receiver inside a building stands behind its facade: the built-up cells between the facade and it do not
// hide it (the entry loss stands for them), and become obstacles as soon as the ray leaves them.
//
// Source   T. van Kreveld's and R2's sweeps for visibility; ITU-R P.526-15, 4.5.1 for the diffraction.

/** What a sweep leaves per cell: diffraction loss in dB, or for a sight test 0 clear and 1 hidden. */
export type SweepKind = 'bullington' | 'sight'

export interface Sweep {
  readonly kind: SweepKind
  readonly field: HeightField
  readonly radius: number // cells; the field is square with the transmitter in its middle
  readonly rays: number // per octant, the last one on its diagonal
  readonly rangeM: number
  readonly txM: number
  readonly rxM: number
  readonly wavelengthM: number
  readonly ground: GroundClearance
  readonly out: Float32Array // [rows, cols] dB or 0 | 1; NaN where no ray came
  readonly hullD: Float64Array
  readonly hullH: Float64Array
}

export function createSweep(
  kind: SweepKind,
  field: HeightField,
  txM: number,
  rxM: number,
  rangeM: number,
  wavelengthM: number,
): Sweep {
  const radius = (field.cols - 1) / 2
  const rays = Math.ceil(RAYS_PER_RIM_CELL * radius) + 1
  const out = new Float32Array(field.cols * field.rows).fill(NaN)
  out[radius * field.cols + radius] = 0
  return {
    kind,
    field,
    radius,
    rays,
    rangeM,
    txM,
    rxM,
    wavelengthM,
    ground: groundClearance(txM, rxM, rangeM + field.cellM, wavelengthM),
    out,
    hullD: new Float64Array(2 * radius + 2),
    hullH: new Float64Array(2 * radius + 2),
  }
}

export const OCTANTS = 8

/** Rays for each cell of the rim. One already owns every cell; more bring the ray nearer to the cell's own way. */
const RAYS_PER_RIM_CELL = 1.5

/**
 * Sweeps the rays `from` … `to` - 1 of one octant.
 *
 * Units    m, dB
 * Writes   sweep.out for the cells these rays own
 * Cost     O(radius) per ray, amortised
 */
export function sweepRays(sweep: Sweep, octant: number, from: number, to: number): void {
  const { field, radius, rays, txM, rxM, wavelengthM, ground, out, hullD, hullH } = sweep
  const { cols, cellM, topM } = field
  const sight = sweep.kind === 'sight'
  const bulge = 1 / (2 * EFFECTIVE_EARTH_M)
  const overLambda = 2 / wavelengthM
  const signMajor = octant & 1 ? -1 : 1
  const signMinor = octant & 2 ? -1 : 1
  const major = octant & 4 ? signMajor * cols : signMajor
  const minor = octant & 4 ? signMinor : signMinor * cols
  const centre = radius * cols + radius

  for (let j = from; j < to; j++) {
    const slope = j / (rays - 1)
    const step = cellM * Math.sqrt(1 + slope * slope)
    const reach = Math.min(radius, Math.floor(sweep.rangeM / step))
    let top = 0 // points on the hull
    let steepest = -Infinity // Stim
    let waiting = 0 // first built-up cell not yet an obstacle, 0 for none
    for (let k = 1; k <= reach; k++) {
      const m = (slope * k + 0.5) | 0
      const cell = centre + k * major + m * minor
      const h = topM[cell]
      const d = k * step
      if (h === 0 && waiting > 0) {
        // out of the building: its cells become obstacles, each stretch of equal height by its two ends
        let at = waiting
        while (at < k) {
          const height = topM[centre + at * major + ((slope * at + 0.5) | 0) * minor]
          let end = at
          while (end + 1 < k && topM[centre + (end + 1) * major + ((slope * (end + 1) + 0.5) | 0) * minor] === height)
            end++
          for (let side = 0; side < (end > at ? 2 : 1); side++) {
            const pd = (side === 0 ? at : end) * step
            const ph = height - pd * pd * bulge
            const s = (ph - txM) / pd
            if (s > steepest) steepest = s
            while (top > 1) {
              const ax = hullD[top - 2]
              const ay = hullH[top - 2]
              if ((hullH[top - 1] - ay) * (pd - ax) > (ph - ay) * (hullD[top - 1] - ax)) break
              top--
            }
            hullD[top] = pd
            hullH[top++] = ph
          }
          at = end + 1
        }
        waiting = 0
      } else if (h > 0 && waiting === 0) waiting = k

      // does this ray pass nearest the cell's centre?
      const off = m * (rays - 1) - j * k
      if (2 * (off < 0 ? -off : off) > k) continue

      const rx = rxM - d * d * bulge
      const line = (rx - txM) / d
      const hidden = steepest >= line
      if (sight) {
        out[cell] = hidden ? 1 : 0
        continue
      }
      let nu: number
      if (hidden) {
        let i = top - 1
        let back = (hullH[i] - rx) / (d - hullD[i])
        while (i > 0) {
          const s = (hullH[i - 1] - rx) / (d - hullD[i - 1])
          if (s <= back) break
          back = s
          i--
        }
        const meet = (rx - txM + back * d) / (steepest + back)
        nu = (steepest - line) * meet * Math.sqrt((overLambda * d) / (meet * (d - meet)))
      } else {
        nu = groundNu(ground, d)
        for (let i = top - 1; i >= 0; i--) {
          const x = hullD[i]
          const over = hullH[i] - txM - line * x
          const v = over * Math.sqrt((overLambda * d) / (x * (d - x)))
          if (v > nu) nu = v
        }
      }
      out[cell] = bullingtonOfNu(nu, d)
    }
  }
}

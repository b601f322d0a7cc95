import { pow } from '../../base/math/pow.ts'

/**
 * How far a wanted packet must stand over interference in dB; rows wanted, columns interfering, spreading factors 7 … 12.
 *
 * Source   C. Goursaud, J.-M. Gorce, EAI Endorsed Trans. IoT 1(1), 2015, as an isolation matrix in ns-3 lorawan,
 *          model/lora-interference-helper.cc
 */
const ISOLATION_DB: readonly (readonly number[])[] = [
  [6, -16, -18, -19, -19, -20],
  [-24, 6, -20, -22, -22, -22],
  [-27, -27, 6, -23, -25, -25],
  [-30, -30, -30, 6, -26, -28],
  [-33, -33, -33, -33, 6, -29],
  [-36, -36, -36, -36, -36, 6],
]

/** How packets on the air harm each other. */
export type CollisionRule = 'capture' | 'aloha'

/** Number of spreading factors, 7 … 12. */
export const FACTORS = 6

/**
 * Ratio of energies a packet needs over each spreading factor's interference, [wanted, interfering].
 * Under ALOHA any overlap of the same factor destroys, and the others do no harm.
 */
export function isolationOf(rule: CollisionRule): Float64Array {
  const need = new Float64Array(FACTORS * FACTORS)
  for (let wanted = 0; wanted < FACTORS; wanted++) {
    for (let other = 0; other < FACTORS; other++) {
      const captured = pow(10, ISOLATION_DB[wanted][other] / 10)
      need[wanted * FACTORS + other] = rule === 'capture' ? captured : wanted === other ? Infinity : 0
    }
  }
  return need
}

/**
 * Whether a packet survives: over every spreading factor, its energy stands over the energy of the overlaps summed within
 * that factor. Interference of different factors does not add up.
 *
 * Shapes   energy [from, from + FACTORS): interfering energy by factor
 */
export function survives(
  need: Float64Array,
  factor: number,
  signalEnergy: number,
  energy: Float64Array,
  from: number,
): boolean {
  for (let other = 0; other < FACTORS; other++) {
    const harm = energy[from + other]
    if (harm > 0 && !(signalEnergy >= need[factor * FACTORS + other] * harm)) return false
  }
  return true
}

import { add, type Complex, complex, conjugate, inverse, scaled, squaredSize, times } from './complex.ts'
import type { BranchAdmittance, PiBranch } from './network.ts'

const ZERO = complex(0)

/** What a branch with one open end still draws at the other: half its shunt, and the far half through the series arm. */
function hangingShunt({ series, shunt }: PiBranch): Complex {
  if (squaredSize(shunt) === 0) return ZERO
  const half = scaled(shunt, 0.5)
  return add(half, inverse(add(inverse(series), inverse(half))))
}

/**
 * Currents into a branch from its end voltages: I(from) = ff V(from) + ft V(to), I(to) = tf V(from) + tt V(to).
 *
 * Units    per unit
 * Source   the π model with off-nominal ratio, e.g. MATPOWER User's Manual 3.2; open ends by elimination
 */
export function admittanceOf(branch: PiBranch): BranchAdmittance {
  const { fromClosed, toClosed, series, shunt, ratio } = branch
  const perTap = 1 / squaredSize(ratio)
  if (!fromClosed || !toClosed) {
    const y = fromClosed || toClosed ? hangingShunt(branch) : ZERO
    return { ff: fromClosed ? scaled(y, perTap) : ZERO, ft: ZERO, tf: ZERO, tt: toClosed ? y : ZERO }
  }
  const tt = add(series, scaled(shunt, 0.5))
  return {
    ff: scaled(tt, perTap),
    ft: scaled(times(series, inverse(conjugate(ratio))), -1),
    tf: scaled(times(series, inverse(ratio)), -1),
    tt,
  }
}

import { exp } from '../../base/math/exp.ts'
import { normalQuantile } from '../../base/math/normal.ts'

/**
 * How the logarithm of a driver moves from month to month about its level.
 * ou: returns to the level · gbm: does not · bootstrap: repeats blocks of months that were seen, without their trend
 */
export type PathModel =
  | { readonly kind: 'ou'; readonly volatilityPerYear: number; readonly reversionPerYear: number }
  | { readonly kind: 'gbm'; readonly volatilityPerYear: number; readonly driftPerYear: number }
  | { readonly kind: 'bootstrap'; readonly logReturns: readonly number[]; readonly blockMonths: number }

/** One path as it is walked. */
export interface PathWalker {
  /** The logarithm against the level after one more month. `normal` is its shock, `word` its number of chance. */
  step(normal: number, word: number): number
  reset(): void
}

const DT = 1 / 12

function ornsteinUhlenbeck(volatility: number, kappa: number): PathWalker {
  const keep = exp(-kappa * DT)
  const kick = volatility * Math.sqrt(kappa > 0 ? (1 - keep * keep) / (2 * kappa) : DT)
  let x = 0
  return {
    step: (normal) => {
      x = keep * x + kick * normal
      return x
    },
    reset: () => {
      x = 0
    },
  }
}

/** Geometric Brownian motion whose mean grows by the drift: the logarithm gives up half the variance. */
function geometricBrownian(volatility: number, drift: number): PathWalker {
  const trend = (drift - 0.5 * volatility * volatility) * DT
  const kick = volatility * Math.sqrt(DT)
  let x = 0
  return {
    step: (normal) => {
      x += trend + kick * normal
      return x
    },
    reset: () => {
      x = 0
    },
  }
}

function blockBootstrap(logReturns: readonly number[], blockMonths: number): PathWalker {
  const n = logReturns.length
  const mean = logReturns.reduce((a, b) => a + b, 0) / Math.max(1, n)
  let [x, at, left] = [0, 0, 0]
  return {
    step: (_, word) => {
      if (n === 0) return 0
      if (left === 0) {
        at = Math.floor((word / 4294967296) * n)
        left = blockMonths
      }
      x += logReturns[at] - mean
      at = (at + 1) % n
      left--
      return x
    },
    reset: () => {
      x = 0
      left = 0
    },
  }
}

export function pathWalker(model: PathModel): PathWalker {
  if (model.kind === 'ou') return ornsteinUhlenbeck(model.volatilityPerYear, model.reversionPerYear)
  if (model.kind === 'gbm') return geometricBrownian(model.volatilityPerYear, model.driftPerYear)
  return blockBootstrap(model.logReturns, model.blockMonths)
}

/** Standard normal number of a 32-bit word. */
export const normalOf = (word: number): number => normalQuantile((word + 0.5) / 4294967296)

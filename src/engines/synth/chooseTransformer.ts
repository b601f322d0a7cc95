import { RULES, STATION_TRANSFORMERS, SUBSTATION_TRANSFORMERS, type TransformerType } from './facts.ts'

export interface TransformerBank {
  readonly type: TransformerType
  readonly count: number
}

/** The smallest bank that carries a planned power; beyond the largest type, as many of it as it takes. */
function choose(types: readonly TransformerType[], va: number, loading: number): TransformerBank {
  for (const type of types) if (type.ratedVa * loading >= va) return { type, count: 1 }
  const type = types[types.length - 1]
  return { type, count: Math.ceil(va / (type.ratedVa * loading)) }
}

export const stationBank = (va: number): TransformerBank =>
  choose(STATION_TRANSFORMERS, va, RULES.transformerLoading.value)

/** A substation has at least two transformers: one may fail. */
export function substationBank(va: number): TransformerBank {
  const half = choose(SUBSTATION_TRANSFORMERS, va / 2, RULES.substationLoading.value)
  if (half.count === 1) return { type: half.type, count: 2 }
  return choose([half.type], va, RULES.substationLoading.value)
}

export const bankName = ({ type, count }: TransformerBank): string =>
  count > 1 ? `${count} × ${type.name}` : type.name

/** Series resistance and reactance per unit of the bank's own rating. */
export function bankImpedance({ type }: TransformerBank): { r: number; x: number } {
  const { shortCircuitPu: uk, copperLossPu: r } = type
  return { r, x: Math.sqrt(uk * uk - r * r) }
}

/**
 * The off-load tap, in per unit of the high side, that brings the low-voltage board at planned load nearest to its target.
 *
 * Units    `mediumPu` planned voltage at the station; `dropPu` planned drop across the transformer
 */
export function chooseTap(mediumPu: number, dropPu: number): number {
  let best = 0
  let miss = Infinity
  for (let step = -2; step <= 2; step++) {
    const tap = step * RULES.tapStepPu.value
    const off = Math.abs(mediumPu / (1 + tap) - dropPu - RULES.lowTargetPu.value)
    if (off < miss - 1e-12) {
      miss = off
      best = tap
    }
  }
  return best
}

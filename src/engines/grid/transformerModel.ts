import { cos, sin } from '../../base/math/trig.ts'
import type { CaseThreeWinding, CaseTransformer, TapChanger } from '../../model/gridCase.ts'
import { type Complex, complex, inverse, scaled } from './complex.ts'
import { BASE_VA } from './network.ts'

/** A two-winding transformer reduced to its circuit, per unit of the "to" node. */
export interface TransformerCircuit {
  readonly series: Complex
  readonly shunt: Complex
  readonly ratio: Complex
}

interface Windings {
  readonly fromV: number // tap included
  readonly toV: number
  readonly ratedVa: number
  readonly shortCircuitPu: number // may be negative for an arm of a three-winding transformer
  readonly copperLossW: number
  readonly noLoadPu: number
  readonly ironLossW: number
  readonly clock: number
  readonly fromNodeV: number
  readonly toNodeV: number
}

/** How many volts the tap changer adds to its winding. */
const tapVolts = ({ position, min, max, nominal, stepV }: TapChanger): number =>
  (max > min ? 1 : -1) * (position - nominal) * stepV

/** A quantity given at the nominal and the two end positions, by straight lines between them. */
function atTap(tap: TapChanger, [nominal, atMin, atMax]: readonly [number, number, number]): number {
  const { position, min, max, nominal: at } = tap
  const towardMax = max > min ? position > at : position < at
  const end = towardMax ? max : min
  return position === at || end === at
    ? nominal
    : nominal + ((position - at) / (end - at)) * ((towardMax ? atMax : atMin) - nominal)
}

/**
 *   |z| = uk U² / S,  Re z = Pk U² / S²,  |y| = i0 S / U²,  Re y = P0 / U²      U: rated voltage of the "to" winding
 *
 * Source   Oeding & Oswald, Elektrische Kraftwerke und Netze, 8th ed., ch. 8; sign convention of power-grid-model
 */
function circuitOf(w: Windings): TransformerCircuit {
  const u2 = w.toV * w.toV
  const zBase = (w.toNodeV * w.toNodeV) / BASE_VA
  const size = (Math.abs(w.shortCircuitPu) * u2) / w.ratedVa
  const r = (w.copperLossW * u2) / w.ratedVa / w.ratedVa
  const x = Math.sqrt(Math.max(0, size * size - r * r)) * (w.shortCircuitPu < 0 ? -1 : 1)
  const g = w.ironLossW / u2
  const y = (w.noLoadPu * w.ratedVa) / u2
  const shunt = scaled(complex(g, -Math.sqrt(Math.max(0, y * y - g * g))), zBase)
  const k = w.fromV / w.toV / (w.fromNodeV / w.toNodeV)
  const shiftRad = (w.clock * Math.PI) / 6
  return {
    series: scaled(inverse(complex(r, x)), zBase),
    shunt,
    ratio: complex(k * cos(shiftRad), k * sin(shiftRad)),
  }
}

export function transformerCircuit(t: CaseTransformer, fromNodeV: number, toNodeV: number): TransformerCircuit {
  const volts = tapVolts(t.tap)
  return circuitOf({
    fromV: t.fromV + (t.tapSide === 'from' ? volts : 0),
    toV: t.toV + (t.tapSide === 'to' ? volts : 0),
    ratedVa: t.ratedVa,
    shortCircuitPu: atTap(t.tap, t.shortCircuitPu),
    copperLossW: atTap(t.tap, t.copperLossW),
    noLoadPu: t.noLoadPu,
    ironLossW: t.ironLossW,
    clock: t.clock,
    fromNodeV,
    toNodeV,
  })
}

/** Pair values 1-2, 1-3, 2-3 to the arms of the star 1, 2, 3. */
const starOf = ([a12, a13, a23]: readonly [number, number, number]) =>
  [(a12 + a13 - a23) / 2, (a12 + a23 - a13) / 2, (a13 + a23 - a12) / 2] as const

/**
 * A three-winding transformer as a star of three: each from its node to a hidden point at the voltage of side 1,
 * which carries the whole no-load current in its first arm.
 *
 * Source   as above; reference of the pair values as in power-grid-model (the smaller of the two ratings)
 */
export function threeWindingArms(
  t: CaseThreeWinding,
  nodeV: readonly [number, number, number],
): readonly TransformerCircuit[] {
  const [s1, s2, s3] = t.ratedVa
  const smaller = [Math.min(s1, s2), Math.min(s1, s3), Math.min(s2, s3)]
  const volts = tapVolts(t.tap)
  const windingV = t.windingV.map((u, side) => u + (t.tapSide === side ? volts : 0))
  const arms = (values: CaseThreeWinding['shortCircuitPu'], power: 1 | 2) => {
    const pair = (k: 0 | 1 | 2): number => {
      const share = s1 / smaller[k]
      return atTap(t.tap, values[k]) * (power === 1 ? share : share * share)
    }
    return starOf([pair(0), pair(1), pair(2)])
  }
  const uk = arms(t.shortCircuitPu, 1)
  const pk = arms(t.copperLossW, 2)
  return [0, -t.clock12, -t.clock13].map((clock, side) => {
    const k = t.ratedVa[side] / s1
    return circuitOf({
      fromV: windingV[side],
      toV: windingV[0],
      ratedVa: t.ratedVa[side],
      shortCircuitPu: uk[side] * k,
      copperLossW: pk[side] * k * k,
      noLoadPu: side === 0 ? t.noLoadPu : 0,
      ironLossW: side === 0 ? t.ironLossW : 0,
      clock,
      fromNodeV: nodeV[side],
      toNodeV: nodeV[0],
    })
  })
}

import { TwinError } from '../../base/errors.ts'
import type { CaseTransformer } from '../../model/gridCase.ts'
import { admittanceOf } from './branchAdmittance.ts'
import { add, type Complex, complex, conjugate, inverse, scaled } from './complex.ts'
import { type ComplexMatrix, createMatrix } from './complexMatrix.ts'
import { BASE_VA, type BranchAdmittance } from './network.ts'
import { phaseMatrix } from './sequences.ts'
import { transformerCircuit } from './transformerModel.ts'

/** Share of the rating that ties the zero sequence of an isolated winding to earth, so that it has a potential. */
const LEAK = 1e-6
const ZERO = complex(0)
/** Zero-sequence impedance of a zigzag winding by the short-circuit impedance. Source: power-grid-model, "Transformer". */
const ZIGZAG = 0.1

/**
 * Admittances of a two-winding transformer between its six terminals, "from" phases first.
 *
 * Positive and negative sequence are the balanced circuit with the clock turned forth and back. The zero sequence
 * passes only where both star points are earthed; an earthed star facing a ring sees it as an impedance to earth.
 *
 * Units    per unit of the nodes
 * Source   Oeding & Oswald, ch. 8.5 (zero-sequence circuits by vector group)
 */
export function nameplateMatrix(t: CaseTransformer, fromNodeV: number, toNodeV: number): ComplexMatrix {
  const { zero } = t
  if (!zero)
    throw new TwinError('GRID_INVALID', `transformer ${t.id}: its windings are missing, expected for three phases.`, {
      id: String(t.id),
      field: 'windings',
    })
  const circuit = transformerCircuit(t, fromNodeV, toNodeV)
  const both = { from: 0, to: 1, fromClosed: true, toClosed: true }
  const positive = admittanceOf({ ...both, ...circuit })
  const negative = admittanceOf({ ...both, ...circuit, ratio: conjugate(circuit.ratio) })
  const zeroSequence = zeroAdmittance(t, fromNodeV, toNodeV)
  const y = createMatrix(6)
  const put = (row: number, column: number, key: keyof BranchAdmittance) => {
    const block = phaseMatrix([zeroSequence[key], positive[key], negative[key]])
    for (let i = 0; i < 3; i++)
      for (let j = 0; j < 3; j++) {
        y.re[(row + i) * 6 + column + j] = block.re[i * 3 + j]
        y.im[(row + i) * 6 + column + j] = block.im[i * 3 + j]
      }
  }
  put(0, 0, 'ff')
  put(0, 3, 'ft')
  put(3, 0, 'tf')
  put(3, 3, 'tt')
  return y
}

function zeroAdmittance(t: CaseTransformer, fromNodeV: number, toNodeV: number): BranchAdmittance {
  const zero = t.zero as NonNullable<CaseTransformer['zero']>
  const { series, shunt, ratio } = transformerCircuit(
    { ...t, noLoadPu: zero.noLoadPu, ironLossW: zero.ironLossW },
    fromNodeV,
    toNodeV,
  )
  const k2 = ratio.re * ratio.re + ratio.im * ratio.im
  const z = inverse(series)
  const earth = ([r, x]: readonly [number, number], nodeV: number): Complex =>
    scaled(complex(r, x), (3 * BASE_VA) / (nodeV * nodeV))
  const atFrom = scaled(earth(zero.fromEarthOhm, fromNodeV), 1 / k2) // referred to the "to" side
  const atTo = earth(zero.toEarthOhm, toNodeV)
  const { fromWinding, toWinding } = zero
  if (fromWinding === 'wye-earthed' && toWinding === 'wye-earthed') {
    const turned = t.clock % 4 === 2 // the coils of one side are wound the other way
    const k = Math.sqrt(k2) * (turned ? -1 : 1)
    const both = { from: 0, to: 1, fromClosed: true, toClosed: true }
    return admittanceOf({ ...both, series: inverse(add(z, add(atFrom, atTo))), shunt, ratio: complex(k) })
  }
  const leak = complex(0, (-LEAK * t.ratedVa) / BASE_VA)
  const seen = (own: typeof fromWinding, other: typeof fromWinding, earthing: Complex): Complex => {
    if (own === 'zigzag-earthed') return add(inverse(add(scaled(z, ZIGZAG), earthing)), shunt)
    if (own === 'wye-earthed' && other === 'delta') return add(inverse(add(z, earthing)), shunt)
    return leak
  }
  return {
    ff: scaled(seen(fromWinding, toWinding, atFrom), 1 / k2),
    ft: ZERO,
    tf: ZERO,
    tt: seen(toWinding, fromWinding, atTo),
  }
}

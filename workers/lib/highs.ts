import loadHighs from 'highs'
import { TwinError } from '../../src/base/errors.ts'
import type { MipAnswer, MipSolver } from '../../src/engines/placement/mip.ts'

/** Model states in which HiGHS has an answer. */
const OPTIMAL = 7
const STOPPED = [13, 14, 16, 17]

/**
 * Loads HiGHS, a branch-and-cut solver compiled to WebAssembly. One thread, and limits in search nodes rather than
 * seconds, so that the same problem gives the same answer anywhere.
 *
 * Throws   SITES_INVALID from the solver when a problem has no solution at all
 * Source   Q. Huangfu, J. Hall, Parallelizing the dual revised simplex method, Math. Prog. Comp. 10, 2018; npm highs
 */
export async function loadMipSolver(): Promise<MipSolver> {
  const highs = await loadHighs()
  return (problem): MipAnswer => {
    const { cost, wholes, rowStart, rowVariable, rowValue, rowLower, rowUpper, maximise, maxNodes } = problem
    const { objectiveSense, variableType } = highs.constants
    const columns = cost.length
    return highs.withModel(
      {
        numCols: columns,
        numRows: rowLower.length,
        sense: maximise ? objectiveSense.maximize : objectiveSense.minimize,
        colCost: cost,
        colLower: new Float64Array(columns),
        colUpper: new Float64Array(columns).fill(1),
        rowLower,
        rowUpper,
        matrix: {
          format: 'csr',
          numRows: rowLower.length,
          numCols: columns,
          starts: rowStart,
          indices: rowVariable,
          values: rowValue,
        },
        integrality: Int32Array.from({ length: columns }, (_, v) =>
          v < wholes ? variableType.integer : variableType.continuous,
        ),
      },
      (model) => {
        // a gap of 0: stopping at "nearly the best" would prove nothing
        model.options.set({ output_flag: false, mip_rel_gap: 0, mip_abs_gap: 1e-6, mip_max_nodes: maxNodes })
        const { modelStatus } = model.run()
        if (modelStatus === OPTIMAL) {
          const value = model.getObjectiveValue()
          return { x: Float64Array.from(model.getSolution().colValue), bound: value, optimal: true }
        }
        if (!STOPPED.includes(modelStatus)) {
          throw new TwinError(
            'SITES_INVALID',
            `The solver ended with state ${modelStatus}: the problem has no solution.`,
          )
        }
        const bound = Number(model.info.get('mip_dual_bound'))
        const primal = model.getSolution().colValue
        return { x: primal.length === columns ? Float64Array.from(primal) : null, bound, optimal: false }
      },
    )
  }
}

import { existsSync, readFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { bench, describe } from 'vitest'
import { createRandom } from '../../src/base/random.ts'
import { finish } from '../../src/base/steps.ts'
import { buildPhases } from '../../src/engines/grid/buildPhases.ts'
import { createPhaseProblem, solvePhaseFlow, startPhaseFlow } from '../../src/engines/grid/phaseFlow.ts'
import { runPhaseSeries } from '../../src/engines/grid/phaseSeries.ts'
import { createFlowState, solveRadialFlow } from '../../src/engines/grid/radialFlow.ts'
import openDss from '../../src/formats/grids/openDss/index.ts'
import { emptyPhaseCase, type PhaseCase } from '../../src/model/phaseCase.ts'
import { aPhaseLine, aPhaseSource } from '../support/phaseCases.ts'
import { aRadialNet } from '../support/radialNets.ts'
import { referencePath } from '../support/reference.ts'

/**
 * Power flow of one scenario of a radial net of 1,001 buses at tolerance 1e-8, from its loads to voltage magnitudes and
 * currents. Mean time of a row is the time of a scenario. Limits stand in the names: those of the engine's issue, and
 * beside them what power-grid-model 1.10 takes for the same by iterative current on a machine of this kind.
 */
const BUSES = 1001
const SCENARIOS = 50
const options = { time: 1500, warmupTime: 300 }
const net = aRadialNet(BUSES, 'bench')
const random = createRandom('scenarios')
const scale = Array.from({ length: SCENARIOS }, () => 0.5 + random.next())
let sink = 0 // what is computed is used

describe(`balanced, one scenario, ${BUSES} buses; limit 28 µs, without SIMD 110 µs, power-grid-model 430 µs`, () => {
  const state = createFlowState(BUSES)
  const loads = scale.map((k) => ({ pPu: net.load.pPu.map((p) => p * k), qPu: net.load.qPu.map((q) => q * k) }))
  let at = 0
  bench(
    'radial sweep, scalar',
    () => {
      solveRadialFlow(net, loads[at++ % SCENARIOS]!, state)
      const { vRe, vIm, iRe, iIm } = state
      for (let i = 0; i < BUSES; i++)
        sink += Math.sqrt(vRe[i]! * vRe[i]! + vIm[i]! * vIm[i]!) + Math.sqrt(iRe[i]! * iRe[i]! + iIm[i]! * iIm[i]!)
    },
    options,
  )
})

/** The same tree at 10 kV with three coupled phases and a load in each of them, unequal. */
function threePhases(): PhaseCase {
  const ratedV = 10_000
  const ohm = (ratedV * ratedV) / 1e6
  return {
    ...emptyPhaseCase('bench'),
    buses: Array.from({ length: BUSES }, (_, id) => ({ id, ratedV })),
    lines: Array.from({ length: BUSES - 1 }, (_, k) => {
      const [r, x] = [net.rPu[k + 1]! * ohm, net.xPu[k + 1]! * ohm]
      return aPhaseLine(`${k + 1}`, [net.parent[k + 1]!, k + 1], [1, 2, 3], [1.3 * r, 1.6 * x, 0.3 * r, 0.6 * x])
    }),
    loads: Array.from({ length: BUSES - 1 }, (_, k) => ({
      ...{
        id: k + 1,
        bus: k + 1,
        closed: true,
        sign: 1,
        ratedV: ratedV / Math.sqrt(3),
        minPu: 0,
        maxPu: Infinity,
        profile: null,
      },
      parts: [1, 2, 3].map((from) => ({
        ...{ from, to: 0, pW: (net.load.pPu[k + 1]! * 1e6 * (0.8 + 0.1 * from)) / 3 },
        qVar: (net.load.qPu[k + 1]! * 1e6) / 3,
      })),
      pShares: [0, 0, 1],
      qShares: [0, 0, 1],
    })),
    sources: [{ ...aPhaseSource(0, ratedV), vPu: 1, positiveOhm: [0, 0], zeroOhm: [0, 0] }],
  }
}

describe(`three phases, one scenario, ${BUSES} buses; limit 105 µs, power-grid-model 1,650 µs`, () => {
  const problem = createPhaseProblem(buildPhases(threePhases()))
  const { count } = problem.network.loads
  const factors = scale.map((k) => new Float64Array(count).fill(k))
  let at = 0
  bench(
    'iterative current on the sparse LU, any topology',
    () => {
      startPhaseFlow(problem)
      solvePhaseFlow(problem, factors[at++ % SCENARIOS]!)
      if (!problem.report.converged) throw new Error('A scenario did not converge.')
      const { vRe, vIm } = problem
      for (let i = 0; i < vRe.length; i++) sink += Math.sqrt(vRe[i]! * vRe[i]! + vIm[i]! * vIm[i]!)
    },
    options,
  )
})

const master = referencePath('grid', 'dss', 'LVTestCase', 'Master.dss')

describe.skipIf(!master)('European LV feeder, 906 buses, a day of 1,440 minutes; limit 60 ms', () => {
  const lookup = (path: string) => {
    const full = join(dirname(master!), path)
    return existsSync(full) ? readFileSync(full) : null
  }
  const grid = master ? openDss.read(readFileSync(master), undefined, lookup).phaseCases![0]! : emptyPhaseCase('absent')
  bench(
    'all nodes, residual of each minute checked',
    () => {
      sink += finish(runPhaseSeries(grid)).vPu[0]!
    },
    { iterations: 5, time: 0, warmupIterations: 1, warmupTime: 0 },
  )
})

if (Number.isNaN(sink)) throw new Error('The benchmark computed nothing.')

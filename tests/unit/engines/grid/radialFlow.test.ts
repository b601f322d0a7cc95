import { describe, expect, test } from 'vitest'
import { createRandom } from '../../../../src/base/random.ts'
import { createFlowState, type RadialNet, solveRadialFlow } from '../../../../src/engines/grid/radialFlow.ts'
import { createLaneState, solveRadialLanes } from '../../../../src/engines/grid/radialLanes.ts'
import { aRadialNet } from '../../../support/radialNets.ts'

/** Source, one line, one load: the only feeder whose voltage has a closed form. */
const twoBus = (rPu: number, xPu: number): RadialNet => ({
  parent: Int32Array.of(-1, 0),
  rPu: Float64Array.of(0, rPu),
  xPu: Float64Array.of(0, xPu),
  gPu: new Float64Array(2),
  bPu: new Float64Array(2),
})
const loadOf = (p: number, q: number) => ({ pPu: Float64Array.of(0, p), qPu: Float64Array.of(0, q) })

/** V^4 + V^2 (2(pr + qx) - V0^2) + (p^2 + q^2)(r^2 + x^2) = 0, upper root. */
function closedForm(r: number, x: number, p: number, q: number, v0 = 1): number {
  const b = 2 * (p * r + q * x) - v0 * v0
  return Math.sqrt((-b + Math.sqrt(b * b - 4 * (p * p + q * q) * (r * r + x * x))) / 2)
}

describe('solveRadialFlow', () => {
  test.each([
    [0.02, 0.04, 0.8, 0.6, 1],
    [0.05, 0.01, 1.5, -0.4, 1.03],
    [0.1, 0.1, -0.6, 0.2, 0.97],
  ])('default: two buses meet the closed form (r %d, x %d, p %d, q %d from %d pu)', (r, x, p, q, sourcePu) => {
    const state = createFlowState(2)
    solveRadialFlow(twoBus(r, x), loadOf(p, q), state, { sourcePu, tolerance: 1e-13 })
    expect(state.report.converged).toBe(true)
    expect(Math.abs(Math.hypot(state.vRe[1]!, state.vIm[1]!) - closedForm(r, x, p, q, sourcePu))).toBeLessThan(1e-12)
  })

  test('behavior: a shunt draws y |V|²', () => {
    const net = { ...twoBus(0.02, 0.04), gPu: Float64Array.of(0, 0.3), bPu: Float64Array.of(0, -0.1) }
    const state = createFlowState(2)
    solveRadialFlow(net, loadOf(0, 0), state, { tolerance: 1e-13 })
    // a voltage divider: V = 1 / (1 + z y)
    const [re, im] = [1 + 0.02 * 0.3 + 0.04 * 0.1, 0.04 * 0.3 - 0.02 * 0.1]
    expect(Math.hypot(state.vRe[1]!, state.vIm[1]!)).toBeCloseTo(1 / Math.hypot(re, im), 12)
  })

  test('behavior: no load leaves every bus at the source voltage', () => {
    const state = createFlowState(2)
    solveRadialFlow(twoBus(0.1, 0.1), loadOf(0, 0), state, { sourcePu: 1.02 })
    expect([...state.vRe]).toEqual([1.02, 1.02])
    expect(state.report).toEqual({ converged: true, iterations: 1, mismatchPu: 0, worstBus: 0 })
  })

  test.each([11, 12, 13])('behavior: seed %i: what the source gives is what loads and losses take, to 1e-9', (seed) => {
    const net = aRadialNet(1000, seed)
    const n = net.parent.length
    const s = createFlowState(n)
    solveRadialFlow(net, net.load, s, { tolerance: 1e-13 })
    let taken = 0
    for (let i = 0; i < n; i++) {
      taken += net.load.pPu[i]! + net.gPu[i]! * (s.vRe[i]! ** 2 + s.vIm[i]! ** 2)
      if (i) taken += net.rPu[i]! * (s.iRe[i]! ** 2 + s.iIm[i]! ** 2)
    }
    expect(Math.abs(s.vRe[0]! * s.iRe[0]! - taken)).toBeLessThan(1e-9)
    expect(Math.min(...s.vRe)).toBeLessThan(0.99)
  })

  test('behavior: more load never raises a voltage on a purely resistive feeder', () => {
    const net = { ...aRadialNet(200, 5), bPu: new Float64Array(200) }
    const [light, heavy] = [1, 1.2].map((k) => {
      const state = createFlowState(200)
      solveRadialFlow(net, { pPu: net.load.pPu.map((p) => p * k), qPu: new Float64Array(200) }, state)
      return state
    })
    for (let i = 1; i < 200; i++) {
      expect(Math.hypot(heavy!.vRe[i]!, heavy!.vIm[i]!)).toBeLessThanOrEqual(
        Math.hypot(light!.vRe[i]!, light!.vIm[i]!) + 1e-9,
      )
    }
  })

  test('behavior: the same input gives the same bytes, whatever the state held before', () => {
    const net = aRadialNet(300, 'bytes')
    const [fresh, used] = [createFlowState(300), createFlowState(300)]
    for (const column of [used.vRe, used.vIm, used.iRe, used.iIm]) column.fill(7)
    solveRadialFlow(net, net.load, fresh)
    solveRadialFlow(net, net.load, used)
    expect(used).toEqual(fresh)
  })

  test('args: tolerance buys sweeps', () => {
    const sweeps = (tolerance: number) => {
      const state = createFlowState(2)
      solveRadialFlow(twoBus(0.02, 0.04), loadOf(0.8, 0.6), state, { tolerance })
      return state.report.iterations
    }
    expect(sweeps(1e-3)).toBeLessThan(sweeps(1e-12))
  })

  test('behavior: past the nose of the curve it says so, and where', () => {
    const net: RadialNet = {
      parent: Int32Array.of(-1, 0, 0),
      rPu: Float64Array.of(0, 0.001, 0.1),
      xPu: Float64Array.of(0, 0.001, 0.1),
      gPu: new Float64Array(3),
      bPu: new Float64Array(3),
    }
    const state = createFlowState(3)
    solveRadialFlow(net, { pPu: Float64Array.of(0, 1, 9), qPu: Float64Array.of(0, 1, 9) }, state)
    expect(state.report).toMatchObject({ converged: false, worstBus: 2 })
    expect(state.report.mismatchPu).not.toBeLessThan(1e-3)
  })

  test('behavior: a load that is not a number is never called converged', () => {
    const net = aRadialNet(50, 3)
    const pPu = net.load.pPu.slice()
    pPu[49] = NaN
    const state = createFlowState(50)
    solveRadialFlow(net, { pPu, qPu: net.load.qPu }, state)
    expect(state.report).toMatchObject({ converged: false, mismatchPu: NaN })
  })
})

describe('solveRadialLanes', () => {
  test.each([1, 4, 8])('default: %i lanes agree with one after the other', (lanes) => {
    const net = aRadialNet(400, 'lanes')
    const random = createRandom('scale')
    const scale = Array.from({ length: lanes }, () => 0.4 + 1.2 * random.next())
    const spread = (column: Float64Array) =>
      Float64Array.from({ length: 400 * lanes }, (_, o) => column[Math.floor(o / lanes)]! * scale[o % lanes]!)
    const state = createLaneState(400, lanes)
    solveRadialLanes(net, { pPu: spread(net.load.pPu), qPu: spread(net.load.qPu) }, state, { sourcePu: 1.01 })

    const one = createFlowState(400)
    let worst = 0
    scale.forEach((k, l) => {
      const load = { pPu: net.load.pPu.map((p) => p * k), qPu: net.load.qPu.map((q) => q * k) }
      solveRadialFlow(net, load, one, { sourcePu: 1.01 })
      expect(state.reports[l]!.converged).toBe(true)
      expect(state.reports[l]!.iterations).toBeGreaterThanOrEqual(one.report.iterations)
      for (let i = 0; i < 400; i++) {
        const o = i * lanes + l
        worst = Math.max(worst, Math.abs(state.vRe[o]! - one.vRe[i]!), Math.abs(state.iIm[o]! - one.iIm[i]!))
      }
    })
    expect(worst).toBeLessThan(lanes === 1 ? Number.MIN_VALUE : 1e-8)
  })

  test('behavior: one lane past the nose leaves the others right and is named alone', () => {
    const load = { pPu: Float64Array.of(0, 0, 0.8, 9), qPu: Float64Array.of(0, 0, 0.6, 9) }
    const state = createLaneState(2, 2)
    solveRadialLanes(twoBus(0.02, 0.04), load, state)
    expect(state.reports.map(({ converged }) => converged)).toEqual([true, false])
    expect(Math.hypot(state.vRe[2]!, state.vIm[2]!)).toBeCloseTo(closedForm(0.02, 0.04, 0.8, 0.6), 9)
    expect(state.reports[1]!.worstBus).toBe(1)
  })
})

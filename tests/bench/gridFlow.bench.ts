import { bench, describe } from 'vitest'
import { createRandom } from '../../src/base/random.ts'
import { createFlowState, solveRadialFlow } from '../../src/engines/grid/radialFlow.ts'
import { createLaneState, solveRadialLanes } from '../../src/engines/grid/radialLanes.ts'
import { aRadialNet } from '../support/radialNets.ts'

/**
 * Power flow of one scenario of a radial net of 1,001 buses at tolerance 1e-8, from its loads to voltage magnitudes and
 * branch currents. Mean time of a row is the time of a scenario; of the lane rows, of that many scenarios.
 */
const BUSES = 1001
const SCENARIOS = 200
const net = aRadialNet(BUSES, 'bench') // seeded, so that two runs compare
const random = createRandom('scenarios')
const scale = Array.from({ length: SCENARIOS }, () => 0.5 + random.next())
const scenarios = scale.map((k) => ({ pPu: net.load.pPu.map((p) => p * k), qPu: net.load.qPu.map((q) => q * k) }))
const options = { time: 1500, warmupTime: 300 }

const magnitude = new Float64Array(BUSES)
const current = new Float64Array(BUSES)
let sink = 0 // what is computed is used

describe(`one scenario of a radial net, ${BUSES} buses, tolerance 1e-8`, () => {
  const state = createFlowState(BUSES)
  let at = 0
  bench(
    'this engine: struct of arrays, fused sweep',
    () => {
      solveRadialFlow(net, scenarios[at++ % SCENARIOS]!, state)
      const { vRe, vIm, iRe, iIm } = state
      for (let i = 0; i < BUSES; i++) {
        magnitude[i] = Math.sqrt(vRe[i]! * vRe[i]! + vIm[i]! * vIm[i]!)
        current[i] = Math.sqrt(iRe[i]! * iRe[i]! + iIm[i]! * iIm[i]!)
      }
      sink += magnitude[BUSES - 1]!
    },
    options,
  )

  interface Bus {
    readonly up: Bus | null
    readonly z: { readonly re: number; readonly im: number }
    readonly y: { readonly re: number; readonly im: number }
    s: { re: number; im: number }
    v: { re: number; im: number }
    i: { re: number; im: number }
  }
  const buses: Bus[] = []
  for (let i = 0; i < BUSES; i++) {
    buses.push({
      up: buses[net.parent[i]!] ?? null,
      z: { re: net.rPu[i]!, im: net.xPu[i]! },
      y: { re: net.gPu[i]!, im: net.bPu[i]! },
      s: { re: 0, im: 0 },
      v: { re: 1, im: 0 },
      i: { re: 0, im: 0 },
    })
  }
  let turn = 0
  bench(
    'baseline: the same sweep over one object per bus',
    () => {
      const { pPu, qPu } = scenarios[turn++ % SCENARIOS]!
      for (const [i, bus] of buses.entries()) {
        bus.s = { re: pPu[i]!, im: qPu[i]! }
        bus.v = { re: 1, im: 0 }
      }
      let moved = Infinity
      while (moved >= 1e-8) {
        for (const bus of buses) {
          const { s, v, y } = bus
          const m = v.re * v.re + v.im * v.im
          bus.i = {
            re: (s.re * v.re + s.im * v.im) / m + y.re * v.re - y.im * v.im,
            im: (s.re * v.im - s.im * v.re) / m + y.re * v.im + y.im * v.re,
          }
        }
        for (let k = buses.length - 1; k > 0; k--) {
          const { up, i } = buses[k]!
          up!.i = { re: up!.i.re + i.re, im: up!.i.im + i.im }
        }
        moved = 0
        for (const bus of buses) {
          if (!bus.up) continue
          const { z, i, up } = bus
          const v = { re: up.v.re - z.re * i.re + z.im * i.im, im: up.v.im - z.re * i.im - z.im * i.re }
          moved = Math.max(moved, Math.hypot(v.re - bus.v.re, v.im - bus.v.im))
          bus.v = v
        }
      }
      for (const [k, bus] of buses.entries()) {
        magnitude[k] = Math.hypot(bus.v.re, bus.v.im)
        current[k] = Math.hypot(bus.i.re, bus.i.im)
      }
      sink += magnitude[BUSES - 1]!
    },
    options,
  )
})

describe.each([4, 8])('%i scenarios side by side, lane-minor', (lanes) => {
  const state = createLaneState(BUSES, lanes)
  const pPu = new Float64Array(BUSES * lanes)
  const qPu = new Float64Array(BUSES * lanes)
  let at = 0
  bench(
    `lanes: ${lanes} scenarios in one sweep`,
    () => {
      for (let l = 0; l < lanes; l++) {
        const load = scenarios[at++ % SCENARIOS]!
        for (let i = 0; i < BUSES; i++) {
          pPu[i * lanes + l] = load.pPu[i]!
          qPu[i * lanes + l] = load.qPu[i]!
        }
      }
      solveRadialLanes(net, { pPu, qPu }, state)
      const { vRe, vIm, iRe, iIm } = state
      for (let o = 0; o < BUSES * lanes; o++) {
        const v = Math.sqrt(vRe[o]! * vRe[o]! + vIm[o]! * vIm[o]!)
        sink += v + Math.sqrt(iRe[o]! * iRe[o]! + iIm[o]! * iIm[o]!)
      }
    },
    options,
  )
})

if (Number.isNaN(sink)) throw new Error('The benchmark computed nothing.')

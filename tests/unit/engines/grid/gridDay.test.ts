import { beforeAll, describe, expect, test } from 'vitest'
import { createFindings } from '../../../../src/base/findings.ts'
import { finish } from '../../../../src/base/steps.ts'
import { branchDayOf, busDayOf } from '../../../../src/engines/grid/branchDay.ts'
import { summariseDay } from '../../../../src/engines/grid/daySummary.ts'
import { worstOfDay } from '../../../../src/engines/grid/dayWorst.ts'
import { runGridDay } from '../../../../src/engines/grid/gridDay.ts'
import { solveCase } from '../../../../src/engines/grid/solveCase.ts'
import { loadsOfCity } from '../../../../src/engines/load/buildingLoads.ts'
import { dayLoadsOf } from '../../../../src/engines/load/dayLoads.ts'
import { synthesiseGrid } from '../../../../src/engines/synth/synthesise.ts'
import type { DistributionGrid } from '../../../../src/model/distributionGrid.ts'
import { BRANCH_KINDS, type GridDay } from '../../../../src/model/grid.ts'
import { emptyCase, type GridCase } from '../../../../src/model/gridCase.ts'
import type { BusSeries, GridInjections } from '../../../../src/model/gridInjections.ts'
import { aTown } from '../../../support/town.ts'

const STEPS = 24
let grid: DistributionGrid
let injections: GridInjections
let day: GridDay

beforeAll(() => {
  const city = aTown({ blocks: 8 })
  const { loads } = loadsOfCity(city, createFindings())
  grid = finish(synthesiseGrid(city, loads, createFindings()))
  injections = { day: finish(dayLoadsOf(loads, 17, { steps: STEPS })), tanPhi: loads.tanPhi, extra: [] }
  day = finish(runGridDay(grid, injections, { tolerance: 1e-12 }))
})

const series = (watt: number): Float64Array => new Float64Array(STEPS).fill(watt)
const at = (bus: number, load: number, generation = 0, q = 0): BusSeries => ({
  bus,
  loadW: series(load),
  generationW: series(generation),
  qVar: series(q),
})
const withExtra = (...extra: BusSeries[]): GridInjections => ({ ...injections, extra })
const aBuilding = () => grid.map.busBuilding.findLastIndex((b) => b >= 0)

/** The same grid for the general solver: transformers with their ratios, nothing folded. */
function asCase(step: number): GridCase {
  const { map, fold, parent, branchOf } = grid
  const busbar = grid.substations[0]!.busbarBus
  const zBase = (i: number) => map.busVoltageV[i]! ** 2 / grid.basePowerVa
  const node = (i: number) => i - busbar // the busbar is node 0; the source before it is left out
  const buses = [...map.busKind.keys()].slice(busbar)
  return {
    ...emptyCase('town'),
    nodes: buses.map((i) => ({ id: i, ratedV: map.busVoltageV[i]! })),
    sources: [
      { id: 's', node: 0, closed: true, vPu: grid.busbarPu, angleRad: 0, shortCircuitVa: Infinity, rxRatio: 0 },
    ],
    pis: buses.slice(1).map((i) => ({
      id: branchOf[i]!,
      from: node(parent[i]!),
      to: node(i),
      fromClosed: true,
      toClosed: true,
      rOhm: (grid.rPu[i]! * zBase(i)) / fold[i]! ** 2,
      xOhm: (grid.xPu[i]! * zBase(i)) / fold[i]! ** 2,
      gS: 0,
      bS: 0,
      ratio: fold[i]! / fold[parent[i]!]!,
      shiftRad: 0,
      ratedVa: NaN,
    })),
    shunts: buses.slice(1).map((i) => ({
      id: `y${i}`,
      node: node(i),
      closed: true,
      gS: (grid.gPu[i]! * fold[i]! ** 2) / zBase(i),
      bS: (grid.bPu[i]! * fold[i]! ** 2) / zBase(i),
    })),
    loads: buses
      .filter((i) => map.busBuilding[i]! >= 0)
      .map((i) => {
        const b = map.busBuilding[i]!
        const pW = injections.day.buildingW[b * STEPS + step]!
        return {
          id: `p${i}`,
          node: node(i),
          closed: true,
          kind: 'power',
          sign: 1,
          pW,
          qVar: pW * injections.tanPhi[b]!,
        }
      }),
  }
}

describe('runGridDay', () => {
  test('default: the general solver, with every transformer unfolded, finds the same voltages', () => {
    const step = 18
    const solution = solveCase(asCase(step), { method: 'newton', tolerance: 1e-12 })
    expect(solution.converged).toBe(true)
    const row = step * grid.map.busCount
    for (const { id, vPu } of solution.nodes) expect(Math.abs(day.vPu[row + Number(id)]! - vPu)).toBeLessThan(1e-7) // Float32
    const fed = solution.appliances.find(({ id }) => id === 's')!.pW
    const yard = grid.substations[0]!
    const transformerW =
      yard.ironLossW + yard.copperLossW * day.loading[step * grid.map.branchCount + yard.transformerBranch]! ** 2
    expect(Math.abs(day.sourceW[step]! - fed - transformerW)).toBeLessThan(1)
    // losses, added up branch by branch and core by core
    const iron = solution.appliances.filter(({ id }) => String(id).startsWith('y')).reduce((sum, { pW }) => sum + pW, 0)
    expect(Math.abs(day.lossW[step]! - solution.lossW - iron - transformerW)).toBeLessThan(1)
  })

  test('behavior: what the substations draw is what is loaded, lost and not generated', () => {
    for (let t = 0; t < STEPS; t++) {
      expect(Math.abs(day.sourceW[t]! + day.generationW[t]! - day.loadW[t]! - day.lossW[t]!)).toBeLessThan(1e-6)
      expect(day.lossW[t]!).toBeGreaterThan(0)
    }
    expect([...day.converged]).toEqual(Array(STEPS).fill(1))
  })

  test('behavior: load lowers the voltage where it stands and loads its way to the source; generation does the opposite', () => {
    const bus = aBuilding()
    const branch = grid.branchOf[bus]!
    const of = (extra: BusSeries) => {
      const other = finish(runGridDay(grid, withExtra(extra)))
      return {
        v: other.vPu[bus]!,
        l: other.loading[branch]!,
        source: other.sourceW[0]!,
        generation: other.generationW[0]!,
      }
    }
    const base = { v: day.vPu[bus]!, source: day.sourceW[0]! }
    const loaded = of(at(bus, 15_000))
    expect(loaded.v).toBeLessThan(base.v)
    expect(loaded.source - base.source).toBeGreaterThan(15_000)
    const fed = of(at(bus, 0, 15_000))
    expect(fed.v).toBeGreaterThan(base.v)
    expect(fed.source).toBeLessThan(base.source)
    expect(fed.generation).toBe(15_000)
    expect(of(at(bus, 30_000)).l).toBeGreaterThan(loaded.l)
  })

  test('behavior: a feeder that finds no solution is NaN in its step, named, and the rest stands', () => {
    const bus = aBuilding()
    const extra = at(bus, 0)
    extra.loadW[5] = 1e9
    const other = finish(runGridDay(grid, withExtra(extra)))
    expect([...other.converged].map((c, t) => (c ? -1 : t)).filter((t) => t >= 0)).toEqual([5])
    expect(other.vPu[5 * grid.map.busCount + bus]).toBeNaN()
    expect(other.loading[5 * grid.map.branchCount + grid.branchOf[bus]!]).toBeNaN()
    expect([other.sourceW[5], other.lossW[5]]).toEqual([NaN, NaN])
    expect(other.vPu[6 * grid.map.busCount + bus]).toBe(
      finish(runGridDay(grid, injections)).vPu[6 * grid.map.busCount + bus],
    )
    const feeder = grid.feederFirst.findIndex((first, f) => bus >= first && bus < grid.feederEnd[f]!)
    expect(other.worstBus[5]).toBeGreaterThanOrEqual(grid.feederFirst[feeder]!)
    expect(other.worstBus[5]).toBeLessThan(grid.feederEnd[feeder]!)
    expect(other.mismatchPu[5]! > 1e-6 || Number.isNaN(other.mismatchPu[5])).toBe(true)
    const summary = summariseDay(other, grid.map, 0.1)
    expect(summary.unconvergedSteps).toBe(1)
    expect(Number.isFinite(summary.lowestVPu) && Number.isFinite(summary.highestLoading)).toBe(true)
    expect(Number.isFinite(summary.lossKwh)).toBe(true)
  })

  test('behavior: the same input gives the same bytes', () => {
    expect(finish(runGridDay(grid, injections, { tolerance: 1e-12 }))).toEqual(day)
  })

  test('behavior: it yields often and its progress rises to 1', () => {
    const seen: number[] = []
    finish(runGridDay(grid, injections), (fraction) => seen.push(fraction))
    expect(seen.at(-1)).toBe(1)
    expect(seen).toEqual([...seen].sort((a, b) => a - b))
  })
})

describe('branchDayOf and busDayOf', () => {
  test('default: a branch asked for alone is the branch of the day, line, transformer and substation', () => {
    const { branchCount, branchKind } = grid.map
    const picks = [grid.substations[0]!.transformerBranch, grid.branchOf[aBuilding()]!]
    picks.push(branchKind.findIndex((kind, b) => kind === BRANCH_KINDS.indexOf('transformer') && b !== picks[0]))
    for (const branch of picks) {
      const own = branchDayOf(grid, injections, branch, { tolerance: 1e-12 })
      for (let t = 0; t < STEPS; t++) {
        expect(Math.abs(own.loading[t]! - day.loading[t * branchCount + branch]!)).toBeLessThan(1e-6)
        expect(own.pW[t]!).toBeGreaterThan(0)
        expect(own.iA[t]!).toBeGreaterThan(0)
      }
    }
  })
  test('default: a bus asked for alone is the bus of the day', () => {
    const bus = aBuilding()
    const own = busDayOf(grid, injections, bus, { tolerance: 1e-12 })
    for (let t = 0; t < STEPS; t++) {
      expect(Math.abs(own.vPu[t]! - day.vPu[t * grid.map.busCount + bus]!)).toBeLessThan(1e-6)
      expect(own.pW[t]).toBeCloseTo(injections.day.buildingW[grid.map.busBuilding[bus]! * STEPS + t]!, 3)
    }
    expect(busDayOf(grid, injections, grid.substations[0]!.busbarBus).vPu[0]).toBe(grid.busbarPu)
  })
  test('behavior: feeding more than is drawn shows as power flowing back', () => {
    const bus = aBuilding()
    const own = branchDayOf(grid, withExtra(at(bus, 0, 50_000)), grid.branchOf[bus]!)
    expect(Math.max(...own.pW)).toBeLessThan(0)
  })
})

describe('summariseDay and worstOfDay', () => {
  test('default: extremes are where a plain search finds them', () => {
    const summary = summariseDay(day, grid.map, 0.1)
    const worst = worstOfDay(day, grid.map, 5)
    expect(summary.highestLoading).toBe(Math.max(...day.loading))
    expect(worst.branches[0]).toEqual({
      branch: summary.highestBranch,
      loading: summary.highestLoading,
      step: summary.highestStep,
    })
    expect(worst.buses[0]!.vPu).toBe(Math.min(...day.vPu))
    expect(worst.branches.map(({ loading }) => loading)).toEqual(
      worst.branches.map(({ loading }) => loading).sort((a, b) => b - a),
    )
    expect(summary.peakLoadW).toBe(Math.max(...day.loadW))
    expect(summary.energyKwh).toBeCloseTo(day.loadW.reduce((a, b) => a + b, 0) / 1000, 6)
    expect([summary.limitLowPu, summary.limitHighPu]).toEqual([0.9, 1.1])
  })
  test('args: a tighter limit finds more', () => {
    const low = (limit: number) => summariseDay(day, grid.map, limit).lowVoltageBuses
    expect(low(-0.01)).toBeGreaterThan(low(0.1))
    expect(low(0.1)).toBe(0)
  })
})

import { describe, expect, test } from 'vitest'
import { createFindings } from '../../../../src/base/findings.ts'
import { finish } from '../../../../src/base/steps.ts'
import { runGridDay } from '../../../../src/engines/grid/gridDay.ts'
import { loadsOfCity } from '../../../../src/engines/load/buildingLoads.ts'
import { dayLoadsOf } from '../../../../src/engines/load/dayLoads.ts'
import { RULES } from '../../../../src/engines/synth/facts.ts'
import { synthesiseGrid } from '../../../../src/engines/synth/synthesise.ts'
import type { City } from '../../../../src/model/city.ts'
import type { DistributionGrid } from '../../../../src/model/distributionGrid.ts'
import { BRANCH_KINDS, BUS_KINDS } from '../../../../src/model/grid.ts'
import { astanaTiles, readAstana } from '../../../support/cityFiles.ts'
import { aTown, type TownOptions } from '../../../support/town.ts'

function build(city: City) {
  const findings = createFindings()
  const { loads, report } = loadsOfCity(city, findings)
  const grid = finish(synthesiseGrid(city, loads, findings))
  return { city, loads, report, grid, findings: findings.list() }
}
const town = (options?: TownOptions) => build(aTown(options))

const busesOf = ({ map }: DistributionGrid, kind: (typeof BUS_KINDS)[number]) =>
  [...map.busKind.keys()].filter((i) => map.busKind[i] === BUS_KINDS.indexOf(kind))

/** Everything that must hold of any synthesised grid. */
function checkGrid({ city, grid }: ReturnType<typeof build>): void {
  const { map, parent, branchOf } = grid
  const n = map.busCount
  expect(map.branchCount).toBe(n - grid.substations.length)
  for (let i = 0; i < n; i++) {
    expect(parent[i]).toBeLessThan(i)
    const branch = branchOf[i]!
    if (parent[i]! < 0) {
      expect([map.busKind[i], branch]).toEqual([BUS_KINDS.indexOf('source'), -1])
      continue
    }
    expect([map.branchFrom[branch], map.branchTo[branch]]).toEqual([parent[i], i])
    expect(grid.rPu[i]! + grid.xPu[i]!).toBeGreaterThan(0)
    expect(map.branchRating[branch]).toBeGreaterThan(0)
    const isTransformer = map.branchKind[branch] === BRANCH_KINDS.indexOf('transformer')
    expect(map.busVoltageV[i] !== map.busVoltageV[parent[i]!]).toBe(isTransformer)
    // the drawn line begins at the parent and ends at the bus
    const [first, last] = [map.pathStart[branch]!, map.pathStart[branch + 1]! - 1]
    expect(last).toBeGreaterThan(first)
    expect(Math.hypot(map.pathXM[last]! - map.busXM[i]!, map.pathYM[last]! - map.busYM[i]!)).toBeLessThan(0.01)
    const up = parent[i]!
    const begin = Math.hypot(map.pathXM[first]! - map.busXM[up]!, map.pathYM[first]! - map.busYM[up]!)
    expect(begin).toBeLessThan(map.busKind[up] === BUS_KINDS.indexOf('mv-station') ? 500 : 0.01)
  }
  expect([...grid.feederFirst].every((first, f) => first < grid.feederEnd[f]!)).toBe(true)
  const whole = [...city.buildings.parent.keys()].filter((b) => city.buildings.parent[b]! < 0)
  for (const b of whole) expect(map.busBuilding[grid.buildingBus[b]!]).toBe(b)
  expect(busesOf(grid, 'building')).toHaveLength(whole.length)
}

describe('synthesiseGrid on a small town', () => {
  const made = town()
  test('default: a tree from the substation to every building, each drawn from end to end', () => {
    checkGrid(made)
    expect(made.grid.substations).toEqual([expect.objectContaining({ title: 'South' })])
    expect(made.findings.map(({ code }) => code)).toEqual(['LOAD_NOT_CALIBRATED', 'BUILDING_OFF_STREET'])
  })
  test('behavior: low voltage hangs on boards, boards on stations, stations on 10 kV', () => {
    const { map, parent } = made.grid
    const kind = (i: number) => BUS_KINDS[map.busKind[i]!]
    for (let i = 0; i < map.busCount; i++) {
      const up = parent[i]! < 0 ? null : kind(parent[i]!)
      const allowed: Record<string, (string | null)[]> = {
        source: [null],
        'mv-station': ['source', 'mv-station', 'mv-joint'],
        'mv-joint': ['mv-station', 'mv-joint'],
        'lv-board': ['mv-station'],
        'lv-joint': ['lv-board', 'lv-joint'],
        building: ['lv-board', 'lv-joint'],
      }
      expect(allowed[kind(i)!]).toContain(up)
    }
  })
  test('behavior: a large building has a station of its own', () => {
    const { grid, loads } = made
    const large = [...loads.peakW.keys()].filter((b) => loads.peakW[b]! >= RULES.ownStationW.value)
    expect(large.length).toBeGreaterThan(0)
    for (const b of large) {
      const bus = grid.buildingBus[b]!
      expect(grid.map.busKind[grid.parent[bus]!]).toBe(BUS_KINDS.indexOf('lv-board'))
      expect(grid.map.branchKind[grid.branchOf[bus]!]).toBe(BRANCH_KINDS.indexOf('switch'))
    }
  })
  test('behavior: by its own rules nothing is overloaded on the mean of the peak day', () => {
    const { grid, loads, report } = made
    const mean = new Float32Array(loads.count * 1)
    for (let b = 0; b < loads.count; b++) mean[b] = loads.peakW[b]!
    const day = finish(
      runGridDay(grid, { day: { steps: 1, stepS: 86_400, buildingW: mean }, tanPhi: loads.tanPhi, extra: [] }),
    )
    expect(day.converged[0]).toBe(1)
    expect(Math.max(...day.loading)).toBeLessThan(1)
    expect(Math.min(...day.vPu)).toBeGreaterThan(0.93)
    expect(report.rawPeakW).toBeGreaterThan(0)
  })
  test('behavior: the same city gives the same bytes', () => {
    expect(town().grid).toEqual(made.grid)
  })
})

describe('synthesiseGrid on awkward towns', () => {
  test('behavior: no substation mapped: one is assumed at the centre of the load, and said', () => {
    const made = town({ substation: false })
    checkGrid(made)
    expect(made.findings.map(({ code }) => code)).toContain('SUBSTATION_ASSUMED')
  })
  test('behavior: no street at all: every building still gets a line, across open ground', () => {
    const made = town({ streets: false, blocks: 3 })
    checkGrid(made)
  })
  test('behavior: no building: a substation and nothing else', () => {
    const city = aTown({ blocks: 1 })
    const made = build({ ...city, buildings: { ...city.buildings, count: 0 } })
    expect(made.grid.map.busCount).toBe(2)
    expect(made.grid.feederFirst).toHaveLength(0)
  })
  test('behavior: more load never makes a cable thinner', () => {
    const [today, tomorrow] = [1, 3].map((scale) => {
      const city = aTown()
      const { loads } = loadsOfCity(city, createFindings())
      const grown = { ...loads, peakW: loads.peakW.map((w) => w * scale), spreadW: loads.spreadW.map((w) => w * scale) }
      return finish(synthesiseGrid(city, grown, createFindings()))
    })
    const copper = (grid: DistributionGrid) => grid.map.branchRating.reduce((sum, r) => sum + r, 0)
    expect(copper(tomorrow!)).toBeGreaterThan(copper(today!))
    expect(tomorrow!.stations.length).toBeGreaterThanOrEqual(today!.stations.length)
  })
})

describe(`synthesiseGrid on Astana (${astanaTiles().length} tiles)`, () => {
  const { city } = readAstana()
  const made = build({ ...city, meta: { ...city.meta, id: 'astana' } })

  test('default: every building is served, in at most 55,000 buses', () => {
    checkGrid(made)
    expect(made.grid.map.busCount).toBeLessThan(55_000)
    expect(made.grid.substations).toHaveLength(10)
    expect(made.grid.stations.length).toBeGreaterThan(1000)
  })
  test('behavior: on the calibrated winter peak the grid holds, but for a handful of hot spots', () => {
    const { grid, loads, report } = made
    expect(report).toMatchObject({ calibrated: true })
    expect(report.factor).toBeGreaterThan(0.7)
    expect(report.factor).toBeLessThan(1.4)
    const buildings = finish(dayLoadsOf(loads, report.peakDayOfYear))
    const day = finish(runGridDay(grid, { day: buildings, tanPhi: loads.tanPhi, extra: [] }))
    expect(day.converged.every((c) => c === 1)).toBe(true)
    const { busCount, branchCount } = grid.map
    const hot = new Set<number>()
    const low = new Set<number>()
    let [outside, values] = [0, 0]
    for (let t = 0; t < day.steps; t++) {
      for (let b = 0; b < branchCount; b++) if (day.loading[t * branchCount + b]! > 1) hot.add(b)
      for (let i = 0; i < busCount; i++) {
        const v = day.vPu[t * busCount + i]!
        values++
        if (v < 0.93 || v > 1.05) outside++
        if (v < 0.9) low.add(i)
      }
    }
    expect(hot.size).toBeGreaterThan(0)
    expect(hot.size).toBeLessThan(branchCount / 1000)
    expect(low.size).toBeLessThan(10)
    expect(outside / values).toBeLessThan(0.02)
    const loss = day.lossW.reduce((a, b) => a + b, 0) / day.loadW.reduce((a, b) => a + b, 0)
    expect(loss).toBeGreaterThan(0.015)
    expect(loss).toBeLessThan(0.1)
  })
})

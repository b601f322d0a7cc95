import { beforeAll, describe, expect, test } from 'vitest'
import { createFindings } from '../../../../src/base/findings.ts'
import { finish } from '../../../../src/base/steps.ts'
import { runGridDay } from '../../../../src/engines/grid/gridDay.ts'
import { type HostingOptions, runHosting } from '../../../../src/engines/grid/hosting.ts'
import { loadsOfCity } from '../../../../src/engines/load/buildingLoads.ts'
import { dayLoadsOf } from '../../../../src/engines/load/dayLoads.ts'
import { synthesiseGrid } from '../../../../src/engines/synth/synthesise.ts'
import type { DistributionGrid } from '../../../../src/model/distributionGrid.ts'
import { BRANCH_KINDS } from '../../../../src/model/grid.ts'
import type { BusSeries, GridInjections } from '../../../../src/model/gridInjections.ts'
import { aTown } from '../../../support/town.ts'

const STEPS = 24
const PEAK = 18
let grid: DistributionGrid
let injections: GridInjections
const options: HostingOptions = { unitW: 5_000, step: PEAK, draws: 20, seed: 'test', most: 1024, limitPu: 0.1 }
const hosting = (change: Partial<HostingOptions> = {}, of: readonly number[] = [0]) =>
  finish(runHosting(grid, injections, of, { ...options, ...change }))

beforeAll(() => {
  const city = aTown({ blocks: 8 })
  const { loads } = loadsOfCity(city, createFindings())
  grid = finish(synthesiseGrid(city, loads, createFindings()))
  injections = { day: finish(dayLoadsOf(loads, 17, { steps: STEPS })), tanPhi: loads.tanPhi, extra: [] }
})

describe('runHosting', () => {
  test('default: every station takes some chargers, P10 ≤ P50 ≤ P90, and says what ends it', () => {
    const rows = hosting(
      {},
      grid.stations.map((_, k) => k),
    )
    expect(rows).toHaveLength(grid.stations.length)
    for (const { units, customers, share, isBounded } of rows) {
      expect(customers).toBeGreaterThan(0)
      expect(units.p10).toBeGreaterThan(0)
      expect(units.p10).toBeLessThanOrEqual(units.p50)
      expect(units.p50).toBeLessThanOrEqual(units.p90)
      expect(isBounded).toBe(true)
      expect(Object.values(share).reduce((a, b) => a + b)).toBeCloseTo(1, 12)
    }
    expect(rows.some(({ share }) => share.transformer < 1)).toBe(true) // not one limit for all
  })

  test('behavior: the number itself passes and one more does not, by the solver of the day', () => {
    // one draw, one customer: the sequence is known
    const { boardBus } = grid.stations[0]!
    const behind = (bus: number): boolean => bus >= 0 && (bus === boardBus || behind(grid.parent[bus]!))
    const customers = [...grid.map.busBuilding.keys()].filter((bus) => grid.map.busBuilding[bus]! >= 0 && behind(bus))
    const only: DistributionGrid = {
      ...grid,
      map: {
        ...grid.map,
        busKind: grid.map.busKind.map((kind, bus) => (customers.includes(bus) && bus !== customers[0] ? 0 : kind)),
      },
    }
    const [row] = finish(runHosting(only, injections, [0], { ...options, draws: 1, unitW: 2_000, limitPu: 9 }))
    expect(row!.customers).toBe(1)
    const worst = (count: number): number => {
      const series = (watt: number) => new Float64Array(STEPS).fill(watt)
      const extra: BusSeries[] = [
        { bus: customers[0]!, loadW: series(count * 2_000), generationW: series(0), qVar: series(0) },
      ]
      const day = finish(runGridDay(grid, { ...injections, extra }))
      const path: number[] = []
      for (let bus = customers[0]!; grid.parent[bus]! >= 0 && grid.map.busKind[bus] !== 0; bus = grid.parent[bus]!)
        path.push(grid.branchOf[bus]!)
      const feederOnly = path.filter((branch) =>
        grid.substations.every(({ transformerBranch }) => transformerBranch !== branch),
      )
      return Math.max(...feederOnly.map((branch) => day.loading[PEAK * grid.map.branchCount + branch]!))
    }
    expect(worst(row!.units.p50)).toBeLessThanOrEqual(1)
    expect(worst(row!.units.p50 + 1)).toBeGreaterThan(1)
    expect(['line', 'transformer']).toContain(BRANCH_KINDS[grid.map.branchKind[row!.branch]!])
  })

  test('behavior: larger units, and a narrower band, leave room for fewer', () => {
    const p50 = (change: Partial<HostingOptions>) => hosting(change)[0]!.units.p50
    expect(p50({ unitW: 20_000 })).toBeLessThan(p50({}))
    expect(p50({ limitPu: 0.02 })).toBeLessThanOrEqual(p50({}))
  })

  test('behavior: the same seed gives the same bytes, whichever other stations are asked for', () => {
    const all = hosting({}, [0, 1, 2])
    expect(JSON.stringify(hosting({}, [1])[0])).toBe(JSON.stringify(all[1]))
    expect(JSON.stringify(hosting({ seed: 'other' }, [1])[0])).not.toBe(JSON.stringify(all[1]))
  })

  test('behavior: a station that is over its limit without any takes none; one never bounded says so', () => {
    const heavy: GridInjections = {
      ...injections,
      day: { ...injections.day, buildingW: injections.day.buildingW.map((w) => w * 20) },
    }
    expect(finish(runHosting(grid, heavy, [0], options))[0]).toMatchObject({
      units: { p10: 0, p50: 0, p90: 0 },
      isBounded: true,
    })
    expect(hosting({ most: 2, unitW: 1 })[0]).toMatchObject({ units: { p50: 2 }, isBounded: false })
  })
})

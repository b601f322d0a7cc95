import { expect, test } from 'vitest'
import { finish } from '../../../src/base/steps.ts'
import type { GridDay, GridMap } from '../../../src/model/grid.ts'
import { emptyScenario, stateOf } from '../../../src/model/scenario.ts'
import type { Attachment } from '../../../src/plan/attachAssets.ts'
import { openCityGrid } from '../../../src/plan/cityGrid.ts'
import { curtailments, heldByGrid } from '../../../src/plan/curtailment.ts'
import { runGridFindings } from '../../../src/plan/gridFindings.ts'
import { aBase } from '../../support/scenarios.ts'
import { aTown } from '../../support/town.ts'

// source 0 - 1 - 2, and 0 - 3; two steps
const map = {
  busCount: 4,
  branchCount: 3,
  branchKind: Uint8Array.of(1, 0, 0),
  branchFrom: Int32Array.of(0, 1, 0),
  branchTo: Int32Array.of(1, 2, 3),
} as GridMap
const day = (loading: readonly number[], converged = [1, 1]): GridDay =>
  ({ steps: 2, stepS: 900, loading: Float32Array.from(loading), converged: Uint8Array.from(converged) }) as GridDay
const at = (assetId: string, bus: number): Attachment => ({ assetId, bus, way: 'street', distanceM: 0, building: -1 })
const series = (bus: number, ...loadW: number[]) => ({
  bus,
  loadW: Float64Array.from(loadW),
  generationW: new Float64Array(2),
  qVar: new Float64Array(2),
})
const shares = (loading: readonly number[], converged?: number[]) =>
  Object.fromEntries(heldByGrid(held(loading, converged)).curtailedShare)
const held = (loading: readonly number[], converged?: number[]) =>
  curtailments(map, day(loading, converged), [at('far', 2), at('near', 3)], [series(2, 30, 10), series(3, 5, 5)])

test('default: what lies behind an overloaded branch is held back for that quarter hour, the rest is not', () => {
  expect(shares([0.5, 0.5, 0.5, 0.9, 1, 1])).toEqual({ far: 0, near: 0 })
  expect(shares([1.1, 0.5, 0.5, 0.5, 0.5, 0.5])).toEqual({ far: 0.75, near: 0 })
  expect(shares([0.5, 0.5, 0.5, 0.5, 1.2, 1.2])).toEqual({ far: 0.25, near: 0.5 })
})

test('behavior: a step without a solution carries nobody', () => {
  expect(shares([0.5, 0.5, 0.5, NaN, NaN, NaN], [1, 0])).toEqual({ far: 0.25, near: 0.5 })
})

test('behavior: who draws nothing loses nothing', () => {
  const found = curtailments(map, day([9, 9, 9, 9, 9, 9]), [at('a', 2)], [series(2, 0, 0)])
  expect(found.get('a')!.share).toBe(0)
  expect([...heldByGrid(found).heldBy]).toEqual([])
})

test('behavior: says which branch stands in the way, how full it is, for how long, and what that takes', () => {
  const { heldBy } = heldByGrid(held([0.5, 1.2, 0.5, 1.31, 0.5, 0.5]))
  expect([...heldBy.keys()]).toEqual(['far'])
  const { branch, what, hours } = held([0.5, 1.2, 0.5, 1.31, 0.5, 0.5]).get('far')!
  expect([branch, hours]).toEqual([0, 0.5])
  expect(heldBy.get('far')).toContain(`A ${what === 'line' ? 'cable' : what} between it and the substation`)
  expect(heldBy.get('far')).toMatch(/131 % of its limit.* 0\.5 hours .* 100 % of its energy/)
})

test('behavior: a grid without a solution says so, and names no branch', () => {
  const { heldBy } = heldByGrid(held([0.5, 0.5, 0.5, 0.5, 0.5, 0.5], [1, 0]))
  expect(heldBy.get('far')).toMatch(/^The grid found no state that carries it\./)
})

test('default: a scenario on a town’s grid: with and without what is placed, the same each time', () => {
  const base = finish(openCityGrid(aTown({ id: 'astana' })))
  const { originLatDeg: latDeg, originLonDeg: lonDeg } = base.meta
  const after = {
    id: 'c',
    kind: 'ev-charger' as const,
    latDeg,
    lonDeg,
    network: 'ev-charging',
    params: { powerKw: 100, connectors: 8 },
  }
  const state = stateOf({ ...emptyScenario(aBase), edits: [{ kind: 'asset', id: 'c', before: null, after }] })
  const found = finish(runGridFindings(base, state))
  expect(found.after.energyKwh).toBeGreaterThan(found.before.energyKwh)
  expect(found.curtailedShare!.get('c')).toBeGreaterThanOrEqual(0)
  expect(found.curtailedShare!.get('c')).toBeLessThanOrEqual(1)
  expect(finish(runGridFindings(base, state))).toEqual(found)
})

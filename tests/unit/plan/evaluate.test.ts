import { describe, expect, test } from 'vitest'
import { finish } from '../../../src/base/steps.ts'
import type { Asset } from '../../../src/model/asset.ts'
import type { GridSummary } from '../../../src/model/grid.ts'
import { type Edit, emptyScenario, type Scenario, stateOf } from '../../../src/model/scenario.ts'
import { evaluateScenario } from '../../../src/plan/evaluate.ts'
import { type Executor, planWorld, runPlanJob } from '../../../src/plan/jobs.ts'
import { peoplePerBuilding } from '../../../src/plan/people.ts'
import { coverageGroups } from '../../../src/plan/radioPlan.ts'
import { addBands, comparePlans, reportHash } from '../../../src/plan/report.ts'
import { aBase, aProvenance } from '../../support/scenarios.ts'
import { tinyCity } from '../../support/tinyCity.ts'

const city = tinyCity([
  { x: -10, y: -10, w: 20, h: 20, heightM: 27, levels: 9 },
  { x: 100, y: 40, w: 30, h: 60, heightM: 15, levels: 5 },
  { x: -300, y: 0, w: 15, h: 15, heightM: 6, use: 'retail' },
])
const world = planWorld(city)
const people = peoplePerBuilding(city, 1000)
const asset = (id: string, kind: Asset['kind'], network: string, lonDeg = 71.43): Asset => ({
  id,
  kind,
  latDeg: 51.13,
  lonDeg,
  network,
  params: {},
})
const scenarioOf = (...assets: Asset[]): Scenario => ({
  ...emptyScenario(aBase),
  edits: assets.map((after): Edit => ({ kind: 'asset', id: after.id, before: null, after })),
})
const plan = scenarioOf(
  asset('g', 'lorawan-gateway', 'helium-iot'),
  asset('w', 'wifi-cell', 'helium-mobile', 71.4315),
  asset('e', 'ev-charger', 'ev-charging', 71.44),
)
const inOrder: Executor = async (jobs) => jobs.map((job) => finish(runPlanJob(job, world)))
/** Another order of work, as any pool would do it. */
const backwards: Executor = async (jobs) => {
  const answers = [...jobs].reverse().map((job) => finish(runPlanJob(job, world)))
  return answers.reverse()
}
const options = { people, seed: 7, draws: 300, startDay: 20788, provenance: aProvenance() }
const kpiOf = (kpis: readonly { id: string; quantity: { value: number } }[], id: string) =>
  kpis.find((k) => k.id === id)?.quantity.value

describe('evaluateScenario', () => {
  test('default: every asset has its report, the plan its figures, all with unit, source and tag', async () => {
    const { report, coverage } = await evaluateScenario(plan, world, inOrder, options)
    expect(report.assets.map(({ assetId }) => assetId)).toEqual(['e', 'g', 'w'])
    expect(coverage.map(({ group }) => group.kind)).toEqual(['lorawan-gateway', 'wifi-cell'])
    for (const { quantity } of [...report.kpis, ...report.assets.flatMap(({ kpis }) => kpis)]) {
      expect(quantity.source).not.toBe('')
      expect(['measured', 'modelled', 'assumed']).toContain(quantity.tag)
      expect(quantity.tag).not.toBe('measured')
    }
    expect(kpiOf(report.kpis, 'plan.outlay')).toBeGreaterThan(40_000)
    expect(kpiOf(report.kpis, 'coverage.bullington.people')).toBeGreaterThan(0)
    const wifi = report.assets.find(({ assetId }) => assetId === 'w')!
    expect(kpiOf(wifi.kpis, 'people')).toBeGreaterThan(0)
    expect(report.provenance.seed).toBe(7)
  })
  test('behavior: whichever order the jobs are done in, the report is the same, and so is its hash', async () => {
    const [a, b] = [
      await evaluateScenario(plan, world, inOrder, options),
      await evaluateScenario(plan, world, backwards, options),
    ]
    expect(b.report).toEqual(a.report)
    expect(reportHash(b.report)).toBe(reportHash(a.report))
    const later = { ...a.report, provenance: { ...a.report.provenance, createdAt: '2030-01-01T00:00:00Z' } }
    expect(reportHash(later)).toBe(reportHash(a.report))
    const other = await evaluateScenario(plan, world, inOrder, { ...options, seed: 8 })
    expect(reportHash(other.report)).not.toBe(reportHash(a.report))
  })
  test('behavior: an empty plan has nothing to build and no coverage', async () => {
    const { report, coverage } = await evaluateScenario(scenarioOf(), world, inOrder, options)
    expect(report.assets).toEqual([])
    expect(coverage).toEqual([])
    expect(kpiOf(report.kpis, 'plan.outlay')).toBe(0)
    expect(kpiOf(report.kpis, 'plan.payback')).toBeNaN()
  })
  test('behavior: what the grid says stands in the report and takes earnings away', async () => {
    const summary = (highestLoading: number) =>
      ({ highestLoading, lowestVPu: 0.97, overloadedBranches: 1 }) as GridSummary
    const grid = async () => ({ before: summary(0.4), after: summary(1.2), curtailedShare: new Map([['e', 0.5]]) })
    const [free, held] = [
      await evaluateScenario(plan, world, inOrder, options),
      await evaluateScenario(plan, world, inOrder, { ...options, grid }),
    ]
    expect(kpiOf(held.report.kpis, 'grid.highest-loading')).toBe(1.2)
    expect(kpiOf(held.report.kpis, 'grid.loading-before')).toBe(0.4)
    expect(kpiOf(free.report.kpis, 'grid.highest-loading')).toBeUndefined()
    const gross = (e: typeof free) => kpiOf(e.report.assets.find(({ assetId }) => assetId === 'e')!.kpis, 'gross')!
    expect(gross(held)).toBeCloseTo(0.5 * gross(free), 6)
  })
  test('behavior: two plans are compared figure by figure, and by what was placed', async () => {
    const bare = scenarioOf(asset('g', 'lorawan-gateway', 'helium-iot'))
    const [a, b] = [
      await evaluateScenario(bare, world, inOrder, options),
      await evaluateScenario(plan, world, inOrder, options),
    ]
    const { kpis, edits } = comparePlans(
      { report: a.report, state: stateOf(bare) },
      { report: b.report, state: stateOf(plan) },
    )
    expect(edits.map(({ id }) => id)).toEqual(['e', 'w'])
    expect(kpis.find(({ id }) => id === 'plan.outlay')!.verdict).toBe('worse')
    expect(kpis.find(({ id }) => id === 'coverage.umi.people')!.a).toBeNull()
  })
})

describe('parts', () => {
  test('default: an antenna in a building stands on its roof, else on the ground', () => {
    const [roof] = coverageGroups([asset('in', 'lorawan-gateway', 'helium-iot')], city, world.boxes)
    expect(roof!.transmitters[0]!.heightM).toBe(27 + 3)
    const [out] = coverageGroups([asset('out', 'wifi-cell', 'helium-mobile', 71.44)], city, world.boxes)
    expect(out!.transmitters[0]!.heightM).toBe(3)
  })
  test('default: people live by floor area, none in a shop, and all of them somewhere', () => {
    expect(people.reduce((a, b) => a + b, 0)).toBeCloseTo(1000, 1)
    expect(people[2]).toBe(0)
    expect(people[0]! / people[1]!).toBeCloseTo((400 * 9) / (1800 * 5), 4)
    expect(peoplePerBuilding(tinyCity([]), 1000).length).toBe(0)
  })
  test('behavior: bands of several assets are added, and the widest decides', () => {
    expect(addBands([])).toEqual({ p10: 0, p50: 0, p90: 0 })
    expect(
      addBands([
        { p10: 1, p50: 2, p90: 3, decidedBy: 'a' },
        { p10: 0, p50: 5, p90: 50, decidedBy: 'b' },
      ]),
    ).toEqual({ p10: 1, p50: 7, p90: 53, decidedBy: 'b' })
  })
})

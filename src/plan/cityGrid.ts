import { createFindings, type Finding } from '../base/findings.ts'
import { type Steps, within } from '../base/steps.ts'
import { chanceOf } from '../engines/assets/chance.ts'
import { assets as assetsEngine } from '../engines/assets/index.ts'
import type { Sky } from '../engines/assets/solar.ts'
import { summariseDay } from '../engines/grid/daySummary.ts'
import { runGridDay } from '../engines/grid/gridDay.ts'
import { grid as gridEngine } from '../engines/grid/index.ts'
import { loadsOfCity } from '../engines/load/buildingLoads.ts'
import { dayLoadsOf } from '../engines/load/dayLoads.ts'
import { load as loadEngine } from '../engines/load/index.ts'
import { VOLTAGE_LIMITS } from '../engines/synth/facts.ts'
import { synth as synthEngine } from '../engines/synth/index.ts'
import { synthesiseGrid } from '../engines/synth/synthesise.ts'
import { createEnu } from '../geo/enu.ts'
import { createFeatureFinder } from '../geo/insidePolygons.ts'
import type { City, CityMeta } from '../model/city.ts'
import type { DistributionGrid } from '../model/distributionGrid.ts'
import type { GridDay, GridSummary } from '../model/grid.ts'
import type { BusSeries, GridInjections } from '../model/gridInjections.ts'
import type { BuildingLoads, CalibrationReport, DayLoads } from '../model/load.ts'
import { type ScenarioState, settingOf } from '../model/scenario.ts'
import { type Attacher, type Attachment, createAttacher } from './attachAssets.ts'

/** The engines behind a grid day and their versions, for the provenance block. */
export const GRID_ENGINES: Readonly<Record<string, string>> = Object.fromEntries(
  [loadEngine, synthEngine, assetsEngine, gridEngine].map(({ id, version }) => [id, version]),
)

/** The seed of everything that is drawn by chance in a grid day. */
export const GRID_SEED = 'veracity'

/** A city with its synthesised grid, ready for any number of days. Only injections differ between scenarios. */
export interface CityGrid {
  readonly meta: CityMeta
  readonly loads: BuildingLoads
  readonly grid: DistributionGrid
  readonly attacher: Attacher
  readonly calibration: CalibrationReport
  readonly findings: readonly Finding[]
}

/** Loads and grid of a city. */
export function* openCityGrid(city: City): Steps<CityGrid> {
  const findings = createFindings()
  yield 0
  const { loads, report } = loadsOfCity(city, findings)
  const grid = yield* within(0.1, 0.95, synthesiseGrid(city, loads, findings))
  const { meta, buildings } = city
  const buildingAt = createFeatureFinder(buildings, (b) => buildings.parent[b] < 0)
  const attacher = createAttacher(grid, createEnu(meta.originLatDeg, meta.originLonDeg), buildingAt)
  yield 1
  return { meta, loads, grid, attacher, calibration: report, findings: findings.list() }
}

/** A day of a scenario, and what is needed to ask for single branches of it. */
export interface CityGridDay {
  readonly day: GridDay
  readonly summary: GridSummary
  readonly attachments: readonly Attachment[]
  readonly injections: GridInjections
  readonly findings: readonly Finding[]
}

const STEPS = 96

/** What the buildings draw on the day of a scenario. Placing assets does not change it, so it may be kept. */
export const buildingDayOf = (base: CityGrid, state: ScenarioState): Steps<DayLoads> =>
  dayLoadsOf(base.loads, settingOf(state, 'day-of-year'), {
    scale: settingOf(state, 'load-scale'),
    seed: GRID_SEED,
    steps: STEPS,
  })

/**
 * Solves the day of a scenario on a city's grid: loads of the buildings, placed assets attached to their buses, power flow
 * of every quarter hour. The same scenario gives the same bytes.
 *
 * Throws   PLACEMENT_REFUSED when an asset's parameter is outside what its kind allows
 */
export function* runCityGridDay(base: CityGrid, state: ScenarioState, kept?: DayLoads): Steps<CityGridDay> {
  const findings = createFindings()
  const buildings = kept ?? (yield* within(0, 0.15, buildingDayOf(base, state)))
  const assets = [...state.assets.values()].sort((a, b) => (a.id < b.id ? -1 : 1))
  const attachments = base.attacher.attach(assets, findings)
  const attached = new Map(attachments.map((attachment) => [attachment.assetId, attachment]))
  const { meta, loads, grid } = base
  const sky: Sky = {
    latDeg: meta.originLatDeg,
    lonDeg: meta.originLonDeg,
    utcOffsetH: meta.utcOffsetH,
    year: loads.year,
    dayOfYear: settingOf(state, 'day-of-year'),
    cloudCover: settingOf(state, 'cloud-cover'),
  }
  const houseW = new Map<string, Float64Array>()
  for (const { assetId, building } of attachments) {
    if (building < 0) continue
    houseW.set(assetId, Float64Array.from(buildings.buildingW.subarray(building * STEPS, (building + 1) * STEPS)))
  }
  const placed = assets.filter(({ id }) => attached.has(id))
  const days = yield* within(
    0.15,
    0.2,
    assetsEngine.run({ assets: placed, sky, houseW, steps: STEPS, chance: chanceOf(assets) }),
  )
  const extra: BusSeries[] = days.map(({ id, loadW, generationW, qVar }) => ({
    bus: (attached.get(id) as Attachment).bus,
    loadW,
    generationW,
    qVar,
  }))
  const injections: GridInjections = { day: buildings, tanPhi: loads.tanPhi, extra }
  const day = yield* within(0.2, 0.98, runGridDay(grid, injections))
  const summary = summariseDay(day, grid.map, VOLTAGE_LIMITS.value)
  yield 1
  return { day, summary, attachments, injections, findings: findings.list() }
}

import { type Steps, within } from '../base/steps.ts'
import { runHosting } from '../engines/grid/hosting.ts'
import { VOLTAGE_LIMITS } from '../engines/synth/facts.ts'
import type { HostingLimit, StationHosting } from '../model/hosting.ts'
import type { ScenarioState } from '../model/scenario.ts'
import { buildingDayOf, type CityGrid, GRID_SEED, runCityGridDay } from './cityGrid.ts'

export interface HostingWish {
  readonly unitW: number // of one charger
  readonly coincidence: number // share of chargers that draw at the moment that counts
  readonly draws: number
  readonly stations: number // the most loaded ones
}

/** Hosting of one station with the sentence a planner takes away. */
export interface HostingRow extends StationHosting {
  readonly loadingNow: number // of its transformer at the step, share of the rating
  readonly sentence: string
}

export interface HostingStudy {
  readonly step: number
  readonly timeOfDayS: number
  readonly rows: readonly HostingRow[] // fewest units first
}

const MOST = 1024

const whole = (value: number): string => String(Math.floor(value))

/** What decides, by the limit that ends most draws. */
function decidedBy(hosting: StationHosting, typeOf: (branch: number) => string): string {
  const [limit] = (Object.entries(hosting.share) as [HostingLimit, number][]).sort(([, a], [, b]) => b - a)[0] ?? [
    'transformer',
  ]
  if (limit === 'transformer') return `the assumed ${whole(hosting.ratedVa / 1000)} kVA`
  if (limit === 'line') return `the assumed cable ${typeOf(hosting.branch)}`
  if (limit === 'voltage') return `the statutory band of ±${VOLTAGE_LIMITS.value * 100} %`
  return 'the power flow, which has no solution beyond'
}

function sentenceOf(hosting: StationHosting, wish: HostingWish, typeOf: (branch: number) => string): string {
  const { station, units, customers, isBounded } = hosting
  if (customers === 0) return `Station ${station} feeds no customer.`
  const what = `chargers of ${whole(wish.unitW / 1000)} kW (${Math.round(wish.coincidence * 100)} % at once, assumed)`
  if (!isBounded && units.p10 >= MOST) return `Station ${station} takes ${MOST} more ${what} and meets no limit.`
  const limit = units.p50 === 0 ? 'is at its limit already: it takes no more' : `takes ${whole(units.p50)} more`
  return `Station ${station} ${limit} ${what}, P10–P90 ${whole(units.p10)}–${whole(units.p90)} over ${wish.draws} draws of where they stand; decided by ${decidedBy(hosting, typeOf)}.`
}

/**
 * Static hosting capacity of a scenario's most loaded stations, at the step of the day's peak.
 * The reactive power of a charger is taken as none.
 */
export function* runHostingStudy(base: CityGrid, state: ScenarioState, wish: HostingWish): Steps<HostingStudy> {
  const buildings = yield* within(0, 0.1, buildingDayOf(base, state))
  const { day, summary, injections } = yield* within(0.1, 0.5, runCityGridDay(base, state, buildings))
  const { grid } = base
  const { branchCount, branchType, types } = grid.map
  const step = summary.peakStep
  const loadingOf = (station: number): number =>
    day.loading[step * branchCount + grid.branchOf[grid.stations[station].boardBus]]
  const chosen = grid.stations
    .map((_, station) => station)
    .sort((a, b) => loadingOf(b) - loadingOf(a) || a - b)
    .slice(0, wish.stations)
  const found = yield* within(
    0.5,
    1,
    runHosting(grid, injections, chosen, {
      unitW: wish.unitW * wish.coincidence,
      step,
      draws: wish.draws,
      seed: GRID_SEED,
      most: MOST,
      limitPu: VOLTAGE_LIMITS.value,
    }),
  )
  const typeOf = (branch: number): string => types[branchType[branch]] ?? 'of its line'
  const rows = found
    .map((hosting) => ({
      ...hosting,
      units: { ...hosting.units, decidedBy: decidedBy(hosting, typeOf) },
      loadingNow: loadingOf(hosting.station),
      sentence: sentenceOf(hosting, wish, typeOf),
    }))
    .sort((a, b) => a.units.p50 - b.units.p50 || a.station - b.station)
  return { step, timeOfDayS: step * day.stepS, rows }
}

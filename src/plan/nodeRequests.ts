import type { CoverageSummary } from '../model/coverage.ts'
import { type ScenarioState, settingOf } from '../model/scenario.ts'
import { fact } from '../networks/network.ts'
import type { NodeRequest } from './plannedNode.ts'
import { isRadio } from './radioPlan.ts'

/** A year's yield of a roof where nobody computed it. */
export const PV_YIELD = fact(1300, 'kWh/kWp/a', 'Global Solar Atlas for Astana, recalled', '2026-11-01', 'memory')

/** What the other engines found out about a plan. */
export interface Physics {
  readonly coverage: readonly CoverageSummary[]
  readonly curtailedShare?: ReadonlyMap<string, number> // by asset id, from the grid; absent: none
  readonly pvKwhPerKwp?: number // from the sun model; absent: PV_YIELD
  readonly startDay: number // days since 1970-01-01
  readonly eras?: ReadonlyMap<string, string> // rule set by network id; absent: the one in force
}

/** The economics to compute: every asset with what its place gives it, in order of id. */
export function nodeRequests(state: ScenarioState, physics: Physics): NodeRequest[] {
  const people = Object.assign({}, ...physics.coverage.map((c) => c.perServerPeople)) as Record<string, number>
  const km2 = Object.assign({}, ...physics.coverage.map((c) => c.perServerKm2)) as Record<string, number>
  const assets = [...state.assets.values()].sort((a, b) => (a.id < b.id ? -1 : 1))
  return assets.map((asset) => {
    const era = physics.eras?.get(asset.network)
    const radio = isRadio(asset.kind)
    return {
      asset,
      ...(era === undefined ? {} : { era }),
      site: {
        startDay: physics.startDay,
        peopleReached: radio ? (people[asset.id] ?? 0) : 0,
        coveredKm2: radio ? (km2[asset.id] ?? 0) : 0,
        curtailedShare: physics.curtailedShare?.get(asset.id) ?? 0,
        pvKwhPerKwp: physics.pvKwhPerKwp ?? PV_YIELD.value,
      },
      energyPriceUsd: settingOf(state, 'energy-price'),
      tokenPriceScale: settingOf(state, 'token-price-scale'),
    }
  })
}

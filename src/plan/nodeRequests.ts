import { assetDay } from '../engines/assets/assetDay.ts'
import { type Chance, chanceOf } from '../engines/assets/chance.ts'
import { pvYearKwhPerKwp, type Sky } from '../engines/assets/solar.ts'
import type { Asset, AssetKind } from '../model/asset.ts'
import type { CityMeta } from '../model/city.ts'
import type { CoverageSummary } from '../model/coverage.ts'
import { factKey } from '../model/factChange.ts'
import { type ScenarioState, settingOf } from '../model/scenario.ts'
import type { DriverChange, NodeRequest } from './plannedNode.ts'
import { isRadio } from './radioPlan.ts'

/** What the other engines found out about a plan. */
export interface Physics {
  readonly coverage: readonly CoverageSummary[]
  readonly curtailedShare?: ReadonlyMap<string, number> // by asset id, from the grid; absent: none
  readonly heldBy?: ReadonlyMap<string, string> // why, by asset id
  readonly meta: CityMeta // where the sun stands
  readonly startDay: number // days since 1970-01-01
  readonly eras?: ReadonlyMap<string, string> // rule set by network id; absent: the one in force
}

/** Kinds whose income is what their customers draw. */
const SELLS_ENERGY: readonly AssetKind[] = ['ev-charger', 'swap-station']
const STEPS = 96
/** The middles of the months stand for the year. */
const MONTH_DAYS = [15, 46, 74, 105, 135, 166, 196, 227, 258, 288, 319, 349]

/** What an asset draws on a mean day, by the same draws of chance that load the grid. */
export function drawnKwhPerDay(asset: Asset, sky: Omit<Sky, 'dayOfYear'>, chance: Chance): number {
  let kwh = 0
  for (const dayOfYear of MONTH_DAYS) {
    const { loadW } = assetDay(asset, { ...sky, dayOfYear }, null, chance(asset, sky.year, dayOfYear), STEPS)
    for (const w of loadW) kwh += (w * 24) / STEPS / 1000
  }
  return kwh / MONTH_DAYS.length
}

/** What the plan knows better of an asset's kind in its network, in order of name. */
export function changesOf({ facts }: ScenarioState, { network, kind }: Asset): DriverChange[] {
  const prefix = factKey(network, kind, '')
  return [...facts]
    .filter(([key]) => key.startsWith(prefix))
    .map(([key, { value, p10, p90, reason }]) => ({ driver: key.slice(prefix.length), value, p10, p90, reason }))
    .sort((a, b) => (a.driver < b.driver ? -1 : 1))
}

/** The economics to compute: every asset with what its place gives it, in order of id. */
export function nodeRequests(state: ScenarioState, physics: Physics): NodeRequest[] {
  const { meta, coverage, eras, curtailedShare, heldBy, startDay } = physics
  const people = new Map(coverage.flatMap((c) => Object.entries(c.perServerPeople)))
  const km2 = new Map(coverage.flatMap((c) => Object.entries(c.perServerKm2)))
  const assets = [...state.assets.values()].sort((a, b) => (a.id < b.id ? -1 : 1))
  const sky = {
    latDeg: meta.originLatDeg,
    lonDeg: meta.originLonDeg,
    utcOffsetH: meta.utcOffsetH,
    year: Number(meta.dataDate.slice(0, 4)) || 2017,
    cloudCover: settingOf(state, 'cloud-cover'),
  }
  const chance = chanceOf(assets)
  const pvKwhPerKwp = assets.some(({ kind }) => kind === 'pv-battery') ? pvYearKwhPerKwp(sky) : 0
  return assets.map((asset) => {
    const era = eras?.get(asset.network)
    const radio = isRadio(asset.kind)
    const changes = changesOf(state, asset)
    const why = heldBy?.get(asset.id)
    return {
      asset,
      ...(era === undefined ? {} : { era }),
      ...(changes.length === 0 ? {} : { changes }),
      ...(why === undefined ? {} : { heldBy: why }),
      site: {
        startDay,
        peopleReached: radio ? (people.get(asset.id) ?? 0) : 0,
        coveredKm2: radio ? (km2.get(asset.id) ?? 0) : 0,
        curtailedShare: curtailedShare?.get(asset.id) ?? 0,
        pvKwhPerKwp: asset.kind === 'pv-battery' ? pvKwhPerKwp : 0,
        drawnKwhPerDay: SELLS_ENERGY.includes(asset.kind) ? drawnKwhPerDay(asset, sky, chance) : 0,
      },
      energyPriceUsd: settingOf(state, 'energy-price'),
      tokenPriceScale: settingOf(state, 'token-price-scale'),
    }
  })
}

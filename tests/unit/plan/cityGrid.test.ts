import { beforeAll, describe, expect, test } from 'vitest'
import { finish } from '../../../src/base/steps.ts'
import { createEnu } from '../../../src/geo/enu.ts'
import { ASSET_KINDS, type Asset, type AssetKind } from '../../../src/model/asset.ts'
import type { City } from '../../../src/model/city.ts'
import type { ScenarioState, SettingId } from '../../../src/model/scenario.ts'
import { buildingDayOf, type CityGrid, GRID_ENGINES, openCityGrid, runCityGridDay } from '../../../src/plan/cityGrid.ts'
import { aTown } from '../../support/town.ts'

let city: City
let base: CityGrid
beforeAll(() => {
  city = aTown({ blocks: 6 })
  base = finish(openCityGrid(city))
})

/** An asset so many metres east and north of a building. */
function assetAt(
  id: string,
  kind: AssetKind,
  building: number,
  [dx, dy]: readonly [number, number],
  params: Record<string, number> = {},
): Asset {
  const out = new Float64Array(2)
  const { originLatDeg, originLonDeg } = city.meta
  createEnu(originLatDeg, originLonDeg).toGeo(
    city.buildings.centreXM[building]! + dx,
    city.buildings.centreYM[building]! + dy,
    out,
  )
  return { id, kind, latDeg: out[0]!, lonDeg: out[1]!, network: 'none', params }
}
const stateOf = (assets: Asset[] = [], settings: [SettingId, number][] = [['day-of-year', 17]]): ScenarioState => ({
  assets: new Map(assets.map((asset) => [asset.id, asset])),
  settings: new Map(settings),
  facts: new Map(),
})
const run = (...args: Parameters<typeof stateOf>) => finish(runCityGridDay(base, stateOf(...args)))

describe('runCityGridDay', () => {
  test('default: an empty plan is the city as it is', () => {
    const { day, summary, attachments, findings } = run()
    expect([attachments, findings]).toEqual([[], []])
    expect(summary.unconvergedSteps).toBe(0)
    expect(day.generationW.every((w) => w === 0)).toBe(true)
    expect(Object.keys(GRID_ENGINES)).toEqual(['load', 'synth', 'assets', 'grid'])
  })
  test('behavior: the same scenario gives the same bytes, whatever the order its assets were placed in', () => {
    const a = assetAt('a', 'ev-charger', 3, [5, 5])
    const b = assetAt('b', 'gpu-rack', 8, [0, 0])
    const { attacher: _, ...first } = run([a, b]) as ReturnType<typeof run> & { attacher?: unknown }
    const { attacher: __, ...second } = run([b, a]) as ReturnType<typeof run> & { attacher?: unknown }
    expect(second).toEqual(first)
  })
  test('behavior: a kept building day changes nothing', () => {
    const state = stateOf([assetAt('a', 'ev-charger', 3, [5, 5])])
    const kept = finish(buildingDayOf(base, state))
    expect(finish(runCityGridDay(base, state, kept)).day).toEqual(finish(runCityGridDay(base, state)).day)
  })
  test('args: load-scale, day-of-year and cloud-cover act as their names say', () => {
    const peak = (settings: [SettingId, number][]) => run([], settings).summary.peakLoadW
    expect(
      peak([
        ['day-of-year', 17],
        ['load-scale', 2],
      ]) / peak([['day-of-year', 17]]),
    ).toBeCloseTo(2, 5)
    expect(peak([['day-of-year', 196]])).toBeLessThan(peak([['day-of-year', 17]]))
    const pv = [assetAt('pv', 'pv-battery', 2, [0, 0], { storageKwh: 0 })]
    const sun = (cover: number) =>
      run(pv, [
        ['day-of-year', 172],
        ['cloud-cover', cover],
      ]).day.generationW.reduce((x, y) => x + y, 0)
    expect(sun(1)).toBeLessThan(0.5 * sun(0))
  })
  test('behavior: every kind of asset moves the city’s balance the right way', () => {
    const before = run()
    const energy = (d: typeof before) => d.day.loadW.reduce((x, y) => x + y, 0)
    for (const kind of ASSET_KINDS) {
      if (kind === 'pv-battery') continue
      const after = run([assetAt('x', kind, 4, [3, 3])])
      expect(energy(after), kind).toBeGreaterThan(energy(before))
      expect(
        after.day.sourceW.reduce((x, y) => x + y, 0),
        kind,
      ).toBeGreaterThan(before.day.sourceW.reduce((x, y) => x + y, 0))
    }
    const sunny = run([assetAt('x', 'pv-battery', 4, [0, 0])])
    expect(sunny.day.sourceW.reduce((x, y) => x + y, 0)).toBeLessThan(before.day.sourceW.reduce((x, y) => x + y, 0))
  })
  test('behavior: a battery on a house lowers what is fed back at noon', () => {
    const noon = (storageKwh: number) => {
      const pv = assetAt('pv', 'pv-battery', 4, [0, 0], { pvKwp: 20, storageKwh })
      const { day } = run([pv], [['day-of-year', 172]])
      return day.generationW[50]! - (day.loadW[50]! - run([], [['day-of-year', 172]]).day.loadW[50]!)
    }
    expect(noon(200)).toBeLessThan(noon(0))
  })
  test('error: PLACEMENT_REFUSED for a parameter that no such asset has', () => {
    expect(() => run([assetAt('x', 'ev-charger', 3, [0, 0], { powerKw: 1e6 })])).toThrow(
      expect.objectContaining({ code: 'PLACEMENT_REFUSED' }),
    )
  })
})

describe('attachment', () => {
  const attach = (asset: Asset) => {
    const { attachments, findings } = run([asset])
    return { attachment: attachments[0], codes: findings.map(({ code }) => code) }
  }
  test('default: on a building, at its own bus', () => {
    const { attachment } = attach(assetAt('x', 'gpu-rack', 6, [0, 0]))
    expect(attachment).toMatchObject({ way: 'building', bus: base.grid.buildingBus[6], building: 6 })
  })
  test('behavior: in the street, at the nearest low-voltage bus', () => {
    const { attachment } = attach(assetAt('x', 'ev-charger', 6, [12, 0], { powerKw: 22, connectors: 2 }))
    expect(attachment).toMatchObject({ way: 'street', building: -1 })
    expect(attachment!.distanceM).toBeLessThan(60)
  })
  test('behavior: above 100 kW at the board of a station, above 630 kW on 10 kV, and said', () => {
    const large = attach(assetAt('x', 'ev-charger', 6, [12, 0], { powerKw: 150, connectors: 2 }))
    expect(large.attachment).toMatchObject({ way: 'board' })
    expect(base.grid.map.busKind[large.attachment!.bus]).toBe(3)
    const huge = attach(assetAt('x', 'ev-charger', 6, [12, 0], { powerKw: 350, connectors: 4 }))
    expect(huge.attachment).toMatchObject({ way: 'own-station' })
    expect(huge.codes).toEqual(['ASSET_OWN_STATION'])
  })
  test('behavior: small but far from any low voltage it brings its own station', () => {
    const far = attach(assetAt('x', 'ev-charger', 0, [-700, -700], { powerKw: 22, connectors: 1 }))
    expect(far.attachment).toMatchObject({ way: 'own-station' })
  })
  test('behavior: out of reach it is refused with a finding, and the rest of the plan still runs', () => {
    const { attachments, findings, summary } = run([
      assetAt('far', 'wifi-cell', 0, [20_000, 0]),
      assetAt('near', 'wifi-cell', 0, [2, 2]),
    ])
    expect(attachments.map(({ assetId }) => assetId)).toEqual(['near'])
    expect(findings).toEqual([expect.objectContaining({ code: 'ASSET_OUT_OF_REACH', ids: ['far'] })])
    expect(summary.unconvergedSteps).toBe(0)
  })
})

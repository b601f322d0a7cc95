import { describe, expect, test } from 'vitest'
import { createEnu } from '../../../src/geo/enu.ts'
import { ASSET_KINDS, type Asset, type AssetKind } from '../../../src/model/asset.ts'
import { ROAD_CLASSES } from '../../../src/model/city.ts'
import { carriagewayAt, checkPlacement, type PlacePickers, placementRefusal } from '../../../src/plan/placement.ts'
import { tinyCity } from '../../support/tinyCity.ts'

const bare = tinyCity([{ x: 0, y: 0, w: 20, h: 20, heightM: 9 }])
const city = {
  ...bare,
  roads: {
    ...bare.roads,
    count: 2,
    class: Uint8Array.of(ROAD_CLASSES.indexOf('street'), ROAD_CLASSES.indexOf('foot')),
    widthM: Float32Array.of(8, 8),
    lines: {
      start: Uint32Array.of(0, 3, 5),
      xM: Float32Array.of(-100, 0, 100, -100, 100),
      yM: Float32Array.of(-50, -50, -50, 80, 80),
    },
  },
}
const pickers: PlacePickers = {
  buildingAt: (x, y) => (x > 0 && x < 20 && y > 0 && y < 20 ? 0 : -1),
  areaKindAt: (x) => (x > 200 ? 'water' : null),
}
const at = (xM: number, yM: number, id = 'other'): Asset => {
  const geo = new Float64Array(2)
  createEnu(city.meta.originLatDeg, city.meta.originLonDeg).toGeo(xM, yM, geo)
  return { id, kind: 'ev-charger', latDeg: geo[0]!, lonDeg: geo[1]!, network: 'ev-charging', params: {} }
}
const ask = (kind: AssetKind, xM: number, yM: number, placed: readonly Asset[] = [], movingId?: string) =>
  placementRefusal({ kind, xM, yM, ...(movingId ? { movingId } : {}) }, city, placed, pickers)

describe('placementRefusal', () => {
  test('default: open ground takes everything', () => {
    for (const kind of ASSET_KINDS) expect(ask(kind, 60, 60)).toBeNull()
  })
  test('behavior: what may stand in a building may, the rest needs open ground', () => {
    expect(ask('lorawan-gateway', 10, 10)).toBeNull()
    expect(ask('gpu-rack', 10, 10)).toBeNull()
    expect(ask('ev-charger', 10, 10)).toBe('EV charger: it needs open ground, and here stands a building.')
    expect(ask('swap-station', 10, 10)).toMatch(/here stands a building/)
  })
  test('behavior: water, carriageway and the edge of the map are refused; a footpath is not', () => {
    expect(ask('ev-charger', 250, 0)).toBe('EV charger: here is water.')
    expect(ask('lorawan-gateway', 50, -52)).toBe('LoRaWAN gateway: here is a carriageway.')
    expect(ask('lorawan-gateway', 50, 80)).toBeNull()
    expect(ask('lorawan-gateway', 5e5, 0)).toBe('LoRaWAN gateway: this point lies outside the map of Tiny.')
    expect(ask('lorawan-gateway', NaN, 0)).toMatch(/not a number/)
  })
  test('behavior: three metres from another thing, but not from itself while it is moved', () => {
    expect(ask('ev-charger', 60, 60, [at(61, 61)])).toMatch(/EV charger.*less than 3 m away/)
    expect(ask('ev-charger', 60, 60, [at(63.1, 60)])).toBeNull()
    expect(ask('ev-charger', 60, 60, [at(60, 60, 'me')], 'me')).toBeNull()
  })
  test('behavior: the carriageway has the width of the road', () => {
    expect(carriagewayAt(city.roads, 50, -46.1)).toBe(0)
    expect(carriagewayAt(city.roads, 50, -45.9)).toBe(-1)
    expect(carriagewayAt(city.roads, 103, -50)).toBe(0)
    expect(carriagewayAt(city.roads, 105, -50)).toBe(-1)
  })
})

test('error: PLACEMENT_REFUSED carries the sentence', () => {
  expect(() => checkPlacement({ kind: 'ev-charger', xM: 10, yM: 10 }, city, [], pickers)).toThrowError(
    expect.objectContaining({ code: 'PLACEMENT_REFUSED', message: expect.stringContaining('building') }),
  )
  expect(() => checkPlacement({ kind: 'ev-charger', xM: 60, yM: 60 }, city, [], pickers)).not.toThrow()
})

import { describe, expect, test } from 'vitest'
import { finish } from '../../../../src/base/steps.ts'
import { type RasterCache, rasterKey, runCoverage } from '../../../../src/engines/radio/coverage.ts'
import { coverageModels } from '../../../../src/engines/radio/coverageModels.ts'
import { summariseCoverage } from '../../../../src/engines/radio/coverageSummary.ts'
import { entryLossDb } from '../../../../src/engines/radio/entryLoss.ts'
import { freeSpaceDb } from '../../../../src/engines/radio/freeSpace.ts'
import { footprintBoxes } from '../../../../src/engines/radio/heightField.ts'
import { umaLos, umaNlos } from '../../../../src/engines/radio/models/uma.ts'
import { umiLosDb, umiNlosDb } from '../../../../src/engines/radio/models/umi.ts'
import type { TransmitterRaster } from '../../../../src/engines/radio/transmitterRaster.ts'
import type { Transmitter } from '../../../../src/model/coverage.ts'
import { type Block, blockBuildings } from '../../../support/tinyCity.ts'

const gateway = (id: string, xM: number, yM: number, more: Partial<Transmitter> = {}): Transmitter => ({
  id,
  xM,
  yM,
  heightM: 20,
  eirpDbm: 16,
  freqMhz: 868,
  rangeM: 1000,
  sensitivityDbm: -137,
  ...more,
})
const blocks: Block[] = [
  { x: 100, y: -20, w: 40, h: 40, heightM: 30, levels: 10 },
  { x: -200, y: -20, w: 40, h: 40, heightM: 9, levels: 3 },
  { x: 5000, y: 5000, w: 40, h: 40, heightM: 9, levels: 3 },
]
const buildings = blockBuildings(blocks)
const boxes = footprintBoxes(buildings)
const cover = (transmitters: readonly Transmitter[], cellM = 10, model = 'bullington', cache?: RasterCache) =>
  finish(runCoverage({ buildings, boxes, transmitters, cellM, model }, cache))
const at = (raster: ReturnType<typeof cover>, xM: number, yM: number): number => {
  const c = Math.floor((xM - raster.x0M) / raster.cellM)
  const r = Math.floor((yM - raster.y0M) / raster.cellM)
  return c < 0 || r < 0 || c >= raster.cols || r >= raster.rows ? NaN : raster.rssiDbm[r * raster.cols + c]!
}

describe('received power', () => {
  test('default: over open ground it is free space, indoors less by the entry loss', () => {
    const raster = cover([gateway('a', 5, 5)])
    const straight = Math.sqrt(100 * 100 + 18.5 * 18.5)
    expect(at(raster, 5, 105)).toBeCloseTo(16 - freeSpaceDb(straight, 868), 1)
    const inside = Math.sqrt(100 * 100 + 18.5 * 18.5)
    expect(at(raster, 105, 5)).toBeCloseTo(16 - freeSpaceDb(inside, 868) - entryLossDb(868), 1)
    expect(at(raster, 205, 5)).toBeLessThan(16 - freeSpaceDb(200, 868) - 10)
  })
  test('default: a small cell follows UMi, hidden or in sight', () => {
    const raster = cover([gateway('a', 5, 5, { freqMhz: 5500, heightM: 10, eirpDbm: 30, rangeM: 400 })], 10, 'umi')
    expect(at(raster, 5, 105)).toBeCloseTo(30 - umiLosDb(5500, 100, 10, 1.5), 2)
    expect(at(raster, 205, 5)).toBeCloseTo(30 - umiNlosDb(5500, 200, 10, 1.5), 2)
  })
  test('default: a tower follows UMa, hidden or in sight, on both slopes', () => {
    const row = (d_m: number, h_tx_m: number) => ({ f_mhz: 1800, d_m, h_tx_m, h_rx_m: 1.5, h_e_m: 1 })
    const loss = (model: typeof umaLos, d_m: number, h_tx_m: number) => {
      const answer = model.lossDb(row(d_m, h_tx_m))
      return typeof answer === 'number' ? answer : answer.lossDb
    }
    const tower = gateway('a', 5, 5, { freqMhz: 1800, heightM: 25, eirpDbm: 58, rangeM: 1000 })
    const raster = cover([tower], 10, 'uma')
    expect(at(raster, 5, 105)).toBeCloseTo(58 - loss(umaLos, 100, 25), 2)
    expect(at(raster, 5, 905)).toBeCloseTo(58 - loss(umaLos, 900, 25), 2)
    const low = cover([{ ...tower, heightM: 10 }], 10, 'uma')
    expect(at(low, 205, 5)).toBeCloseTo(58 - loss(umaNlos, 200, 10), 2)
  })
  test('default: the entry loss at 868 MHz is 14.2 dB (P.2109 median, traditional, horizontal)', () => {
    expect(entryLossDb(868)).toBeCloseTo(14.2, 1)
  })
  test('behavior: one decibel more power is one decibel more everywhere', () => {
    const [a, b] = [cover([gateway('a', 5, 5)]), cover([gateway('a', 5, 5, { eirpDbm: 17 })])]
    a.rssiDbm.forEach((rssi, i) => {
      if (!Number.isNaN(rssi)) expect(b.rssiDbm[i]! - rssi).toBeCloseTo(1, 4)
    })
  })
})

describe('best server', () => {
  const two = [gateway('a', -300, 0), gateway('b', 300, 0)]
  test('behavior: each cell has the stronger of the two, whichever order they come in', () => {
    const both = cover(two)
    const alone = two.map((t) => cover([t]))
    const swapped = cover([...two].reverse())
    for (let r = 0; r < both.rows; r++) {
      for (let c = 0; c < both.cols; c++) {
        const [x, y] = [both.x0M + (c + 0.5) * 10, both.y0M + (r + 0.5) * 10]
        const levels = alone.map((raster) => at(raster, x, y)).filter((v) => !Number.isNaN(v))
        const here = both.rssiDbm[r * both.cols + c]!
        if (levels.length === 0) expect(here).toBeNaN()
        else expect(here).toBe(Math.max(...levels))
        expect(swapped.rssiDbm[r * both.cols + c]).toEqual(here)
      }
    }
  })
  test('behavior: below its sensitivity nobody serves, though the level is kept', () => {
    const deaf = cover([gateway('a', 5, 5, { sensitivityDbm: -40 })])
    const i = deaf.server.findIndex((s, k) => s === -1 && !Number.isNaN(deaf.rssiDbm[k]!))
    expect(i).toBeGreaterThanOrEqual(0)
  })
  test('behavior: no transmitter, no raster', () => {
    expect(cover([]).rssiDbm.length).toBe(0)
  })
})

describe('summary', () => {
  const people = Float32Array.of(100, 30, 50)
  const sum = (transmitters: readonly Transmitter[]) =>
    summariseCoverage(cover(transmitters), transmitters, 7.8, buildings, people)
  test('default: area, buildings and people of one gateway', () => {
    const s = sum([gateway('a', 5, 5)])
    expect(s.coveredKm2).toBeCloseTo(Math.PI, 1)
    expect([s.buildingsCovered, s.buildingsTotal]).toEqual([2, 3])
    expect([s.peopleCovered, s.peopleTotal]).toEqual([130, 180])
    expect(s.perServerPeople).toEqual({ a: 130 })
  })
  test('behavior: P10 <= P50 <= P90 for area and people, and the servers add up', () => {
    for (const sensitivityDbm of [-137, -110, -95, -85, -70]) {
      const s = sum([gateway('a', -300, 0, { sensitivityDbm }), gateway('b', 300, 0, { sensitivityDbm })])
      expect(s.coveredKm2P10).toBeLessThanOrEqual(s.coveredKm2)
      expect(s.coveredKm2).toBeLessThanOrEqual(s.coveredKm2P90 + 1e-9)
      expect(s.peopleCoveredP10).toBeLessThanOrEqual(s.peopleCovered)
      expect(s.peopleCovered).toBeLessThanOrEqual(s.peopleCoveredP90)
      expect(s.perServerKm2.a! + s.perServerKm2.b!).toBeCloseTo(s.coveredKm2, 9)
      expect(s.perServerPeople.a! + s.perServerPeople.b!).toBeCloseTo(s.peopleCovered, 9)
    }
  })
})

describe('steps and cache', () => {
  test('behavior: progress rises to 1, and the same input gives the same bytes', () => {
    const seen: number[] = []
    const run = () =>
      finish(
        runCoverage({
          buildings,
          boxes,
          transmitters: [gateway('a', 0, 0), gateway('b', 99, 0)],
          cellM: 10,
          model: 'bullington',
        }),
        (f) => seen.push(f),
      )
    const [a, b] = [run(), run()]
    expect(a).toEqual(b)
    const once = seen.slice(0, seen.length / 2)
    expect(once).toEqual([...once].sort((x, y) => x - y))
    expect(once.at(-1)).toBe(1)
  })
  test('behavior: a moved gateway is swept again, the others are taken from the cache', () => {
    const held = new Map<string, TransmitterRaster>()
    let made = 0
    const cache: RasterCache = {
      get: (key) => held.get(key),
      set: (key, raster) => {
        made++
        held.set(key, raster)
      },
    }
    cover([gateway('a', 0, 0), gateway('b', 99, 0)], 10, 'bullington', cache)
    const moved = cover([gateway('a', 0, 0), gateway('b', 250, 0)], 10, 'bullington', cache)
    expect(made).toBe(3)
    expect(moved).toEqual(cover([gateway('a', 0, 0), gateway('b', 250, 0)]))
  })
  test('behavior: the cache key holds all that changes the raster, and nothing else', () => {
    const t = gateway('a', 1, 2)
    expect(rasterKey({ ...t, id: 'z', sensitivityDbm: 0 }, 10, 'umi')).toBe(rasterKey(t, 10, 'umi'))
    const changes: Partial<Transmitter>[] = [
      { xM: 9 },
      { yM: 9 },
      { heightM: 9 },
      { eirpDbm: 9 },
      { freqMhz: 9 },
      { rangeM: 9 },
    ]
    const keys = [
      ...changes.map((change) => rasterKey({ ...t, ...change }, 10, 'umi')),
      rasterKey(t, 5, 'umi'),
      rasterKey(t, 10, 'bullington'),
    ]
    expect(new Set([...keys, rasterKey(t, 10, 'umi')]).size).toBe(keys.length + 1)
  })
})

describe('error: RADIO_OUT_OF_RANGE', () => {
  test.each([
    ['frequency', { freqMhz: 1 }],
    ['frequency', { freqMhz: NaN }],
    ['antenna height', { heightM: 0 }],
    ['radiated power', { eirpDbm: 1e9 }],
    ['position', { xM: Infinity }],
    ['range', { rangeM: 1e9 }],
    ['range', { rangeM: 0 }],
    ['range', { rangeM: NaN }],
  ])('names a senseless %s', (what, change) => {
    expect(() => cover([gateway('a', 0, 0, change)])).toThrowError(
      expect.objectContaining({ code: 'RADIO_OUT_OF_RANGE', message: expect.stringContaining(what) }),
    )
  })
  test('names a cell size of nothing and a model that does not exist', () => {
    expect(() => cover([gateway('a', 0, 0)], 0)).toThrowError(expect.objectContaining({ code: 'RADIO_OUT_OF_RANGE' }))
    expect(() => cover([gateway('a', 0, 0)], 10, 'magic')).toThrowError(/expected one of: bullington, umi/)
  })
})

test('default: every coverage model names its source', () => {
  for (const { source, sigmaDb } of coverageModels) {
    expect(source.length).toBeGreaterThan(10)
    expect(sigmaDb).toBeGreaterThan(0)
  }
})

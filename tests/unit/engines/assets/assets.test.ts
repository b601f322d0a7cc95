import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { createRandom } from '../../../../src/base/random.ts'
import { finish } from '../../../../src/base/steps.ts'
import { addPower, drawArrivals, drawPoisson } from '../../../../src/engines/assets/arrivals.ts'
import { ratedWOf } from '../../../../src/engines/assets/assetDay.ts'
import { chanceOf } from '../../../../src/engines/assets/chance.ts'
import { chargerDay } from '../../../../src/engines/assets/evCharger.ts'
import { ASSET_FACTS } from '../../../../src/engines/assets/facts.ts'
import { assets } from '../../../../src/engines/assets/index.ts'
import { batteryDay } from '../../../../src/engines/assets/pvBattery.ts'
import {
  clearSkyGhi,
  diffuseShare,
  pvDayWPerKwp,
  pvwattsAc,
  pvwattsDc,
  pvYearKwhPerKwp,
} from '../../../../src/engines/assets/solar.ts'
import { swapDay } from '../../../../src/engines/assets/swapStation.ts'
import { ASSET_KINDS, type Asset } from '../../../../src/model/asset.ts'

const kwh = (watts: ArrayLike<number>): number =>
  Array.from(watts).reduce((a, b) => a + b, 0) * (24 / watts.length / 1000)
const astana = { latDeg: 51.13, lonDeg: 71.43, utcOffsetH: 5, year: 2017, cloudCover: 0 }

describe('arrivals', () => {
  test('default: a Poisson count has its mean and its variance, small and large', () => {
    for (const mean of [0.5, 7, 90]) {
      const random = createRandom(`poisson ${mean}`)
      const draws = Array.from({ length: 4000 }, () => drawPoisson(random, mean))
      const average = draws.reduce((a, b) => a + b, 0) / draws.length
      const variance = draws.reduce((a, b) => a + (b - average) ** 2, 0) / draws.length
      expect(Math.abs(average - mean)).toBeLessThan(5 * Math.sqrt(mean / 4000))
      expect(Math.abs(variance / mean - 1)).toBeLessThan(0.15)
    }
  })
  test('behavior: arrivals stand in order, inside the day, more where the weight is', () => {
    const hours = Array.from({ length: 24 }, (_, h) => (h >= 12 ? 3 : 1))
    const times = drawArrivals(createRandom('arrivals'), 5000, hours)
    expect(times).toEqual([...times].sort((a, b) => a - b))
    expect(times.every((t) => t >= 0 && t < 24)).toBe(true)
    expect(times.filter((t) => t >= 12).length / times.length).toBeCloseTo(0.75, 1)
  })
  test('behavior: seed 41: power added keeps its energy wherever it begins, past midnight too', () => {
    fc.assert(
      fc.property(
        fc.double({ min: 0, max: 23.99, noNaN: true }),
        fc.double({ min: 0.01, max: 20, noNaN: true }),
        (from, length) => {
          const series = new Float64Array(96)
          addPower(series, from, from + length, 1000)
          expect(kwh(series)).toBeCloseTo(length, 9)
        },
      ),
      { seed: 41, numRuns: 200 },
    )
  })
})

describe('chargerDay', () => {
  test('default: what is drawn is what the sessions took', () => {
    const day = chargerDay(50, 2, false, createRandom(1), 96)
    expect(day.sessions).toBeGreaterThan(3)
    expect(kwh(day.loadW)).toBeCloseTo(day.energyKwh, 6)
    expect(Math.max(...day.loadW)).toBeLessThanOrEqual(100_000 + 1e-6)
  })
  test('behavior: managed charging takes as much and peaks lower', () => {
    const peaks = (isManaged: boolean) => Math.max(...chargerDay(11, 10, isManaged, createRandom('m'), 96).loadW)
    expect(peaks(true)).toBeLessThan(0.6 * peaks(false))
  })
  test('behavior: many connectors are rarely all busy', () => {
    const day = chargerDay(22, 24, false, createRandom(3), 96)
    expect(Math.max(...day.loadW)).toBeLessThan(24 * 22_000 * 0.8)
  })
})

describe('swapDay', () => {
  test('default: every swap is charged again, and no more packs charge than there are', () => {
    const day = swapDay(21, 40, createRandom(1), 96)
    expect(kwh(day.loadW)).toBeCloseTo(day.energyKwh, 6)
    expect(day.swaps).toBeGreaterThan(60)
    expect(Math.max(...day.loadW)).toBeLessThanOrEqual(21 * 40_000)
  })
  test('behavior: weak chargers turn people away', () => {
    const turnedAway = (kw: number) => swapDay(8, kw, createRandom(2), 96).turnedAway
    expect(turnedAway(7)).toBeGreaterThan(turnedAway(120))
    expect(turnedAway(120)).toBe(0)
  })
})

describe('solar', () => {
  test('default: PVWatts to its published figures', () => {
    expect(pvwattsDc(900, 30, 100, -0.003)).toBeCloseTo(88.65, 12)
    expect(pvwattsAc(90, 100, 0.95)).toBeCloseTo(85.58556604752516, 10)
    expect(pvwattsAc(50, 100, 0.95)).toBeCloseTo(47.60843624, 8)
    expect(pvwattsAc(0, 100, 0.95)).toBe(0)
    expect(pvwattsAc(120, 100, 0.95)).toBe(95)
  })
  test('default: clear sky and diffuse share at their limits', () => {
    expect(clearSkyGhi(1)).toBeCloseTo(1098 * Math.exp(-0.059), 9)
    expect(clearSkyGhi(-0.1)).toBe(0)
    expect(diffuseShare(0)).toBe(1)
    expect(diffuseShare(0.9)).toBe(0.165)
    for (const k of [0.22, 0.8]) expect(Math.abs(diffuseShare(k - 1e-9) - diffuseShare(k + 1e-9))).toBeLessThan(0.01)
  })
  test('behavior: summer beats winter, clear beats cloudy, night gives nothing, noon is the peak', () => {
    const day = (dayOfYear: number, cloudCover: number) => pvDayWPerKwp({ ...astana, dayOfYear, cloudCover }, 96)
    const summer = day(172, 0)
    expect(kwh(summer)).toBeGreaterThan(2 * kwh(day(355, 0)))
    expect(kwh(day(172, 0.9))).toBeLessThan(0.55 * kwh(summer))
    expect(summer[0]).toBe(0)
    // solar noon: 71.43° E is 4.76 h ahead of Greenwich
    expect(Math.abs(summer.indexOf(Math.max(...summer)) / 4 - 12.3)).toBeLessThan(0.6)
    expect(Math.max(...summer)).toBeLessThan(1000)
  })
  test('behavior: the southern half of the world faces north', () => {
    const sydney = { ...astana, latDeg: -33.87, lonDeg: 151.2, utcOffsetH: 10, dayOfYear: 172 }
    expect(kwh(pvDayWPerKwp(sydney, 96))).toBeGreaterThan(2.5)
  })
  test('behavior: a year of half-clouded Astana yields what such places yield', () => {
    const year = pvYearKwhPerKwp({ ...astana, cloudCover: 0.55 })
    expect(year).toBeGreaterThan(1100)
    expect(year).toBeLessThan(1900)
  })
})

describe('batteryDay', () => {
  const pvW = pvDayWPerKwp({ ...astana, dayOfYear: 172 }, 96).map((w) => w * 10)
  const houseW = new Float64Array(96).fill(1500)
  test('default: energy is kept, less the losses; nothing is charged and discharged at once', () => {
    const { chargeW, dischargeW, storedKwh } = batteryDay(pvW, houseW, 10)
    expect(Math.max(...storedKwh)).toBeLessThanOrEqual(10 + 1e-9)
    expect(Math.min(...storedKwh)).toBeGreaterThanOrEqual(-1e-9)
    chargeW.forEach((w, t) => {
      expect(Math.min(w, dischargeW[t]!)).toBe(0)
      expect(w).toBeLessThanOrEqual(Math.max(0, pvW[t]! - houseW[t]!) + 1e-9)
      expect(dischargeW[t]!).toBeLessThanOrEqual(Math.max(0, houseW[t]! - pvW[t]!) + 1e-9)
    })
    // a day that begins as it ended
    expect(kwh(dischargeW)).toBeCloseTo(kwh(chargeW) * ASSET_FACTS.storageEfficiency.value, 6)
  })
  test('behavior: steps are coupled: what was stored at noon is there in the evening, and a larger battery serves longer', () => {
    const evening = (capacity: number) => kwh(batteryDay(pvW, houseW, capacity).dischargeW.subarray(76))
    expect(evening(0)).toBe(0)
    expect(evening(20)).toBeGreaterThan(evening(5))
  })
  test('behavior: without a house it feeds the evening', () => {
    const { dischargeW } = batteryDay(pvW, null, 10)
    dischargeW.forEach((w, t) => {
      if (t < 72 || t >= 88) expect(w).toBe(0)
    })
    expect(kwh(dischargeW)).toBeGreaterThan(5)
  })
})

describe('the assets engine', () => {
  const asset = (kind: Asset['kind'], params: Record<string, number> = {}): Asset => ({
    id: kind,
    kind,
    latDeg: 51.13,
    lonDeg: 71.43,
    network: 'none',
    params,
  })
  const run = (...placed: Asset[]) =>
    finish(
      assets.run({
        assets: placed,
        sky: { ...astana, dayOfYear: 172 },
        houseW: new Map(),
        steps: 96,
        chance: chanceOf(placed),
      }),
    )

  test('default: every kind has a day, within what its connection carries', () => {
    const days = run(...ASSET_KINDS.map((kind) => asset(kind)))
    expect(days.map(({ id }) => id)).toEqual(ASSET_KINDS)
    days.forEach(({ id, loadW, generationW, qVar, ratedW }) => {
      expect(ratedW).toBe(ratedWOf(asset(id as Asset['kind'])))
      for (const series of [loadW, generationW, qVar]) expect(series).toHaveLength(96)
      expect(Math.max(...loadW)).toBeLessThanOrEqual(ratedW + 1e-6)
      expect(kwh(loadW) + kwh(generationW)).toBeGreaterThan(0)
      if (id !== 'pv-battery') expect(Math.max(...generationW)).toBe(0)
    })
  })
  test('behavior: racks draw what they are rated', () => {
    const [gpu] = run(asset('gpu-rack', { gpus: 10, gpuW: 400 }))
    expect(gpu!.loadW[40]).toBeCloseTo(10 * 400 * 1.35, 9)
  })
  test('behavior: an asset does not change because another was placed', () => {
    const [alone] = run(asset('ev-charger'))
    const [, beside] = run(asset('swap-station'), asset('ev-charger'))
    expect(beside).toEqual(alone)
  })
  test('behavior: the same plan made twice loads the grid alike, whatever its assets are called', () => {
    const [first] = run(asset('ev-charger'))
    const [again] = run({ ...asset('ev-charger'), id: 'another', latDeg: 51.13000004 })
    expect(again!.loadW).toEqual(first!.loadW)
    const [moved] = run({ ...asset('ev-charger'), latDeg: 51.1301 })
    expect(moved!.loadW).not.toEqual(first!.loadW)
  })
  test('behavior: twins on one spot are not one drawn twice, in whatever order they are listed', () => {
    const twins = ['a', 'b'].map((id) => ({ ...asset('swap-station'), id }))
    const [a, b] = run(...twins)
    expect(a!.loadW).not.toEqual(b!.loadW)
    expect(run(...twins.toReversed()).map(({ loadW }) => loadW)).toEqual([b!.loadW, a!.loadW])
  })
  test.each([
    ['ev-charger', 'connectors', 99],
    ['gpu-rack', 'gpus', NaN],
    ['pv-battery', 'pvKwp', -3],
  ] as const)('error: PLACEMENT_REFUSED: %s with %s %d', (kind, key, value) => {
    expect(() => run(asset(kind, { [key]: value }))).toThrow(
      expect.objectContaining({ code: 'PLACEMENT_REFUSED', details: { id: kind, key } }),
    )
  })
})

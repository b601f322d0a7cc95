import { describe, expect, test } from 'vitest'
import { createFleet } from '../../../../data/devnet/fleet/createFleet.ts'
import { createGround } from '../../../../data/devnet/fleet/ground.ts'
import { CENTRE_M, CLEARANCE_M } from '../../../../data/devnet/fleet/spread.ts'
import { TwinError } from '../../../../src/base/errors.ts'
import { createEnu } from '../../../../src/geo/enu.ts'
import { DEVICE_KIND_INFO, DEVICE_KINDS, metricById } from '../../../../src/model/device.ts'
import { aCity, aTown, box } from '../../../support/toyCity.ts'

const town = aTown()
const fleet = createFleet(town)
const enu = createEnu(town.meta.originLatDeg, town.meta.originLonDeg)
const local = fleet.devices.map(({ latDeg, lonDeg }) => {
  const out = new Float64Array(2)
  enu.toLocal(latDeg, lonDeg, out)
  return { xM: out[0]!, yM: out[1]! }
})
const kinds = DEVICE_KINDS.map((kind) => ({
  kind,
  rows: fleet.devices.map((d, i) => ({ ...d, i })).filter((d) => d.kind === kind),
}))

describe('places', () => {
  test('default: 320 devices of every kind, about one in five with P-256', () => {
    expect(fleet.devices.length).toBe(320)
    for (const { rows } of kinds) expect(rows.length).toBeGreaterThanOrEqual(8)
    expect(fleet.devices.filter(({ curve }) => curve === 'p256').length).toBe(64)
  })

  test('behavior: at least 40 % stand where the opening view looks', () => {
    expect(local.filter(({ xM, yM }) => Math.hypot(xM, yM) <= CENTRE_M).length).toBeGreaterThanOrEqual(128)
  })

  test('behavior: no two stand closer than the clearance', () => {
    local.forEach((a, i) => {
      for (const b of local.slice(0, i))
        expect(Math.hypot(a.xM - b.xM, a.yM - b.yM)).toBeGreaterThan(CLEARANCE_M - 0.01)
    })
  })

  test('behavior: none stands in water, and what stands on the ground stands outside of buildings', () => {
    const ground = createGround(town)
    fleet.devices.forEach(({ kind }, i) => {
      const { xM, yM } = local[i]!
      expect(ground.inWater(xM, yM)).toBe(false)
      if (kind === 'pv-inverter') expect(ground.inBuilding(xM, yM)).toBe(true)
      if (kind !== 'pv-inverter' && kind !== 'lora-gateway') expect(ground.inBuilding(xM, yM)).toBe(false)
    })
  })

  test('behavior: roof devices are at the height of their roof, sensors at that of a lamp', () => {
    const heights = new Map(
      Array.from(town.buildings.osm.id, (id, i) => [`way/${id}` as string, town.buildings.heightM[i]!] as const),
    )
    for (const { kind, heightM, buildingOsmId } of fleet.devices) {
      if (kind === 'pv-inverter') expect(heightM).toBe(heights.get(buildingOsmId!))
      if (kind === 'lora-gateway' && buildingOsmId) expect(heightM).toBe(heights.get(buildingOsmId)! + 2)
      if (kind === 'air-quality') expect(heightM >= 3 && heightM <= 6).toBe(true)
    }
  })

  test('behavior: titles are all different and say kind and place', () => {
    expect(new Set(fleet.devices.map(({ title }) => title)).size).toBe(320)
    for (const { kind, title } of fleet.devices)
      expect(title.startsWith(`${DEVICE_KIND_INFO[kind].title} · `)).toBe(true)
    expect(fleet.devices.some(({ title }) => /^Smart meter · Meridian \d+ \d+$/.test(title))).toBe(true)
  })

  test('behavior: the same seed gives the same fleet, another seed another', () => {
    expect(createFleet(town).devices).toEqual(fleet.devices)
    expect(createFleet(town, { seed: 2 }).devices).not.toEqual(fleet.devices)
  })

  test('behavior: a hamlet gets as many as fit', () => {
    const hamlet = aCity({ buildings: [{ ring: box(0, 0, 60, 40), heightM: 6, use: 'apartments' }] })
    const { devices } = createFleet(hamlet, { devices: 100 })
    expect(devices.map(({ kind }) => kind)).toEqual(['pv-inverter', 'smart-meter'])
    expect(devices[1]!.title).toBe('Smart meter · Toytown')
  })

  test('error: CITY_EMPTY an empty city has no place for a device', () => {
    expect(() => createFleet(aCity({}))).toThrow(TwinError)
    expect(() => createFleet(aCity({}))).toThrow(/Toytown has no building, street corner or parking lot/)
  })

  test('error: a device that does not exist is refused', () => {
    expect(() => fleet.readAt(320, 0)).toThrow(/expected 0 to 319/)
  })
})

describe('readings', () => {
  const months = Array.from({ length: 12 }, (_, month) => month)

  test.each(kinds)('behavior: $kind says what its kind says, in order', ({ kind, rows }) => {
    for (const { i } of rows.slice(0, 3))
      expect(fleet.readAt(i, Date.UTC(2026, 3, 1)).map(({ metric }) => metric)).toEqual(DEVICE_KIND_INFO[kind].metrics)
  })

  test.each(kinds)('behavior: $kind stays believable through a year', ({ rows }) => {
    const steps = [1_000, 10_000, 60_000, 900_000]
    for (const { i } of rows) {
      for (const month of months) {
        // a different hour of a different day each month and device
        const startMs = Date.UTC(2026, month, 1 + ((7 * i + month) % 28), (5 * i + 3 * month) % 24, i % 60)
        let lastMs = startMs
        let last = fleet.readAt(i, startMs)
        for (const step of steps) {
          const now = fleet.readAt(i, lastMs + step)
          now.forEach(({ metric, value }, k) => {
            const { min, max, maxPerS, key } = metricById.get(metric)!
            if (!(value >= min && value <= max)) expect.fail(`device ${i} ${key} = ${value} in month ${month + 1}`)
            const perS = Math.abs(value - last[k]!.value) / (step / 1000)
            if (!(perS <= maxPerS)) expect.fail(`device ${i} ${key} changes by ${perS}/s in month ${month + 1}`)
          })
          last = now
          lastMs += step
        }
      }
    }
  })

  test('behavior: every value has the digits its scale promises', () => {
    fleet.devices.forEach((_, i) => {
      for (const { value, scale } of fleet.readAt(i, Date.UTC(2026, 6, 3, 8, 0, i))) {
        const digits = value * 10 ** -scale
        expect(Math.abs(digits - Math.round(digits))).toBeLessThan(1e-6)
        expect(Number.isInteger(scale)).toBe(true)
      }
    })
  })

  test('behavior: answers do not depend on the order of questions', () => {
    const questions = Array.from(
      { length: 400 },
      (_, i) => [(7 * i) % 320, Date.UTC(2026, 8, 1) + i * 7_777_777] as const,
    )
    const again = createFleet(town)
    const forward = questions.map(([device, timeMs]) => fleet.readAt(device, timeMs))
    const backward = [...questions].reverse().map(([device, timeMs]) => again.readAt(device, timeMs))
    expect(backward.reverse()).toEqual(forward)
  })

  test('behavior: meters of homes draw more in the evening than before dawn', () => {
    const meters = kinds.find(({ kind }) => kind === 'smart-meter')!.rows
    const townW = (hourUtc: number): number =>
      meters.reduce((sum, { i }) => {
        for (let day = 0; day < 5; day++) sum += fleet.readAt(i, Date.UTC(2026, 10, 23 + day, hourUtc))[0]!.value
        return sum
      }, 0)
    expect(townW(13.5)).toBeGreaterThan(1.8 * townW(22)) // 18:30 against 03:00
  })

  test('default: one meter publishes means, one an hour late, and nobody else keeps anything back', () => {
    const wishes = fleet.devices.flatMap(({ kind, privacy }) => (privacy ? { kind, ...privacy } : []))
    expect(wishes).toHaveLength(2)
    expect(wishes).toContainEqual({ kind: 'smart-meter', publish: 'aggregated', everyS: 900 })
    expect(wishes).toContainEqual({ kind: 'smart-meter', publish: 'delayed', delayS: 3600 })
  })
  test.each([40, 80, 320])('default: the spare device of the teaching switch, the last of %i, speaks at once', (n) => {
    expect(createFleet(town, { devices: n }).devices.at(-1)!.privacy).toBeUndefined()
  })
  test('default: a fleet of few meters keeps nothing back', () => {
    const { devices } = createFleet(town, { devices: 12 })
    expect(devices.filter(({ kind }) => kind === 'smart-meter').length).toBeGreaterThan(0)
    expect(devices.some(({ privacy }) => privacy)).toBe(false)
  })

  test('behavior: voltage sags with load', () => {
    const { i } = kinds.find(({ kind }) => kind === 'smart-meter')!.rows[0]!
    const samples = Array.from({ length: 800 }, (_, k) => fleet.readAt(i, Date.UTC(2026, 10, 24, 8) + k * 30_000))
    const sorted = samples.map(([power, volts]) => ({ w: power!.value, v: volts!.value })).sort((a, b) => a.w - b.w)
    const mean = (rows: typeof sorted): number => rows.reduce((sum, { v }) => sum + v, 0) / rows.length
    expect(mean(sorted.slice(-100))).toBeLessThan(mean(sorted.slice(0, 100)))
  })

  test('behavior: PV roofs that stand together move together', () => {
    const roofs = kinds.find(({ kind }) => kind === 'pv-inverter')!.rows
    const [a] = roofs
    const byDistance = roofs
      .slice(1)
      .map(({ i }) => ({ i, m: Math.hypot(local[i]!.xM - local[a!.i]!.xM, local[i]!.yM - local[a!.i]!.yM) }))
      .sort((x, y) => x.m - y.m)
    const series = (i: number): number[] =>
      Array.from({ length: 2_000 }, (_, k) => {
        const timeMs = Date.UTC(2026, 4, 1 + (k % 90), 5, (k * 7) % 240)
        return fleet.readAt(i, timeMs)[1]!.value
      })
    const difference = (i: number): number => {
      const [x, y] = [series(a!.i), series(i)]
      return x.reduce((sum, value, k) => sum + Math.abs(value - y[k]!), 0)
    }
    expect(difference(byDistance[0]!.i)).toBeLessThan(0.6 * difference(byDistance[byDistance.length - 1]!.i))
  })

  test('behavior: winter air holds more dust than summer air', () => {
    const sensors = kinds.find(({ kind }) => kind === 'air-quality')!.rows
    const mean = (month: number): number =>
      sensors.reduce((sum, { i }) => {
        for (let day = 1; day <= 28; day += 3)
          sum += fleet.readAt(i, Date.UTC(2026, month, day, (i * 5) % 24))[0]!.value
        return sum
      }, 0)
    expect(mean(0)).toBeGreaterThan(2.5 * mean(6))
  })
})

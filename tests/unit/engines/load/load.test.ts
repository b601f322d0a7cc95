import { describe, expect, test } from 'vitest'
import { createFindings } from '../../../../src/base/findings.ts'
import { finish } from '../../../../src/base/steps.ts'
import { loadsOfCity } from '../../../../src/engines/load/buildingLoads.ts'
import { dayLoadsOf } from '../../../../src/engines/load/dayLoads.ts'
import { ASTANA } from '../../../../src/engines/load/facts.ts'
import { dayShape, householdFactor } from '../../../../src/engines/load/profile.ts'
import { PROFILE_IDS, PROFILE_TABLES } from '../../../../src/engines/load/profileTables.ts'
import { BUILDING_USES } from '../../../../src/model/city.ts'
import { aTown } from '../../../support/town.ts'

const sum = (values: ArrayLike<number>): number => Array.from(values).reduce((a, b) => a + b, 0)

/** Nationwide holidays of 2017 where the profiles come from, by day of the year: they count as Sundays. Regional ones come on top. */
const HOLIDAYS_2017 = [1, 104, 107, 121, 145, 156, 276, 304, 359, 360]

describe('dayShape', () => {
  test.each(PROFILE_IDS)('default: %s over a year comes to its mean exactly', (id) => {
    for (const year of [2017, 2021]) {
      let total = 0
      for (let day = 1; day <= 365; day++) total += sum(dayShape(id, year, day))
      expect(Math.abs(total / (365 * 96) - 1)).toBeLessThan(1e-9)
    }
  })
  test('default: three seasons of three days of 24 hours, and a year of them near the 1,000 kWh they are drawn for', () => {
    for (const id of PROFILE_IDS) {
      expect(PROFILE_TABLES[id]).toHaveLength(216)
      let wattHours = 0
      for (let day = 1; day <= 365; day++) {
        const season = day < 80 || day > 304 ? 0 : day < 135 || day > 257 ? 1 : 2
        const weekday = new Date(Date.UTC(2017, 0, day)).getUTCDay()
        const type = weekday === 0 || HOLIDAYS_2017.includes(day) ? 2 : weekday === 6 ? 1 : 0
        const hours = PROFILE_TABLES[id].subarray((season * 3 + type) * 24, (season * 3 + type + 1) * 24)
        wattHours += (sum(hours) / 10) * (id === 'H0' ? householdFactor(day) : 1)
      }
      expect(Math.abs(wattHours / 1e6 - 1), id).toBeLessThan(0.015)
    }
  })
  test('behavior: households peak in the evening, offices before noon, and sleep on Sundays', () => {
    const peakHour = (shape: Float64Array) => shape.indexOf(Math.max(...shape)) / 4
    expect(peakHour(dayShape('H0', 2017, 17))).toBeGreaterThan(17)
    expect(peakHour(dayShape('G1', 2017, 17))).toBeLessThan(13)
    expect(Math.max(...dayShape('G1', 2017, 15))).toBeLessThan(0.5 * Math.max(...dayShape('G1', 2017, 17))) // 15 January was a Sunday
    expect(sum(dayShape('H0', 2017, 17))).toBeGreaterThan(1.2 * sum(dayShape('H0', 2017, 198)))
  })
  test('behavior: the household factor is that of the publication', () => {
    expect(householdFactor(0)).toBe(1.24)
    expect(householdFactor(180)).toBeCloseTo(0.798, 2)
  })
  test('args: steps: any multiple of 24 keeps the energy of the day', () => {
    for (const steps of [24, 48, 288]) {
      expect(sum(dayShape('G4', 2017, 100, steps)) / steps).toBeCloseTo(sum(dayShape('G4', 2017, 100)) / 96, 12)
    }
  })
})

describe('loadsOfCity', () => {
  test('default: uses are settled, and what was guessed is said', () => {
    const city = aTown()
    const { loads, report } = loadsOfCity(city, createFindings())
    const count = (use: (typeof BUILDING_USES)[number]) => loads.use.filter((u) => BUILDING_USES[u] === use).length
    expect(count('unknown')).toBe(0)
    expect([count('house'), count('apartments'), count('retail'), count('industrial')]).toEqual([81, 5, 1, 1])
    expect(loads.useAssumed.filter((a) => a === 0)).toHaveLength(2)
    expect(report.assumedUseShare).toBeGreaterThan(0.3)
    expect(report.floorM2).toBeCloseTo(sum(loads.floorM2), 6)
  })
  test('behavior: nothing known of the city: no calibration, factor 1, and a finding', () => {
    const findings = createFindings()
    const { report } = loadsOfCity(aTown(), findings)
    expect(report).toMatchObject({ calibrated: false, factor: 1 })
    expect(report.peakW).toBe(report.rawPeakW)
    expect(findings.list()).toEqual([expect.objectContaining({ code: 'LOAD_NOT_CALIBRATED', ids: ['town'] })])
  })
  test('behavior: with cited facts the highest quarter hour of the year is the cited peak; raw and calibrated both stand', () => {
    const findings = createFindings()
    const raw = loadsOfCity(aTown(), createFindings())
    const { loads, report } = loadsOfCity(aTown({ id: 'astana' }), findings)
    expect(report.calibrated).toBe(true)
    expect(report.peakW).toBeCloseTo(ASTANA.peakW.value, 0)
    expect(report.rawPeakW).toBe(raw.report.rawPeakW)
    expect(sum(loads.yearKwh)).toBeCloseTo(report.rawYearKwh * report.factor, 3)
    expect(report.facts.every(({ fact }) => fact.source.length > 10 && fact.unit !== undefined)).toBe(true)
    expect(findings.list()).toEqual([])
    expect(report.peakDayOfYear < 60 || report.peakDayOfYear > 305).toBe(true)
  })
  test('behavior: a town without buildings draws nothing', () => {
    const town = aTown({ blocks: 1 })
    const empty = { ...town, buildings: { ...town.buildings, count: 0 } }
    expect(loadsOfCity(empty, createFindings()).report).toMatchObject({ rawPeakW: 0, floorM2: 0, assumedUseShare: 0 })
  })
})

describe('dayLoadsOf', () => {
  const { loads } = loadsOfCity(aTown({ blocks: 12 }), createFindings())

  test('default: the sum follows the profiles, one house does not', () => {
    const { buildingW } = finish(dayLoadsOf(loads, 17))
    const total = new Float64Array(96)
    let peaky = 0
    const houses = [...loads.use.keys()].filter((b) => BUILDING_USES[loads.use[b]!] === 'house')
    for (let b = 0; b < loads.count; b++) for (let t = 0; t < 96; t++) total[t]! += buildingW[b * 96 + t]!
    for (const b of houses) {
      const own = buildingW.subarray(b * 96, (b + 1) * 96)
      if (Math.max(...own) > 3 * (sum(own) / 96)) peaky++
    }
    expect(peaky).toBeGreaterThan(0.4 * houses.length)
    // the mean of each hour of the sum stays near the profiles'
    let expected = 0
    for (let b = 0; b < loads.count; b++) {
      const use = BUILDING_USES[loads.use[b]!]!
      const id = use === 'retail' ? 'G4' : use === 'industrial' || use === 'other' ? 'G0' : 'H0'
      expected += (loads.yearKwh[b]! / 8.76) * (sum(dayShape(id, 2017, 17)) / 96)
    }
    expect(Math.abs(sum(total) / 96 / expected - 1)).toBeLessThan(0.05)
    expect(Math.max(...total) / (sum(total) / 96)).toBeLessThan(2)
  })
  test('behavior: the same day is the same, another day or seed is not', () => {
    const day = (...args: Parameters<typeof dayLoadsOf>) => finish(dayLoadsOf(...args)).buildingW
    expect(day(loads, 17)).toEqual(day(loads, 17))
    expect(day(loads, 17)).not.toEqual(day(loads, 18))
    expect(day(loads, 17, { seed: 'other' })).not.toEqual(day(loads, 17))
  })
  test('args: scale multiplies everything', () => {
    const one = finish(dayLoadsOf(loads, 17)).buildingW
    const two = finish(dayLoadsOf(loads, 17, { scale: 2 })).buildingW
    for (let k = 0; k < one.length; k += 97) expect(two[k]).toBeCloseTo(2 * one[k]!, 3)
  })
})

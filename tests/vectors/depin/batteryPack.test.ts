import { describe, expect, test } from 'vitest'
import {
  CYCLE_LIFE,
  firstLifeMonths,
  healthAfter,
  LEAVES_AT,
  packAccount,
  replacementUsd,
  setsReplaced,
} from '../../../src/networks/rules/batteryPack.ts'

describe('a swapped battery', () => {
  test('default: new it is whole; after its cycles and no time it stands where it leaves the cars', () => {
    expect(healthAfter(0, 0)).toBe(1)
    expect(healthAfter(CYCLE_LIFE.value, 0)).toBeCloseTo(LEAVES_AT.value, 12)
    expect(healthAfter(1e9, 0)).toBe(0)
  })
  test('behavior: its first life ends when its health says so, and more cycles end it sooner', () => {
    let before = Infinity
    for (const perDay of [0, 0.3, 1, 2, 5]) {
      const months = firstLifeMonths(perDay)
      expect(healthAfter((perDay * 365.25 * months) / 12, months / 12)).toBeCloseTo(LEAVES_AT.value, 9)
      expect(months).toBeLessThan(before)
      before = months
    }
  })
  test('behavior: sets are replaced one by one, never back, and not before their time', () => {
    const life = firstLifeMonths(2)
    let before = 0
    for (let month = 0; month < 240; month++) {
      const sets = setsReplaced(2, month)
      expect(sets === before || sets === before + 1).toBe(true)
      expect(sets * life).toBeLessThanOrEqual(month + 1)
      before = sets
    }
    expect(before).toBe(Math.floor(240 / life))
  })
  test('default: its account says health, custody, swaps, earnings and which life it is in', () => {
    const perPack = { swapsPerDay: 2, kwhPerSwap: 30, chargeH: 1.5, usdPerSwap: 6 }
    const year = packAccount(12, perPack)
    expect(year).toMatchObject({ life: 'first', atStationShare: 0.125 })
    expect(year.swaps).toBeCloseTo(730.5, 9)
    expect(year.earnedUsd).toBeCloseTo(730.5 * 6, 9)
    expect(packAccount(200, perPack).life).toBe('second')
  })
  test('default: a replacement costs what is left after the old battery is sold', () => {
    expect(replacementUsd()).toBeCloseTo(60 * 115 - 60 * 0.8 * 35, 9)
  })
})

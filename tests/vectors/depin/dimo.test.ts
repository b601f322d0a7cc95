import { expect, test } from 'vitest'
import { dayOf } from '../../../src/networks/rules/calendar.ts'
import { DIMO, streakPoints, weeklyDimo, weekOf } from '../../../src/networks/rules/dimoReward.ts'

// docs.dimo.org: 1,105,000 a week, 15 % less every 52 weeks, 40 years
test('default: the weekly pools of 40 years are 382,491,185 DIMO', () => {
  let [sum, week] = [0n, 0]
  for (; week < 3000; week++) sum += weeklyDimo(week)
  expect(sum / DIMO).toBe(382_491_185n)
  expect(weeklyDimo(0)).toBe(1_105_000n * DIMO)
  expect(weeklyDimo(51)).toBe(1_105_000n * DIMO)
  expect(weeklyDimo(52)).toBe(939_250n * DIMO)
})

test('behavior: the pool never rises, and is nothing before the first week and after the fortieth year', () => {
  let before = weeklyDimo(0)
  for (let week = 1; week < 2100; week++) {
    const now = weeklyDimo(week)
    expect(now <= before).toBe(true)
    before = now
  }
  expect(weeklyDimo(2079) > 0n).toBe(true)
  expect([weeklyDimo(2080), weeklyDimo(-1)]).toEqual([0n, 0n])
})

test('default: levels are reached after 4, 20 and 36 unbroken weeks', () => {
  expect([0, 3, 4, 19, 20, 35, 36, 500].map(streakPoints)).toEqual([0, 0, 1000, 1000, 2000, 2000, 3000, 3000])
})

test('default: week 0 began on 2022-01-31', () => {
  expect([weekOf(dayOf('2022-01-31')), weekOf(dayOf('2022-02-06')), weekOf(dayOf('2022-02-07'))]).toEqual([0, 0, 1])
  expect(weekOf(dayOf('2022-01-30'))).toBe(-1)
})

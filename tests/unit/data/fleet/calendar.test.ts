import fc from 'fast-check'
import { expect, test } from 'vitest'
import { DAY_MS, dayOfYearOf, dayTypeOf, localTime } from '../../../../data/devnet/fleet/calendar.ts'

test('behavior: days of the year and of the week are those of the calendar, 1970 to 2099', () => {
  for (let day = 0; day < 47_482; day++) {
    const date = new Date(day * DAY_MS)
    const newYear = Date.UTC(date.getUTCFullYear(), 0, 1)
    const weekday = date.getUTCDay()
    if (dayOfYearOf(day) !== 1 + (day * DAY_MS - newYear) / DAY_MS) expect.fail(`day of year of ${date.toISOString()}`)
    if (dayTypeOf(day) !== (weekday === 0 ? 2 : weekday === 6 ? 1 : 0)) expect.fail(`day type of ${date.toISOString()}`)
  }
})

test('behavior: the city clock is the offset away from UTC', () => {
  const { day, hour } = localTime(Date.UTC(2026, 10, 23, 20, 30), 5)
  expect(day * DAY_MS).toBe(Date.UTC(2026, 10, 24))
  expect(hour).toBeCloseTo(1.5, 12)
})

test('behavior: the hour is always within the day (seed 1)', () => {
  fc.assert(
    fc.property(fc.integer({ min: 0, max: 4e12 }), fc.integer({ min: -12, max: 14 }), (timeMs, offset) => {
      const { hour, dayOfYear } = localTime(timeMs, offset)
      return hour >= 0 && hour < 24 && dayOfYear >= 1 && dayOfYear <= 366
    }),
    { seed: 1 },
  )
})

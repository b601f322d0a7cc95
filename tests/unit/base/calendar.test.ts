import { describe, expect, test } from 'vitest'
import { dayStartMs, weekdayOf } from '../../../src/base/calendar.ts'

describe('calendar', () => {
  test('default: agrees with the platform for every day of four centuries', () => {
    for (let year = 1900; year < 2300; year += 7) {
      for (const day of [1, 31, 59, 60, 61, 200, 365]) {
        expect(dayStartMs(year, day)).toBe(Date.UTC(year, 0, day))
        expect(weekdayOf(year, day)).toBe(new Date(Date.UTC(year, 0, day)).getUTCDay())
      }
    }
  })
})

export const DAY_MS = 86_400_000
export const HOUR_MS = 3_600_000

/** Kinds of day that load profiles know. Index into this list is the stored value. */
export const DAY_TYPES = ['workday', 'saturday', 'sunday'] as const

/** Where a moment stands in the city's own calendar. Public holidays are not known: they count as the weekday they fall on. */
export interface LocalTime {
  readonly day: number // whole local days since 1970-01-01
  readonly hour: number // 0 .. 24, with fraction
  readonly dayOfYear: number // 1 .. 366
  readonly dayType: number // index into DAY_TYPES
}

const YEARS_IN_CYCLE = 28
/** Weekdays and leap years repeat after 28 years as long as no century is skipped, so from 1970 to 2099. */
export const CYCLE_DAYS = 10_227

const startOfYear = new Int32Array(YEARS_IN_CYCLE + 1)
for (let year = 0; year < YEARS_IN_CYCLE; year++)
  startOfYear[year + 1] = startOfYear[year]! + ((1970 + year) % 4 === 0 ? 366 : 365)

/** Day of the year, 1 .. 366, of a day counted from 1970-01-01. */
export function dayOfYearOf(day: number): number {
  const inCycle = day - Math.floor(day / CYCLE_DAYS) * CYCLE_DAYS
  let year = Math.floor(inCycle / 366)
  while (inCycle >= startOfYear[year + 1]!) year++
  return inCycle - startOfYear[year]! + 1
}

/** Index into DAY_TYPES of a day counted from 1970-01-01, a Thursday. */
export function dayTypeOf(day: number): number {
  const weekday = (((day + 3) % 7) + 7) % 7 // Monday 0
  return weekday === 6 ? 2 : weekday === 5 ? 1 : 0
}

export function localTime(timeMs: number, utcOffsetH: number): LocalTime {
  const localMs = timeMs + utcOffsetH * HOUR_MS
  const day = Math.floor(localMs / DAY_MS)
  return {
    day,
    hour: (localMs - day * DAY_MS) / HOUR_MS,
    dayOfYear: dayOfYearOf(day),
    dayType: dayTypeOf(day),
  }
}

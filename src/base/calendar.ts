const DAY_MS = 86_400_000

/** Unix milliseconds of 00:00 UTC on a day of a year, counted from 1. */
export function dayStartMs(year: number, dayOfYear: number): number {
  const before = year - 1
  const leaps = Math.floor(before / 4) - Math.floor(before / 100) + Math.floor(before / 400)
  return (365 * (year - 1970) + leaps - 477 + dayOfYear - 1) * DAY_MS
}

/** Day of the week of a day of a year: 0 Sunday … 6 Saturday. */
export function weekdayOf(year: number, dayOfYear: number): number {
  const sinceThursday = dayStartMs(year, dayOfYear) / DAY_MS + 4
  return sinceThursday - 7 * Math.floor(sinceThursday / 7)
}

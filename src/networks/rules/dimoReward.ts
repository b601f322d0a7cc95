import { dayOf } from './calendar.ts'

/** One DIMO in its smallest unit. */
export const DIMO = 1_000_000_000_000_000_000n

const FIRST_WEEKLY = 1_105_000n * DIMO
const WEEKS_PER_STEP = 52
const STEPS = 40
const KEPT_PERCENT = 85n // from step to step

/** Monday 05:00 UTC of week 0. */
export const WEEK_ZERO = '2022-01-31T05:00:00Z'

/**
 * Baseline issuance of a week in the smallest unit: 1,105,000 DIMO, 15 % less every 52 weeks, for 40 years; rounded down.
 *
 * Source   docs.dimo.org, baseline issuance; DIP-2; DIMO-Network/rewards-api README
 */
export function weeklyDimo(week: number): bigint {
  const step = Math.floor(week / WEEKS_PER_STEP)
  if (week < 0 || step >= STEPS) return 0n
  let [kept, whole] = [FIRST_WEEKLY, 1n]
  for (let i = 0; i < step; i++) {
    kept *= KEPT_PERCENT
    whole *= 100n
  }
  return kept / whole
}

/** The week in which a day falls, by its end. */
export const weekOf = (day: number): number => Math.floor((day - dayOf(WEEK_ZERO)) / 7)

/** Points of a week by how a vehicle is connected. Source: rewards-api README. */
export const CONNECTION_POINTS = { smartcar: 1000, tesla: 4000, aftermarket: 6000 } as const

const LEVELS: readonly [weeks: number, points: number][] = [
  [36, 3000],
  [20, 2000],
  [4, 1000],
]

/** Points that an unbroken run of weeks adds. */
export const streakPoints = (weeks: number): number => LEVELS.find(([from]) => weeks >= from)?.[1] ?? 0

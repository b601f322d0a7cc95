import { weekdayOf } from '../../base/calendar.ts'
import { DAY_TYPES, PROFILE_TABLES, type ProfileId, SEASONS } from './profileTables.ts'

const HOURS = 24

/** First days of the year on which another season begins. Source: as profileTables.ts: 21 March, 15 May, 15 September, 1 November. */
const SEASON_STARTS: readonly { readonly day: number; readonly season: (typeof SEASONS)[number] }[] = [
  { day: 1, season: 'winter' },
  { day: 80, season: 'transition' },
  { day: 135, season: 'summer' },
  { day: 258, season: 'transition' },
  { day: 305, season: 'winter' },
]

const seasonOf = (dayOfYear: number): (typeof SEASONS)[number] =>
  SEASON_STARTS.findLast(({ day }) => day <= dayOfYear)?.season ?? 'winter'

const dayTypeOf = (weekday: number): (typeof DAY_TYPES)[number] =>
  weekday === 0 ? 'sunday' : weekday === 6 ? 'saturday' : 'workday'

/**
 * How much more or less a household takes on a day than the table of its season says.
 *
 * Source   BDEW, dynamic H0 profile: polynomial of the day of the year
 */
export function householdFactor(dayOfYear: number): number {
  const t = dayOfYear
  return 1.24 + t * (2.1e-3 + t * (-7.02e-5 + t * (3.2e-7 + t * -3.92e-10)))
}

/** Mean power in one hour of a day, in watt per 1,000 kWh of the profile's own year. */
function hourW(id: ProfileId, year: number, dayOfYear: number, hour: number): number {
  const season = SEASONS.indexOf(seasonOf(dayOfYear))
  const day = DAY_TYPES.indexOf(dayTypeOf(weekdayOf(year, dayOfYear)))
  const table = PROFILE_TABLES[id][(season * DAY_TYPES.length + day) * HOURS + hour] / 10
  return id === 'H0' ? table * householdFactor(dayOfYear) : table
}

/** Energy of a year in the table's own unit, so that every year comes to exactly 1,000 kWh whatever its weekdays. */
function yearKwh(id: ProfileId, year: number): number {
  let wattHours = 0
  for (let day = 1; day <= 365; day++) for (let hour = 0; hour < HOURS; hour++) wattHours += hourW(id, year, day, hour)
  return wattHours / 1000
}

const yearCache = new Map<string, number>()

/**
 * A day of a profile in equal steps: power as a multiple of the mean power of the year.
 * Between the middles of the hours it runs in straight lines; each day keeps the energy of its hours.
 *
 * Shapes   steps per day, a multiple of 24
 * Returns  [steps]
 */
export function dayShape(id: ProfileId, year: number, dayOfYear: number, steps = 96): Float64Array {
  const key = `${id} ${year}`
  let kwh = yearCache.get(key)
  if (kwh === undefined) {
    kwh = yearKwh(id, year)
    yearCache.set(key, kwh)
  }
  const meanW = (kwh * 1000) / (365 * HOURS)
  const perHour = steps / HOURS
  const hours = Float64Array.from({ length: HOURS }, (_, h) => hourW(id, year, dayOfYear, h) / meanW)
  const shape = new Float64Array(steps)
  let sum = 0
  for (let t = 0; t < steps; t++) {
    const at = (t + 0.5) / perHour - 0.5
    const low = Math.floor(at)
    const share = at - low
    shape[t] = hours[(low + HOURS) % HOURS] * (1 - share) + hours[(low + 1) % HOURS] * share
    sum += shape[t]
  }
  const energy = hours.reduce((a, b) => a + b, 0)
  for (let t = 0; t < steps; t++) shape[t] *= (energy * perHour) / sum
  return shape
}

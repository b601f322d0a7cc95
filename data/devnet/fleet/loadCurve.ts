import { cos } from '../../../src/base/math/trig.ts'
import { CYCLE_DAYS, DAY_TYPES, dayOfYearOf, dayTypeOf } from './calendar.ts'
import { dynamisation, type LoadShape } from './loadShapes.ts'

/** How a profile's energy adds up over the years, for a use of exactly one watt hour in a mean year of 365.25 days. */
export interface LoadCurve {
  /** Energy of one day, Wh. */
  dayWh(day: number): number
  /** Energy from 1970-01-01 to the start of a day, Wh. */
  untilDayWh(day: number): number
  /** Energy from midnight to the start of the half hour `slot` (0 .. 48) of that day, Wh. */
  untilSlotWh(day: number, slot: number): number
}

const DAYS_OF_YEAR = 367 // index 1 .. 366
const HOURS = 24

/**
 * Creates the energy curve of a load shape from its January and July days.
 * Between the two the season is a cosine with its winter end on 17 January, the coldest day of the year.
 *
 * Cost     two tables of 82 kB and 215 kB, built once per shape; O(1) per question.
 */
export function createLoadCurve(shape: LoadShape): LoadCurve {
  const within = new Float64Array(DAY_TYPES.length * DAYS_OF_YEAR * (HOURS + 1)) // [type, day of year, hour] cumulated
  for (let type = 0; type < DAY_TYPES.length; type++) {
    for (let day = 1; day < DAYS_OF_YEAR; day++) {
      const winter = 0.5 + 0.5 * cos((2 * Math.PI * (day - 17)) / 365.25)
      const factor = shape.dynamic ? dynamisation(day) : 1
      const row = (type * DAYS_OF_YEAR + day) * (HOURS + 1)
      for (let hour = 0; hour < HOURS; hour++) {
        const january = shape.january[hour]![type as 0 | 1 | 2]
        const july = shape.july[hour]![type as 0 | 1 | 2]
        within[row + hour + 1] = within[row + hour]! + factor * (july + (january - july) * winter)
      }
    }
  }
  const rowOf = (day: number): number => (dayTypeOf(day) * DAYS_OF_YEAR + dayOfYearOf(day)) * (HOURS + 1)
  const until = new Float64Array(CYCLE_DAYS + 1)
  for (let day = 0; day < CYCLE_DAYS; day++) until[day + 1] = until[day]! + within[rowOf(day) + HOURS]!

  const perYear = (until[CYCLE_DAYS]! / CYCLE_DAYS) * 365.25
  for (let i = 0; i < within.length; i++) within[i] = within[i]! / perYear
  for (let i = 0; i < until.length; i++) until[i] = until[i]! / perYear

  return {
    dayWh: (day) => within[rowOf(day) + HOURS]!,
    untilDayWh(day) {
      const cycles = Math.floor(day / CYCLE_DAYS)
      return cycles * until[CYCLE_DAYS]! + until[day - cycles * CYCLE_DAYS]!
    },
    untilSlotWh(day, slot) {
      const row = rowOf(day)
      const hour = slot >> 1
      return slot & 1 ? 0.5 * (within[row + hour]! + within[row + hour + 1]!) : within[row + hour]!
    },
  }
}

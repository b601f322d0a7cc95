import { DAY_MS, HOUR_MS } from './calendar.ts'
import type { LoadCurve } from './loadCurve.ts'
import { hashSigned, hashUnit } from './noise.ts'

/** What a meter counts: power now, and energy since 1970, whose derivative it is exactly. */
export interface MeteredLoad {
  powerW(timeMs: number): number
  energyWh(timeMs: number): number
}

const SLOT_MS = HOUR_MS / 2
const SLOTS = 48
const FLOOR_SHARE = 0.35 // of a slot's energy: fridges, standby, circulation pumps; the rest comes in runs of appliances
const DAY_SHIFT = 0.12 // of a day's energy that may move to the day before or after
const SLOT_SHIFT = 0.3 // of a half hour's energy that may move to its neighbour

/**
 * A load that follows a standard profile over the year but is never smooth: days differ, half hours differ, and inside a
 * half hour appliances run and stop.
 *
 * Chance only ever *moves* energy. At each midnight and at each half hour a random amount, small enough to keep every
 * half hour positive, passes over the border; so the energy at any border is the profile's own integral plus one term:
 *     E(border) = yearWh * curve(border) + shift(border)
 * and inside a half hour the energy left after the floor is spent in `runs` rectangles of random start and length.
 * Power is the exact derivative of energy, the counter never falls, and both are found without adding anything up.
 *
 * Units    yearWh in Wh per mean year
 * Cost     O(runs)
 */
export function createMeteredLoad(
  curve: LoadCurve,
  yearWh: number,
  runs: number,
  seed: number,
  utcOffsetH: number,
): MeteredLoad {
  const smallerNeighbour = (day: number): number => Math.min(curve.dayWh(day - 1), curve.dayWh(day))
  /** Energy that passes the midnight at which `day` begins, Wh of a unit year. */
  const dayShift = (day: number): number => 0.5 * DAY_SHIFT * hashSigned(seed, 1, day) * smallerNeighbour(day)
  const dayScale = (day: number): number => 1 + (dayShift(day + 1) - dayShift(day)) / curve.dayWh(day)

  const slotWh = (day: number, slot: number): number => {
    if (slot < 0) return slotWh(day - 1, slot + SLOTS)
    return dayScale(day) * (curve.untilSlotWh(day, slot + 1) - curve.untilSlotWh(day, slot))
  }
  /** Energy that passes the border at which half hour `slot` (0 .. 48) begins. */
  const slotShift = (day: number, slot: number): number => {
    if (slot === SLOTS) return slotShift(day + 1, 0)
    return SLOT_SHIFT * hashSigned(seed, 2, day, slot) * Math.min(slotWh(day, slot - 1), slotWh(day, slot))
  }
  const untilWh = (day: number, slot: number): number =>
    curve.untilDayWh(day) + dayShift(day) + dayScale(day) * curve.untilSlotWh(day, slot) + slotShift(day, slot)

  /** Energy at the slot's start and in it, and how far into it the moment is. */
  const locate = (timeMs: number) => {
    const localMs = timeMs + utcOffsetH * HOUR_MS
    const day = Math.floor(localMs / DAY_MS)
    const slot = Math.floor((localMs - day * DAY_MS) / SLOT_MS)
    const startWh = untilWh(day, slot)
    return {
      key: day * SLOTS + slot,
      startWh: yearWh * startWh,
      slotWh: yearWh * (untilWh(day, slot + 1) - startWh),
      at: (localMs - day * DAY_MS) / SLOT_MS - slot, // 0 .. 1
    }
  }
  // one household runs a kettle for minutes; a hundred are a hum
  const longest = Math.min(0.9, 0.2 + 0.08 * runs)
  const lengthOf = (key: number, run: number): number => 0.06 + (longest - 0.06) * hashUnit(seed, 3, key, run)
  const startOf = (key: number, run: number, length: number): number => (1 - length) * hashUnit(seed, 4, key, run)

  return {
    powerW(timeMs) {
      const { key, slotWh: wh, at } = locate(timeMs)
      let share = FLOOR_SHARE
      for (let run = 0; run < runs; run++) {
        const length = lengthOf(key, run)
        const start = startOf(key, run, length)
        if (at >= start && at < start + length) share += (1 - FLOOR_SHARE) / runs / length
      }
      return (share * wh * HOUR_MS) / SLOT_MS
    },
    energyWh(timeMs) {
      const { key, startWh, slotWh: wh, at } = locate(timeMs)
      let share = FLOOR_SHARE * at
      for (let run = 0; run < runs; run++) {
        const length = lengthOf(key, run)
        const done = (at - startOf(key, run, length)) / length
        share += ((1 - FLOOR_SHARE) / runs) * Math.min(1, Math.max(0, done))
      }
      return startWh + share * wh
    },
  }
}

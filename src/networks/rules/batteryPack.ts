import { fact } from '../network.ts'

// The loop of a swapped battery: charged at the station, driven in a car, back at the station, and in the end sold on.

export const PACK_KWH = fact(60, 'kWh', 'battery of a swapped car, assumed', '2026-11-01', 'assumption')
export const PACK_USD_PER_KWH = fact(
  115,
  'USD/kWh',
  'mean pack price of 2024 (BloombergNEF), recalled',
  '2024-12-31',
  'memory',
)
/** Full cycles until a battery of this kind keeps four fifths of its capacity. */
export const CYCLE_LIFE = fact(3000, 'cycles', 'LFP cells to 80 %, recalled', '2024-12-31', 'memory')
export const CALENDAR_LOSS = fact(0.01, '1/a', 'capacity lost by age alone, recalled', '2024-12-31', 'memory')
/** Health at which a battery leaves the cars. */
export const LEAVES_AT = fact(0.8, 'share', 'usual end of the first life, recalled', '2024-12-31', 'memory')
export const SECOND_LIFE_USD_PER_KWH = fact(
  35,
  'USD/kWh',
  'assumed price of a used pack for storage',
  '2026-11-01',
  'assumption',
)

/** Capacity left of a battery after so many full cycles and years, as a share. */
export const healthAfter = (cycles: number, years: number): number =>
  Math.max(0, 1 - (1 - LEAVES_AT.value) * (cycles / CYCLE_LIFE.value) - CALENDAR_LOSS.value * years)

/** Months until a battery leaves the cars, when it is cycled so often a day. */
export function firstLifeMonths(cyclesPerDay: number): number {
  const lossPerYear = ((1 - LEAVES_AT.value) * cyclesPerDay * 365.25) / CYCLE_LIFE.value + CALENDAR_LOSS.value
  return (12 * (1 - LEAVES_AT.value)) / lossPerYear
}

/** How many times the batteries of a station have been replaced by the end of a month (0 …), in whole sets. */
export const setsReplaced = (cyclesPerDay: number, month: number): number =>
  Math.floor((month + 1) / firstLifeMonths(cyclesPerDay))

/** What a new battery costs beyond what the used one still brings. */
export const replacementUsd = (): number =>
  PACK_KWH.value * PACK_USD_PER_KWH.value - PACK_KWH.value * LEAVES_AT.value * SECOND_LIFE_USD_PER_KWH.value

/** One battery's account: where it is, how it is, what it brought in. */
export interface PackAccount {
  readonly health: number // share of its first capacity
  readonly atStationShare: number // of its time, charging or waiting; the rest it is in a car
  readonly swaps: number
  readonly earnedUsd: number
  readonly life: 'first' | 'second'
}

/** What is known of a battery after some months in the loop. */
export function packAccount(
  months: number,
  perPack: {
    readonly swapsPerDay: number
    readonly kwhPerSwap: number
    readonly chargeH: number
    readonly usdPerSwap: number
  },
): PackAccount {
  const { swapsPerDay, kwhPerSwap, chargeH, usdPerSwap } = perPack
  const days = months * (365.25 / 12)
  const health = healthAfter((swapsPerDay * kwhPerSwap * days) / PACK_KWH.value, months / 12)
  return {
    health,
    atStationShare: Math.min(1, (swapsPerDay * chargeH) / 24),
    swaps: swapsPerDay * days,
    earnedUsd: swapsPerDay * days * usdPerSwap,
    life: health > LEAVES_AT.value ? 'first' : 'second',
  }
}

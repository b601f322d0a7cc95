import { dayOf } from './calendar.ts'

/** One HNT in bones. */
export const HNT = 100_000_000n

/** What the chain's own schedule says per daily epoch, from each date on. */
const SCHEDULE: readonly [iso: string, bones: bigint][] = [
  ['2023-08-02', 82_191_78082192n],
  ['2023-08-03', 40_983_60655738n],
  ['2024-08-01', 41_095_89041096n],
  ['2025-08-01', 20_547_94520548n],
]
const steps = SCHEDULE.map(([iso, bones]) => ({ day: dayOf(iso), bones }))
const FIRST_COMPUTED_YEAR = 2027

const isLeap = (year: number): boolean => (year % 4 === 0 && year % 100 !== 0) || year % 400 === 0

/**
 * HNT issued in the epoch that begins on a day, in bones, without re-emission and supplement.
 * Until July 2027 as the published schedule has it; after that by its rule: the yearly 30 million of 2021 halve every
 * second August, spread over the year's days.
 *
 * Source   helium-program-library, packages/helium-admin-cli/emissions/hnt.json; HIP-20
 */
export function hntEmission(day: number): bigint {
  if (day < steps[0]!.day) return 0n
  if (day < dayOf(`${FIRST_COMPUTED_YEAR}-08-01`)) {
    let bones = 0n
    for (const step of steps) if (day >= step.day) bones = step.bones
    return bones
  }
  let year = FIRST_COMPUTED_YEAR
  while (day >= dayOf(`${year + 1}-08-01`)) year++
  const yearly = (30_000_000n * HNT) >> BigInt(Math.floor((year - 2021) / 2))
  return yearly / (isLeap(year + 1) ? 366n : 365n)
}

const SUPPLEMENT_START_S = 1_785_931_200 // 2026-08-05T12:00:00Z
const DAY_S = 86_400
const FLAT_DAYS = 360
const TAPER_DAYS = 720
const PER_SUB_DAO = 98_000n * HNT

/**
 * The supplement of HIP-149 minted by the crank at the start of a day, in bones: 196,000 HNT for 360 cranks, then linear
 * to nothing over 720. It goes to an operations vault, not to nodes.
 *
 * Source   helium-program-library, programs/helium-sub-daos/src/supplement.rs
 */
export function hntSupplement(day: number): bigint {
  const now = day * DAY_S
  const flatEnd = SUPPLEMENT_START_S + FLAT_DAYS * DAY_S
  const taperEnd = flatEnd + TAPER_DAYS * DAY_S
  if (now < SUPPLEMENT_START_S || now >= taperEnd) return 0n
  if (now < flatEnd) return 2n * PER_SUB_DAO
  return 2n * ((PER_SUB_DAO * BigInt(taperEnd - now)) / BigInt(taperEnd - flatEnd))
}

/** Most HNT a day that net emissions may put back, in bones: 34.24 HNT x 48 half hours, as the program rounds it. */
export const NET_EMISSIONS_CAP = 1_643_83561643n

/** The running mean of burnt HNT over seven epochs, in integers as the program keeps it. */
export const smoothBurn = (previous: bigint, burnt: bigint): bigint => (previous * 6n) / 7n + burnt / 7n

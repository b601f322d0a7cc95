const DAY_MS = 86_400_000

/** Days since 1970-01-01 of an ISO date. */
export const dayOf = (iso: string): number => Math.floor(Date.parse(iso) / DAY_MS)

/** A year of 365.25 days in twelve equal months: how the plan counts. */
export const DAYS_PER_MONTH = 365.25 / 12
export const HOURS_PER_MONTH = 24 * DAYS_PER_MONTH

/** The day on which month `month` (0 …) of a plan begins. */
export const dayOfMonth = (startDay: number, month: number): number => startDay + Math.round(month * DAYS_PER_MONTH)

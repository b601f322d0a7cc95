/** Hours of a weekly epoch. */
export const WEEK_H = 168

/** RENDER for a job: 25 x multiplier x hours / 168. Source: RNP-019 to RNP-021 */
export const jobRender = (multiplier: number, hours: number): number => (25 * multiplier * hours) / WEEK_H

/** RENDER for being available in an epoch. Source: RNP-019 to RNP-021: 2 RENDER x uptime */
export const availabilityRender = (uptime: number): number => 2 * uptime

/** What the Salad subnet burns and pays for a customer's payment. Source: RNP-023, worked examples. */
export function saladSettlement(paidUsd: number, burnUsdPerRender: number, payUsdPerRender: number) {
  return { burned: (0.6 * paidUsd) / burnUsdPerRender, rewarded: (0.56 * paidUsd) / payUsdPerRender }
}

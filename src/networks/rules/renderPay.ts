import { exp } from '../../base/math/exp.ts'
import { log } from '../../base/math/log.ts'

/** Hours of a weekly epoch. */
export const WEEK_H = 168

/** What a card of a class counts in the compute subnet. Source: RNP-021 */
export const CARD_MULTIPLIERS = { 'RTX 4090': 1, L4: 1.5, L40: 2.5, A100: 3.5, H100: 4, MI300X: 4, H200: 5 } as const

/** RENDER for a job: 25 x multiplier x hours / 168. Source: RNP-019 to RNP-021 */
export const jobRender = (multiplier: number, hours: number): number => (25 * multiplier * hours) / WEEK_H

/** RENDER for being available in an epoch. Source: RNP-019 to RNP-021: 2 RENDER x uptime */
export const availabilityRender = (uptime: number): number => 2 * uptime

/** Parts of what a customer pays that are burnt and that nodes get, by product of the Salad subnet. Source: RNP-023 */
export const SALAD = { containers: { burnt: 0.6, paid: 0.56 }, gateway: { burnt: 0.35, paid: 0.31 } } as const

/** What the Salad subnet burns and pays for a customer's payment. Source: RNP-023, worked examples. */
export function saladSettlement(
  paidUsd: number,
  burnUsdPerRender: number,
  payUsdPerRender: number,
  { burnt, paid }: { readonly burnt: number; readonly paid: number } = SALAD.containers,
) {
  return { burned: (burnt * paidUsd) / burnUsdPerRender, rewarded: (paid * paidUsd) / payUsdPerRender }
}

/** What is burnt of a job priced in base units: all but the fee of 5 %, rounded down. Source: RNP-006 */
export const burntOfJob = (units: bigint): bigint => (units * 95n) / 100n

/** OctaneBench score and hours make OctaneBench-hours, the measure of rendering work. */
export const octaneHours = (score: number, hours: number): number => score * hours

/** What tiers ask: OctaneBench-hours for a euro. Recalled from the network's own pages. */
export const TIER_OBH_PER_EUR = { priority: 100, economy: 200 } as const

/** From the fourth node of one wallet on, availability counts less. Source: RNP-015 */
export const manyNodesFactor = (nodes: number): number => (nodes <= 3 ? 1 : exp(-0.65 * (nodes - 3)))

/** A node against the mean of all nodes. */
export interface NodeShape {
  readonly octaneBench: number
  readonly vramGb: number
  readonly ageDays: number
}

/** Points for the availability pool: idle share x (3 by speed + 3 by memory + 1 by age) x the factor above. Source: RNP-015 */
export function availabilityPoints(idleShare: number, node: NodeShape, mean: NodeShape, nodes: number): number {
  const against = (a: number, b: number): number => log(a) / log(b)
  return (
    idleShare *
    (3 * against(node.octaneBench, mean.octaneBench) +
      3 * against(node.vramGb, mean.vramGb) +
      against(node.ageDays, mean.ageDays)) *
    manyNodesFactor(nodes)
  )
}

import { RULES } from './facts.ts'

/**
 * What a set of customers asks for at its peak: the sum of means and the sum of variances, both of which add up along a
 * tree, so that diversity needs no table of coincidence factors.
 *
 * Source   Velander's formula P = k1 W + k2 √W in the form of mean and variance; S. Velander, Operationsanalys av
 *          elektriska nät (1952), as in Lakervi & Holmes, Electricity Distribution Network Design, 2nd ed., 11.2
 */
export interface Demand {
  w: number // sum of the means
  var: number // sum of the variances, W²
  q: number // sum of the reactive means
}

export const noDemand = (): Demand => ({ w: 0, var: 0, q: 0 })

export function addDemand(to: Demand, from: Demand): void {
  to.w += from.w
  to.var += from.var
  to.q += from.q
}

/** Active power to plan for today, without growth. */
export const plannedW = ({ w, var: variance }: Demand): number => w + RULES.sigmas.value * Math.sqrt(variance)

/** Apparent power to plan for today, without growth. */
export function plannedVa(demand: Demand): number {
  const p = plannedW(demand)
  const q = demand.w > 0 ? (p * demand.q) / demand.w : 0
  return Math.sqrt(p * p + q * q)
}

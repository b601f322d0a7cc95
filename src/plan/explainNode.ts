import { medianFlow } from '../engines/economics/medianPath.ts'
import type { ReportTerm } from '../model/plan.ts'
import { ENERGY_PRICE, TOKEN_PRICE } from '../networks/network.ts'
import { COST_FACTOR, FAILURES, SELL_COST } from './commonDrivers.ts'
import type { PlannedNode } from './plannedNode.ts'

const MONTH = 'USD/month'

const mean = (values: Float64Array): number =>
  values.reduce((sum, value) => sum + value, 0) / Math.max(1, values.length)

/**
 * Why a node earns what it earns: the terms of its network, then what is paid out of them, down to what is left.
 * A mean month of its life with every driver at its median; what breaks is spread evenly. What is given back at the end
 * is left out, so the terms add up: earned - energy - upkeep - repairs - fees - wear = left.
 */
export function explainNode({ network, drivers, type, run, cash }: PlannedNode): ReportTerm[] {
  const values = Object.fromEntries(drivers.map(({ id, fact }) => [id, fact.value]))
  const flow = medianFlow(cash)
  const months = Array.from({ length: cash.months }, (_, month) => month)
  const of = (each: (month: number) => number): number => months.reduce((sum, m) => sum + each(m), 0) / cash.months
  const gross = mean(flow.grossUsd)
  const kwh = mean(flow.energyKwh)
  const energy = kwh * values[ENERGY_PRICE]
  const running = cash.runningUsd(values)
  const { failure, wearUsd } = cash
  const repairs = failure ? (failure.repairUsd(values) * values[failure.perYear]) / 12 : 0
  const price = network.token ? values[TOKEN_PRICE] : 0
  const fees = of((month) => cash.feeTokens(values, month)) * price
  const wear = wearUsd ? of((month) => wearUsd(values, month)) : 0
  const ids = (lines: readonly { readonly id: string }[]): string[] => lines.map(({ id }) => id)
  const term = (title: string, value: number, unit: string, from: readonly string[]): ReportTerm => ({
    title,
    value,
    unit,
    from,
  })
  const sells = network.token ? [TOKEN_PRICE, SELL_COST] : []
  return [
    ...run.terms(values).map(({ title, value, unit, from = [] }) => ({ title, value, unit, from })),
    term('Earned, after selling and repairs’ lost time', gross, MONTH, [...sells, FAILURES, 'repair-days']),
    term('Energy drawn', kwh, 'kWh/month', [type.power.id]),
    term('Paid for energy', -energy, MONTH, [ENERGY_PRICE]),
    term('Upkeep', -running, MONTH, ids(type.opexYear)),
    term('Repairs', -repairs, MONTH, [FAILURES, 'repair-share', COST_FACTOR, ...ids(type.capex)]),
    ...(fees > 0 ? [term('Fees to the network', -fees, MONTH, [TOKEN_PRICE])] : []),
    ...(wear > 0 ? [term('Worn out and bought anew', -wear, MONTH, ids(type.capex))] : []),
    term('Left', gross - energy - running - repairs - fees - wear, MONTH, []),
  ]
}

import type { TornadoBar } from '../../model/economics.ts'
import { type CashFlow, createCashFlow, solveCashFlow } from './cashFlow.ts'
import type { CashDriver, CashNode } from './cashNode.ts'
import { monthlyFactor, paybackPeriod, presentValue } from './finance.ts'

/** The path with every driver at its median, some of them changed. */
export function medianFlow(node: CashNode, changed: Readonly<Record<string, number>> = {}): CashFlow {
  const values = { ...Object.fromEntries(node.drivers.map(({ id, median }) => [id, median])), ...changed }
  const flow = createCashFlow(node.months)
  // nothing breaks at the median, so what is to be expected of failures is spread over the months
  const broken = node.failure ? (values[node.failure.perYear] ?? 0) / 12 : 0
  solveCashFlow(node, values, () => broken, flow)
  return flow
}

export function npvOf({ outlayUsd, netUsd }: CashFlow, discountRate: number): number {
  const rate = monthlyFactor(discountRate) - 1
  return presentValue(netUsd, rate) / (1 + rate) - outlayUsd
}

/** Net present value with one driver at a time at its P10 and P90, the widest swing first. */
export function tornadoOf(node: CashNode, discountRate: number): TornadoBar[] {
  const bars = node.drivers.map(({ id, title, p10, p90 }) => ({
    driver: id,
    title,
    atP10Usd: npvOf(medianFlow(node, { [id]: p10 }), discountRate),
    atP90Usd: npvOf(medianFlow(node, { [id]: p90 }), discountRate),
  }))
  const swing = ({ atP10Usd, atP90Usd }: TornadoBar): number => Math.abs(atP90Usd - atP10Usd)
  return bars.sort((a, b) => swing(b) - swing(a) || (a.driver < b.driver ? -1 : 1))
}

/** The value of one driver at which the median path pays back within `months`; NaN when none up to its `most` does. */
export function breakEvenValue(node: CashNode, driver: CashDriver, months: number): number {
  const paysBack = (value: number): boolean => {
    const { outlayUsd, netUsd } = medianFlow(node, { [driver.id]: value })
    return paybackPeriod(outlayUsd, netUsd.subarray(0, months), 0) <= months
  }
  if (!paysBack(driver.most)) return NaN
  let [low, high] = [driver.median, driver.most]
  for (let i = 0; i < 80 && high - low > 1e-6 * high; i++) {
    const middle = low > 0 && high / low > 4 ? Math.sqrt(low * high) : 0.5 * (low + high)
    if (paysBack(middle)) high = middle
    else low = middle
  }
  return high
}

const TARGET_MONTHS = 60
const WAYS = 2

const inYears = (months: number): string => (months % 12 === 0 ? `${months / 12} years` : `${months} months`)

/** How far off a value is, in steps from the median to P90: what is nearest to being believable comes first. */
function stretch({ median, p90 }: CashDriver, value: number): number {
  const step = p90 - median
  return step > 0 ? (value - median) / step : Infinity
}

/**
 * What would have to be true for a node that does not pay back: the single assumptions that would do it, nearest first.
 *
 * Returns  null when the median path pays back within the node's life
 */
export function breakEvenSentence(node: CashNode): string | null {
  const { outlayUsd, netUsd } = medianFlow(node)
  if (paybackPeriod(outlayUsd, netUsd, 0) <= node.months) return null
  const target = Math.min(TARGET_MONTHS, node.months)
  const ways = node.drivers
    .flatMap((driver) => {
      if (!driver.wouldBe) return []
      const value = breakEvenValue(node, driver, target)
      return Number.isNaN(value) ? [] : [{ words: driver.wouldBe(value, driver.median), far: stretch(driver, value) }]
    })
    .sort((a, b) => a.far - b.far || (a.words < b.words ? -1 : 1))
    .slice(0, WAYS)
  const never = `At the medians it does not pay back within its ${inYears(node.months)}.`
  if (ways.length === 0) return `${never} No single assumption changes that within ${inYears(target)}.`
  return `${never} It would within ${inYears(target)} if ${ways.map(({ words }) => words).join(', or if ')}.`
}

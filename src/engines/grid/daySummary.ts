import { BUS_KINDS, type GridDay, type GridMap, type GridSummary } from '../../model/grid.ts'

/** Where a customer stands: only there do the limits of the voltage hold. */
const CUSTOMER_KINDS = [BUS_KINDS.indexOf('building'), BUS_KINDS.indexOf('lv-joint'), BUS_KINDS.indexOf('lv-board')]

/**
 * The day in a few numbers. Steps that did not converge count as such and nowhere else.
 *
 * Units    `limitPu` largest deviation of a customer's voltage from the nominal
 */
export function summariseDay(day: GridDay, map: GridMap, limitPu: number): GridSummary {
  const { steps, stepS } = day
  const hours = stepS / 3600
  const [limitLowPu, limitHighPu] = [1 - limitPu, 1 + limitPu]
  let [peakStep, lowestBus, lowestStep, highestBranch, highestStep] = [0, -1, -1, -1, -1]
  let [energyWh, lossWh, unconvergedSteps] = [0, 0, 0]
  let [lowestVPu, highestLoading] = [Infinity, -Infinity]
  const low = new Uint8Array(map.busCount)
  const over = new Uint8Array(map.branchCount)
  const isCustomer = Uint8Array.from(map.busKind, (kind) => (CUSTOMER_KINDS.includes(kind) ? 1 : 0))
  for (let t = 0; t < steps; t++) {
    if (day.loadW[t] > day.loadW[peakStep]) peakStep = t
    energyWh += day.loadW[t] * hours
    if (!day.converged[t]) unconvergedSteps++
    if (Number.isFinite(day.lossW[t])) lossWh += day.lossW[t] * hours
    const vRow = t * map.busCount
    for (let i = 0; i < map.busCount; i++) {
      const v = day.vPu[vRow + i]
      if (!isCustomer[i]) continue
      if (v < lowestVPu) {
        lowestVPu = v
        lowestBus = i
        lowestStep = t
      }
      if (v < limitLowPu) low[i] = 1
    }
    const lRow = t * map.branchCount
    for (let b = 0; b < map.branchCount; b++) {
      const loading = day.loading[lRow + b]
      if (loading > highestLoading) {
        highestLoading = loading
        highestBranch = b
        highestStep = t
      }
      if (loading > 1) over[b] = 1
    }
  }
  const count = (flags: Uint8Array): number => flags.reduce((sum, flag) => sum + flag, 0)
  return {
    peakLoadW: day.loadW[peakStep] ?? NaN,
    peakStep,
    energyKwh: energyWh / 1000,
    lossKwh: lossWh / 1000,
    lowestVPu: lowestBus < 0 ? NaN : lowestVPu,
    lowestBus,
    lowestStep,
    highestLoading: highestBranch < 0 ? NaN : highestLoading,
    highestBranch,
    highestStep,
    overloadedBranches: count(over),
    lowVoltageBuses: count(low),
    unconvergedSteps,
    limitLowPu,
    limitHighPu,
  }
}

import { ASSET_FACTS } from './facts.ts'

export interface BatteryDay {
  readonly chargeW: Float64Array // [steps] taken from the modules
  readonly dischargeW: Float64Array // [steps]
  readonly storedKwh: Float64Array // [steps] at the end of each step
}

/**
 * A battery beside solar modules over a day: it takes what the house does not need and gives it back when the sun no
 * longer covers the house. Without a house it feeds the evening. The day is run twice, so that it begins with what
 * the evening before left.
 *
 * Shapes   [steps]
 * Units    W; kWh
 */
export function batteryDay(pvW: Float64Array, houseW: Float64Array | null, capacityKwh: number): BatteryDay {
  const steps = pvW.length
  const stepH = 24 / steps
  const limitW = (capacityKwh * 1000) / ASSET_FACTS.storageHours.value
  const oneWay = Math.sqrt(ASSET_FACTS.storageEfficiency.value)
  const day: BatteryDay = {
    chargeW: new Float64Array(steps),
    dischargeW: new Float64Array(steps),
    storedKwh: new Float64Array(steps),
  }
  const eveningH = ASSET_FACTS.eveningToH.value - ASSET_FACTS.eveningFromH.value
  let storedKwh = 0
  for (let pass = 0; pass < 2; pass++) {
    for (let t = 0; t < steps; t++) {
      const hour = t * stepH
      const isEvening = hour >= ASSET_FACTS.eveningFromH.value && hour < ASSET_FACTS.eveningToH.value
      const wantedW = houseW ? houseW[t] : isEvening ? (capacityKwh * 1000) / eveningH : 0
      const overW = pvW[t] - wantedW
      const roomKwh = capacityKwh - storedKwh
      day.chargeW[t] = Math.max(0, Math.min(overW, limitW, (roomKwh * 1000) / oneWay / stepH))
      day.dischargeW[t] = Math.max(0, Math.min(-overW, limitW, (storedKwh * 1000 * oneWay) / stepH))
      storedKwh += ((day.chargeW[t] * oneWay - day.dischargeW[t] / oneWay) * stepH) / 1000
      day.storedKwh[t] = storedKwh
    }
  }
  return day
}

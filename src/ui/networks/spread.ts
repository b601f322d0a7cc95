import type { DriverInfo } from '../../model/economics.ts'

/** The part of a driver that its spread depends on. */
export type Spread = Pick<DriverInfo, 'value' | 'p10' | 'p90' | 'shape'>

const odds = (share: number): number => Math.log(share / (1 - share))
const shareOf = (logOdds: number): number => 1 / (1 + Math.exp(-logOdds))
const short = (value: number): number => Number(value.toPrecision(6))

/** P10 and P90 about another median, as wide as before: by ratio, by odds or by difference, as the driver has it. */
export function spreadAround({ value: from, p10, p90, shape }: Spread, value: number): { p10: number; p90: number } {
  if (value === from) return { p10, p90 }
  if (shape === 'plain') return ordered(value, value + p10 - from, value + p90 - from)
  if (shape === 'log') return from > 0 ? ordered(value, (value * p10) / from, (value * p90) / from) : certain(value)
  if (!(value > 0 && value < 1 && from > 0 && from < 1)) return certain(value)
  const at = (edge: number): number => shareOf(odds(value) + odds(edge) - odds(from))
  return ordered(value, at(p10), at(p90))
}

const certain = (value: number) => ({ p10: value, p90: value })

/** Rounded, and still in rising order. */
const ordered = (value: number, p10: number, p90: number) => ({
  p10: Math.min(value, short(p10)),
  p90: Math.max(value, short(p90)),
})

/** Where a slider of a driver ends. */
export function rangeOf({ p10, p90, shape, most }: DriverInfo): { min: number; max: number } {
  if (shape === 'share') return { min: 0.005, max: 0.995 }
  if (shape === 'log') return { min: p10 / 3, max: Math.min(most, p90 * 3) }
  const width = p90 - p10
  return { min: p10 >= 0 ? 0 : p10 - width, max: Math.min(most, p90 + width) }
}

/** Position 0 … 1 on a driver's slider, and back. Ratios are evenly spread where the driver is one of ratios. */
export const sliderScale = (driver: DriverInfo) => {
  const { min, max } = rangeOf(driver)
  const byRatio = driver.shape === 'log' && min > 0
  const clamp = (x: number): number => Math.min(1, Math.max(0, x))
  return {
    at: (value: number): number =>
      clamp(byRatio ? Math.log(Math.max(value, min) / min) / Math.log(max / min) : (value - min) / (max - min)),
    value: (x: number): number =>
      Number((byRatio ? min * (max / min) ** clamp(x) : min + (max - min) * clamp(x)).toPrecision(4)),
  }
}

import fc from 'fast-check'
import { expect, test } from 'vitest'
import { networks } from '../../../../src/networks/index.ts'
import { rangeOf, sliderScale, spreadAround } from '../../../../src/ui/networks/spread.ts'

const drivers = networks.flatMap(({ eras }) =>
  eras.flatMap(({ earn }) =>
    Object.values(earn).flatMap((model) =>
      model.drivers.map(({ id, title, fact, p10, p90, shape, most }) => ({
        ...{ id, title, fact, p10, p90, shape, most },
        unit: fact.unit,
        value: fact.value,
      })),
    ),
  ),
)

test('default: the stated median keeps the stated spread', () => {
  for (const { value, p10, p90, shape } of drivers)
    expect(spreadAround({ value, p10, p90, shape }, value)).toEqual({ p10, p90 })
})

test('behavior: about any value of a slider the spread is in order, and of a kind that can be drawn', () => {
  fc.assert(
    fc.property(fc.constantFrom(...drivers), fc.double({ min: 0, max: 1, noNaN: true }), (driver, x) => {
      const value = sliderScale(driver).value(x)
      const { p10, p90 } = spreadAround(driver, value)
      expect(p10).toBeLessThanOrEqual(value)
      expect(p90).toBeGreaterThanOrEqual(value)
      if (driver.shape === 'log' && value > 0) expect(p10).toBeGreaterThan(0)
      if (driver.shape === 'share') expect(p10 >= 0 && p90 <= 1).toBe(true)
    }),
    { seed: 72, numRuns: 500 },
  )
})

test('behavior: ratio, odds and difference are kept', () => {
  expect(spreadAround({ value: 2, p10: 1, p90: 6, shape: 'log' }, 4)).toEqual({ p10: 2, p90: 12 })
  expect(spreadAround({ value: 2, p10: 1, p90: 6, shape: 'plain' }, 10)).toEqual({ p10: 9, p90: 14 })
  const { p10, p90 } = spreadAround({ value: 0.5, p10: 0.2, p90: 0.8, shape: 'share' }, 0.8)
  expect(p10).toBeCloseTo(0.5, 6)
  expect(p90).toBeCloseTo(0.941176, 6)
})

test('behavior: what has no ratio or no odds is taken as certain', () => {
  expect(spreadAround({ value: 0, p10: 0, p90: 1, shape: 'log' }, 3)).toEqual({ p10: 3, p90: 3 })
  for (const edge of [0, 1])
    expect(spreadAround({ value: 0.5, p10: 0.2, p90: 0.8, shape: 'share' }, edge)).toEqual({ p10: edge, p90: edge })
})

test('behavior: a slider holds the stated value and its spread, and goes there and back', () => {
  for (const driver of drivers) {
    const { min, max } = rangeOf(driver)
    expect(min, driver.id).toBeLessThan(max)
    const scale = sliderScale(driver)
    const at = scale.at(driver.value)
    expect(at >= 0 && at <= 1, driver.id).toBe(true)
    if (driver.value >= min && driver.value <= max)
      expect(Math.abs(scale.value(at) - driver.value)).toBeLessThanOrEqual(1e-3 * Math.abs(driver.value) + 1e-9)
  }
})

import { describe, expect, test } from 'vitest'
import { finish } from '../../../../src/base/steps.ts'
import { areaUnderCurve } from '../../../../src/engines/locate/auc.ts'
import { fitHearing, misfit } from '../../../../src/engines/locate/fit.ts'
import { locate } from '../../../../src/engines/locate/index.ts'
import { aHearingModel, someHearings } from '../../../support/hearings.ts'

describe('areaUnderCurve', () => {
  test('closed form: apart 1, reversed 0, ties a half', () => {
    expect(areaUnderCurve([1, 2], [3, 4])).toBe(1)
    expect(areaUnderCurve([3, 4], [1, 2])).toBe(0)
    expect(areaUnderCurve([1, 1], [1])).toBe(0.5)
  })
  test('error: LOCATE_INVALID when a side is empty', () => {
    expect(() => areaUnderCurve([], [1])).toThrow('0 honest and 1 false')
  })
})

describe('calibration', () => {
  test('finds the exponent and offset that made the signals, and no bias on claims it was not fitted to', () => {
    const { gateways, hearings } = someHearings(7, 400, 0)
    const all = [...Array(400).keys()]
    const model = fitHearing(gateways, hearings, all.slice(0, 200), aHearingModel.blurM)
    expect(Math.abs(model.exponent - 3)).toBeLessThan(0.3)
    expect(Math.abs(model.offsetDbm + 105)).toBeLessThan(1)
    const held = misfit(gateways, hearings, model, all.slice(200))
    expect(Math.abs(held.biasDb)).toBeLessThan(1)
    expect(Math.abs(held.rmseDb - 6)).toBeLessThan(0.6)
  })
  test('error: LOCATE_INVALID when there are no signals', () => {
    const { gateways, hearings } = someHearings(7, 4, 0)
    expect(() => fitHearing(gateways, hearings, [], 50)).toThrow('cannot fix')
  })
})

test('claims moved by 3 km score higher than true ones, and the estimate stays where the device is', () => {
  const honest = finish(locate.run(someHearings(3, 60, 0)))
  const liars = finish(locate.run(someHearings(3, 60, 3000)))
  expect(areaUnderCurve(honest.falseProbability, liars.falseProbability)).toBeGreaterThan(0.95)
  for (let c = 0; c < 60; c++) expect(Math.abs(liars.eastM[c]!)).toBeLessThan(3000)
})

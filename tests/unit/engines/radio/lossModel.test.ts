import { describe, expect, test } from 'vitest'
import { lossOf } from '../../../../src/engines/radio/lossModel.ts'
import { lossModelById, lossModels } from '../../../../src/engines/radio/models/index.ts'

const inside = (model: (typeof lossModels)[number]): Record<string, number> =>
  Object.fromEntries(
    Object.entries(model.columns).map(([key, { min, max, initial }]) => [key, initial ?? (min + max) / 2]),
  )

test('default: ids are unique, and every model names its source and the four shared columns', () => {
  expect(new Set(lossModels.map(({ id }) => id)).size).toBe(lossModels.length)
  for (const model of lossModels) {
    expect(model.source.length).toBeGreaterThan(5)
    expect(Object.keys(model.columns).slice(0, 4)).toEqual(['f_mhz', 'd_m', 'h_tx_m', 'h_rx_m'])
  }
})

describe.each(lossModels)('$id', (model) => {
  const row = inside(model)

  test('default: answers a finite loss in the middle of its range, without a flag', () => {
    const middle = { ...row, ...(model.id === 'knife-edge' ? { edge_d_m: row.d_m! / 2 } : {}) }
    const { lossDb, flags } = lossOf(model, middle)
    expect(lossDb).toBeGreaterThan(0)
    expect(Number.isFinite(lossDb)).toBe(true)
    expect(flags).toEqual([])
  })

  test('error: RADIO_OUT_OF_RANGE names each column that leaves the range, is missing or is not a number', () => {
    for (const [key, { min, max, initial, flagged }] of Object.entries(model.columns)) {
      const [low, high] = flagged ?? [min, max]
      const { [key]: _, ...without } = row
      const bad = [
        { ...row, [key]: low - 1 },
        { ...row, [key]: high + 1 },
        { ...row, [key]: NaN },
      ]
      for (const wrong of initial === undefined ? [...bad, without] : bad) {
        expect(() => lossOf(model, wrong)).toThrowError(
          expect.objectContaining({ code: 'RADIO_OUT_OF_RANGE', message: expect.stringContaining(key) }),
        )
      }
    }
  })
})

test('behavior: beyond its published range COST-231 answers to 2.6 GHz with a flag', () => {
  const row = { f_mhz: 2100, d_m: 2000, h_tx_m: 30, h_rx_m: 1.5 }
  expect(lossOf(lossModelById.get('cost231')!, row).flags).toEqual(['EXTRAPOLATED:f_mhz'])
})

test('error: RADIO_OUT_OF_RANGE when a knife edge stands behind the receiver', () => {
  const row = { f_mhz: 868, d_m: 100, h_tx_m: 5, h_rx_m: 5, edge_d_m: 100, edge_h_m: 20 }
  expect(() => lossOf(lossModelById.get('knife-edge')!, row)).toThrowError(
    expect.objectContaining({ code: 'RADIO_OUT_OF_RANGE' }),
  )
})

test('behavior: a column inherited from the prototype counts as missing', () => {
  const row = Object.create({ f_mhz: 868, d_m: 2000, h_tx_m: 30, h_rx_m: 1 })
  expect(() => lossOf(lossModelById.get('hata')!, row)).toThrowError(
    expect.objectContaining({ code: 'RADIO_OUT_OF_RANGE' }),
  )
})

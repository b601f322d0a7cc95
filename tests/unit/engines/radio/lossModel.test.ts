import { describe, expect, test } from 'vitest'
import { lossOf } from '../../../../src/engines/radio/lossModel.ts'
import { lossModelById, lossModels } from '../../../../src/engines/radio/models/index.ts'

const inside = (model: (typeof lossModels)[number]): Record<string, number> =>
  Object.fromEntries(
    Object.entries(model.columns).map(([key, { min, max, initial, whole }]) => {
      const middle = (min + max) / 2
      return [key, initial ?? (whole ? Math.floor(middle) : middle)]
    }),
  )

test('default: ids are unique, and every model names its source', () => {
  expect(new Set(lossModels.map(({ id }) => id)).size).toBe(lossModels.length)
  for (const model of lossModels) expect(model.source.length).toBeGreaterThan(5)
})

test('default: models of a path share four columns; ITM keeps the names of its own files', () => {
  for (const { id, columns } of lossModels.filter(({ part }) => part === 'path')) {
    if (id === 'itm-area') expect(Object.keys(columns)).toContain('h_tx__meter')
    else expect(Object.keys(columns).slice(0, 4)).toEqual(['f_mhz', 'd_m', 'h_tx_m', 'h_rx_m'])
  }
})

describe.each(lossModels)('$id', (model) => {
  const row = inside(model)

  test('default: answers a finite loss in the middle of its range, without a flag', () => {
    // where the middles of all ranges do not go together
    const fitting: Readonly<Record<string, object>> = {
      'knife-edge': { edge_d_m: row.d_m! / 2 },
      'itm-area': { mdvar: 12, delta_h__meter: 90, sigma: 0.005, epsilon: 15, h_tx__meter: 100, h_rx__meter: 10 },
      'p2108-height-gain': { h__meter: 2, R__meter: 20, w_s__meter: 27 },
    }
    const { lossDb, flags } = lossOf(model, { ...row, ...fitting[model.id] })
    expect(lossDb).toBeGreaterThan(0)
    expect(Number.isFinite(lossDb)).toBe(true)
    expect(flags).toEqual([])
  })

  test('error: RADIO_OUT_OF_RANGE names each column that leaves the range, is missing or is not a number', () => {
    for (const [key, { min, max, initial, flagged, open, whole }] of Object.entries(model.columns)) {
      const [low, high] = flagged ?? [min, max]
      const { [key]: _, ...without } = row
      const bad = [
        { ...row, [key]: low - 1 },
        { ...row, [key]: high + 1 },
        { ...row, [key]: NaN },
        ...(open ? [low, high].map((end) => ({ ...row, [key]: end })) : []),
        ...(whole ? [{ ...row, [key]: low + 0.5 }] : []),
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

test.each([4, 9, 14, 24])('error: RADIO_OUT_OF_RANGE for the mode of variability %d, which is none', (mdvar) => {
  const row = { ...inside(lossModelById.get('itm-area')!), mdvar }
  expect(() => lossOf(lossModelById.get('itm-area')!, row)).toThrowError(
    expect.objectContaining({ code: 'RADIO_OUT_OF_RANGE', message: expect.stringContaining('mdvar') }),
  )
})

test('behavior: beyond 1 km to 1000 km, and below 40 MHz, ITM answers with a flag', () => {
  const model = lossModelById.get('itm-area')!
  const row = { ...inside(model), mdvar: 12, delta_h__meter: 90, epsilon: 15, sigma: 0.005, f__mhz: 30, d__km: 1500 }
  expect(lossOf(model, row).flags).toEqual(
    expect.arrayContaining(['EXTRAPOLATED:f__mhz', 'EXTRAPOLATED:d__km', 'PATH_LONG']),
  )
})

import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { parseCsv } from '../../../src/cli/csv.ts'
import { type LossModel, lossOf } from '../../../src/engines/radio/lossModel.ts'
import { p2108HeightGain, p2108Terrestrial } from '../../../src/engines/radio/models/p2108.ts'
import { p2109 } from '../../../src/engines/radio/models/p2109.ts'
import { referencePath } from '../../support/reference.ts'

// NTIA/p2108-test-data, HeightGainTerminalCorrectionModel.csv, its tolerance 0.1 dB
test.each([
  [1.5, 2, 27, 10, 1, 16],
  [1.5, 2, 27, 10, 3, 20.5],
  [1.5, 2, 27, 15, 5, 24.5],
  [1.5, 2, 27, 20, 6, 27.1],
  [3, 3, 15, 15, 6, 29],
  [1.5, 2.5, 25, 10, 3, 20.2],
  [1.7, 30, 24.5, 9.8, 3, 0],
])('default: P.2108 at one end, %d GHz, %d m in a street of %d m, clutter %d m of type %d: %d dB', (...given) => {
  const [f__ghz, h__meter, w_s__meter, R__meter, clutter_type, expected] = given
  const { lossDb } = lossOf(p2108HeightGain, { f__ghz, h__meter, w_s__meter, R__meter, clutter_type })
  expect(Math.abs(lossDb - expected)).toBeLessThanOrEqual(0.1)
})

// NTIA/p2108-test-data, TerrestrialStatisticalModel.csv
test.each([
  [0.5, 0.25, 50, 17.4],
  [0.5, 0.25, 99, 30.9],
  [26.6, 15.8, 45, 32.5],
  [67, 5.4, 30.5, 30.9],
  [3.5, 1, 99.9, 42.8],
])('default: P.2108 in towns, %d GHz over %d km at %d percent of places: %d dB', (f__ghz, d__km, p, expected) => {
  expect(Math.abs(lossOf(p2108Terrestrial, { f__ghz, d__km, p }).lossDb - expected)).toBeLessThanOrEqual(0.1)
})

test('behavior: clutter in towns grows no further beyond 2 km', () => {
  const at = (d__km: number) => lossOf(p2108Terrestrial, { f__ghz: 3.5, d__km, p: 50 }).lossDb
  expect(at(1)).toBeLessThan(at(2))
  expect(at(20)).toBe(at(2))
})

// values of the ITU-R Study Group 3 workbook in eeveetza/Py2109 tests/validateP2109.py, its tolerance 0.01 dB
test.each([
  [28_000, 1, 0, 0, 2.769],
  [28_000, 10, 0, 0, 6.891],
  [28_000, 50.11872, 0, 0, 20.218],
  [28_000, 99.77001, 0, 0, 55.44],
  [28_000, 10, 1, 0, 19.484],
  [28_000, 95.49926, 1, 0, 73.818],
  [2000, 10, 0, 45, 11.251],
  [2000, 54.95409, 0, 45, 24.773],
  [2000, 1, 1, 45, 8.605],
  [2000, 54.95409, 1, 45, 39.723],
])(
  'default: P.2109 at %d MHz, %d percent of buildings of class %d, %d° up: %d dB',
  (f_mhz, p, building, up, expected) => {
    const { lossDb } = lossOf(p2109, { f_mhz, p, building, elevation_deg: up })
    expect(Math.abs(lossDb - expected)).toBeLessThanOrEqual(0.01)
  },
)

const folder = referencePath('radio', 'p2108')
const files: readonly (readonly [file: string, model: LossModel, column: string])[] = [
  ['HeightGainTerminalCorrectionModel.csv', p2108HeightGain, 'A_h__db'],
  ['TerrestrialStatisticalModel.csv', p2108Terrestrial, 'L_ctt__db'],
]
describe.skipIf(!folder)(`NTIA's files${folder ? '' : ' (no reference folder)'}`, () => {
  test.each(files)('default: %s to 0.1 dB, and its errors refused', (file, model, column) => {
    const { columns, rows } = parseCsv(readFileSync(join(folder!, file), 'utf8'), file)
    expect(rows.length).toBeGreaterThan(0)
    for (const cells of rows) {
      const row: Record<string, number> = Object.fromEntries(columns.map((key, i) => [key, Number(cells[i])]))
      if (row.rtn === 0) expect(Math.abs(lossOf(model, row).lossDb - row[column]!)).toBeLessThanOrEqual(0.1)
      else {
        expect(() => lossOf(model, row)).toThrowError(expect.objectContaining({ code: 'RADIO_OUT_OF_RANGE' }))
      }
    }
  })
})

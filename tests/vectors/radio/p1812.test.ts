import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { readProfiles } from '../../../src/cli/radio/profileFile.ts'
import { readSheet } from '../../../src/cli/radio/sheetRows.ts'
import { profileLossOf } from '../../../src/engines/radio/profileModel.ts'
import { p1812 } from '../../../src/engines/radio/profileModels/p1812.ts'
import { dataBankPath, parameterSheet } from '../../support/p1812Path.ts'
import { figuresOf, SHEET_FIGURES } from '../../support/p1812Sheet.ts'
import { referencePath } from '../../support/reference.ts'

/** Its own tolerance. A sheet prints ten digits, so half a unit of the tenth is added. */
const TOLERANCE = 1e-8

const predict = (path: string, sheet: string) => {
  const { profiles, row } = readProfiles(path, 'path')
  return profileLossOf(p1812, { ...row, ...readSheet(sheet, 'sheet') }, profiles[0]!)
}

function expectSheet(path: string, sheet: string): void {
  const { steps, lossDb } = predict(path, sheet)
  const figures = figuresOf(sheet)
  expect(figures.length).toBe(SHEET_FIGURES)
  for (const { name, expected, rounding } of figures) {
    expect(Math.abs(steps![name]! - expected), `${name}: ${steps![name]}, expected ${expected}`).toBeLessThanOrEqual(
      TOLERANCE + rounding,
    )
  }
  expect(lossDb).toBe(steps!.Lb)
}

test('default: the shortest path of the reference, all figures on the way to 1e-8', () => {
  expectSheet(dataBankPath, parameterSheet)
})

test('default: its measurements at 1, 10 and 50 % of the time, loss and field strength to 1e-8', () => {
  const { profiles, row, rows } = readProfiles(dataBankPath, 'path')
  const expected = [
    [87.0385433, 91.90331472],
    [87.30268122, 91.63917679],
    [87.48987104, 91.45198697],
  ]
  expect(rows.length).toBe(3)
  for (const [i, measured] of rows.entries()) {
    const { lossDb, steps } = profileLossOf(p1812, { ...row, ...measured }, profiles[0]!)
    expect(Math.abs(lossDb - expected[i]![0]!)).toBeLessThanOrEqual(1.5e-8)
    expect(Math.abs(steps!.Ep! - expected[i]![1]!)).toBeLessThanOrEqual(1.5e-8)
  }
})

const folder = referencePath('radio', 'p1812')
const sheets = folder ? readdirSync(folder).filter((name) => name.endsWith('_log.csv')) : []
describe.skipIf(!folder)(
  `the reference's ${sheets.length} predictions${folder ? '' : ' (no reference folder)'}`,
  () => {
    test('default: there are eighteen of them', () => expect(sheets.length).toBe(18))
    test.each(sheets)('default: %s, every figure to 1e-8', (name) => {
      const path = name.replace(/_\d_log\.csv$/, '.csv')
      expectSheet(readFileSync(join(folder!, path), 'utf8'), readFileSync(join(folder!, name), 'utf8'))
    })
  },
)

import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { parseCsv } from '../../../src/cli/csv.ts'
import { readProfiles } from '../../../src/cli/radio/profileFile.ts'
import { lossOf } from '../../../src/engines/radio/lossModel.ts'
import { itmArea } from '../../../src/engines/radio/models/itmArea.ts'
import { evenProfile, profileLossOf } from '../../../src/engines/radio/profileModel.ts'
import { itmP2p } from '../../../src/engines/radio/profileModels/itmP2p.ts'
import { referencePath } from '../../support/reference.ts'
import { ITM_HEIGHTS_M, ITM_STEP_M } from './itmProfile.ts'

type Row = Readonly<Record<string, number>>

// the file of the area mode is rounded to 0.1 dB, that of the profiles to 0.01 dB
const AREA_DB = 0.06
const P2P_DB = 0.01

const ground = { epsilon: 15, sigma: 0.008, N_0: 301 }

// NTIA ITM 1.4, area.csv
const area: readonly (readonly [row: Row, lossDb: number])[] = [
  [
    {
      ...{ h_tx__meter: 10, h_rx__meter: 1, delta_h__meter: 0, mdvar: 0, d__km: 16, f__mhz: 230, pol: 0, climate: 5 },
      ...{ tx_siting_criteria: 0, rx_siting_criteria: 0, time: 87, location: 50, situation: 50 },
    },
    152.5,
  ],
  [
    {
      ...{ h_tx__meter: 3, h_rx__meter: 1.5, delta_h__meter: 10, mdvar: 1, d__km: 10, f__mhz: 450, pol: 0, climate: 5 },
      ...{ tx_siting_criteria: 1, rx_siting_criteria: 0, time: 40, location: 28, situation: 25 },
    },
    133,
  ],
  [
    {
      ...{ h_tx__meter: 15, h_rx__meter: 3, delta_h__meter: 5, mdvar: 2, d__km: 100, f__mhz: 980, pol: 1, climate: 4 },
      ...{ tx_siting_criteria: 2, rx_siting_criteria: 1, time: 92, location: 53, situation: 97 },
    },
    224.1,
  ],
]
test.each(area)('default: area mode, %o: NTIA says %d dB', (row, expected) => {
  expect(Math.abs(lossOf(itmArea, { ...ground, ...row }).lossDb - expected)).toBeLessThanOrEqual(AREA_DB)
})

const link = { h_tx__meter: 3, h_rx__meter: 1.5, f__mhz: 480, pol: 1, climate: 5, mdvar: 12 }
const shares = { time: 22, location: 22, situation: 22 }

test('default: point to point over 78 intervals: NTIA says 157.10 dB', () => {
  const profile = evenProfile(ITM_STEP_M, Float64Array.from(ITM_HEIGHTS_M))
  const { lossDb } = profileLossOf(itmP2p, { ...ground, ...link, ...shares }, profile)
  expect(Math.abs(lossDb - 157.1)).toBeLessThanOrEqual(P2P_DB)
})

test('error: RADIO_OUT_OF_RANGE for a profile whose steps differ', () => {
  const even = evenProfile(ITM_STEP_M, Float64Array.from(ITM_HEIGHTS_M))
  const distanceM = even.distanceM.map((d, i) => (i === 40 ? d + 20 : d))
  expect(() => profileLossOf(itmP2p, { ...ground, ...link, ...shares }, { ...even, distanceM })).toThrowError(
    expect.objectContaining({ code: 'RADIO_OUT_OF_RANGE', message: expect.stringContaining('point 40') }),
  )
})

test('error: RADIO_OUT_OF_RANGE where mountains thin the air beyond the model', () => {
  const profile = evenProfile(100, new Float64Array(80).fill(9000))
  expect(() => profileLossOf(itmP2p, { ...ground, ...link, ...shares, N_0: 250 }, profile)).toThrowError(
    expect.objectContaining({ message: expect.stringContaining('refractivity at the surface') }),
  )
})

const folder = referencePath('radio', 'itm')
const rowsOf = (name: string): Row[] => {
  const { columns, rows } = parseCsv(readFileSync(join(folder!, name), 'utf8'), name)
  return rows.map((row) => Object.fromEntries(columns.map((key, i) => [key, Number(row[i])])))
}

describe.skipIf(!folder)(`NTIA's files${folder ? '' : ' (no reference folder)'}`, () => {
  test('default: area.csv to 0.06 dB', () => {
    const rows = rowsOf('area.csv')
    expect(rows.length).toBeGreaterThan(0)
    for (const row of rows) {
      expect(Math.abs(lossOf(itmArea, row).lossDb - row.A__db!)).toBeLessThanOrEqual(AREA_DB)
    }
  })
  test('default: p2p.csv over pfls.csv to 0.01 dB', () => {
    const rows = rowsOf('p2p.csv')
    const { profiles } = readProfiles(readFileSync(join(folder!, 'pfls.csv'), 'utf8'), 'pfls.csv')
    expect(profiles.length).toBe(rows.length)
    for (const [i, row] of rows.entries()) {
      const { lossDb } = profileLossOf(itmP2p, row, profiles[i]!)
      expect(Math.abs(lossDb - row.A__db!)).toBeLessThanOrEqual(P2P_DB)
    }
  })
})

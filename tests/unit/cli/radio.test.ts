import { afterAll, describe, expect, test } from 'vitest'
import { lossModels } from '../../../src/engines/radio/models/index.ts'
import { profileModels } from '../../../src/engines/radio/profileModels/index.ts'
import { documentOf, scratch, veracity } from '../../support/commandLine.ts'
import { dataBankPath, parameterSheet } from '../../support/p1812Path.ts'

const files = scratch()
afterAll(() => files.remove())

interface Losses {
  readonly model: string
  readonly rows: readonly { readonly lossDb: number | null; readonly flags: readonly string[] }[]
}
const loss = async (model: string, csv: string, ...more: string[]) =>
  veracity('radio', 'loss', '--model', model, '--csv', files.write(`${model}.csv`, csv), '--json', ...more)

describe('radio loss', () => {
  test('default: one loss a row, and nothing else on stdout', async () => {
    const answer = await loss('uma-los', 'f_mhz,d_m,h_tx_m,h_rx_m\n5000,100,25,1.5\n5000,1000,25,1.5\n')
    expect(answer.code).toBe(0)
    const { model, rows } = documentOf<Losses>(answer)
    expect(model).toBe('uma-los')
    expect(rows[0]!.lossDb).toBeCloseTo(86.2362, 1)
    expect(rows[1]!.lossDb).toBeCloseTo(109.7252, 1)
    expect(rows[0]!.flags).toEqual([])
  })
  test('behavior: words of a choice, absent columns with an initial value, and quotes are read', async () => {
    const { rows } = documentOf<Losses>(
      await loss('hata', 'f_mhz,d_m,h_tx_m,h_rx_m,environment\n869,2000,30,1,"open"\r\n869,2000,30,1,suburban\n'),
    )
    expect(rows[0]!.lossDb).toBeCloseTo(109.66, 0)
    expect(rows[1]!.lossDb).toBeCloseTo(128.03, 0)
    const { rows: absent } = documentOf<Losses>(await loss('hata', 'f_mhz,d_m,h_tx_m,h_rx_m\n869,2000,30,1\n'))
    expect(absent[0]!.lossDb).toBeCloseTo(137.88, 1)
  })
  test('behavior: a row out of range is null with its reason, the others are answered, and the code is 1', async () => {
    const answer = await loss(
      'hata',
      'f_mhz,d_m,h_tx_m,h_rx_m\n869,2000,30,1\n9000,2000,30,1\n,2000,30,1\nx,2000,30,1\n',
    )
    expect(answer.code).toBe(1)
    const { rows } = documentOf<Losses>(answer)
    expect(rows.map(({ lossDb }) => lossDb === null)).toEqual([false, true, true, true])
    expect(rows[1]!.flags[0]).toMatch(/RADIO_OUT_OF_RANGE: hata: f_mhz .* 9000, expected 150 to 1500 MHz/)
  })
  test('behavior: extrapolation is flagged, unused columns are named on stderr', async () => {
    const answer = await loss('cost231', 'f_mhz,d_m,h_tx_m,h_rx_m,colour\n2114,2000,30,1,3\n')
    expect(documentOf<Losses>(answer).rows[0]).toMatchObject({ flags: ['EXTRAPOLATED:f_mhz'] })
    expect(answer.err).toContain('colour')
  })
  test('default: Bullington over profiles: flat ground far below costs nothing, a ridge costs what it should', async () => {
    const profiles = files.write('profiles.csv', '4,250,0,0,0,0,0\n4,250,0,0,80,0,0\n')
    const answer = await loss('bullington', 'f_mhz,h_tx_m,h_rx_m\n868,50,50\n868,50,50\n', '--profiles', profiles)
    const { rows } = documentOf<Losses>(answer)
    expect(rows[0]!.lossDb).toBeCloseTo(20 * Math.log10(868) + 32.45, 1)
    expect(rows[1]!.lossDb! - rows[0]!.lossDb!).toBeGreaterThan(20)
  })
  test('default: p1812 takes its rows from the measurements of a data-bank path, or from a parameter sheet', async () => {
    const profiles = files.write('path.csv', dataBankPath)
    const measured = await veracity('radio', 'loss', '--model', 'p1812', '--profiles', profiles, '--json')
    expect(measured.code).toBe(0)
    const rows = documentOf<Losses>(measured).rows
    expect(rows.length).toBe(3)
    expect(rows[0]!.lossDb).toBeCloseTo(87.0385433, 7)
    const sheet = files.write('sheet.csv', parameterSheet)
    const one = await veracity('radio', 'loss', '--model', 'p1812', '--csv', sheet, '--profiles', profiles, '--json')
    expect(documentOf<Losses>(one).rows).toMatchObject([{ lossDb: rows[0]!.lossDb, steps: { Lb: rows[0]!.lossDb } }])
  })
  test.each([
    ['a profile short of heights', '4,250,0,0,0\n', /line 1: 3 heights, expected np \+ 1 = 5/],
    ['a step that is no number', '2,x,0,0,0\n', /step or height/],
    ['a profile of no steps', '0,250,0\n', /np is 0/],
    ['no profile at all', '\n', /there is no profile/],
    ['a path without points', '{Begin of Profile}\nNumber of Points:,0\n{End of Profile}\n', /the profile is empty/],
    ['a point without a height', '{Begin of Profile}\n0,\n{End of Profile}\n', /no distance or height/],
    ['two profiles for three rows', '1,250,0,0\n1,250,0,0\n', /2 profiles, expected one for each of 3 rows/],
  ])('error: %s is one line and 2', async (_, text, words) => {
    const profiles = files.write('bad.csv', text)
    const rows = 'f_mhz,h_tx_m,h_rx_m\n868,50,50\n868,50,50\n868,50,50\n'
    const { code, err } = await loss('bullington', rows, '--profiles', profiles)
    expect(code).toBe(2)
    expect(err).toMatch(words)
    expect(err.split('\n').length).toBe(1)
  })
  test('error: FORMAT_BROKEN for a sheet whose value is no number', async () => {
    const profiles = files.write('path.csv', dataBankPath)
    const answer = await loss('p1812', '# Parameter,Ref,,Value,\nf (GHz),,,fast,\n', '--profiles', profiles)
    expect(answer.code).toBe(2)
    expect(answer.err).toContain('f (GHz) is "fast"')
  })
  test('default: help lists every model, and the columns of the one that is named', async () => {
    const { out } = await veracity('radio', 'loss', '--help')
    for (const { id } of [...lossModels, ...profileModels]) expect(out).toContain(id)
    const { out: one } = await veracity('radio', 'loss', '--model', 'hata', '--help')
    expect(one).toMatch(/environment .*large-city \| small-city \| suburban \| open; when absent small-city/)
    expect(one).toContain('1980')
  })
  test.each([
    ['a model that does not exist', ['radio', 'loss', '--model', 'magic', '--csv', 'x'], /expected one of: free-space/],
    [
      'a profile model without profiles',
      ['radio', 'loss', '--model', 'itm-p2p', '--csv', 'x'],
      /--profiles is missing/,
    ],
    ['no model', ['radio', 'loss', '--csv', 'x'], /--model is missing/],
    ['no file', ['radio', 'loss', '--model', 'hata'], /--csv is missing/],
    ['a file that is not there', ['radio', 'loss', '--model', 'hata', '--csv', '/nonexistent'], /cannot be read/],
    ['an unknown option', ['radio', 'loss', '--mode', 'hata'], /Unknown option/],
  ])('error: %s is one line and 2', async (_, argv, words) => {
    const { code, err, out } = await veracity(...argv)
    expect(code).toBe(2)
    expect(err).toMatch(words)
    expect(err.split('\n').length).toBe(1)
    expect(out).toBe('')
  })
  test.each([
    ['no header', ''],
    ['a short row', 'f_mhz,d_m,h_tx_m,h_rx_m\n1,2\n'],
    ['an open quote', 'f_mhz,d_m\n"1,2\n'],
  ])('error: FORMAT_BROKEN for %s', async (_, csv) => {
    const { code, err } = await loss('hata', csv)
    expect(code).toBe(2)
    expect(err).toContain('hata.csv')
  })
})

describe('radio airtime', () => {
  test('default: ten bytes at SF7 are 41.216 ms; duty cycle and sensitivities beside it', async () => {
    const answer = await veracity('radio', 'airtime', '--sf', '7', '--bytes', '10', '--json')
    expect(documentOf(answer)).toMatchObject({
      timeOnAirUs: 41216,
      packetsPerHour: 873,
      deviceSensitivityDbm: -124,
      gatewaySensitivityDbm: -130,
    })
  })
  test('behavior: every option changes the packet', async () => {
    const us = async (...more: string[]) =>
      documentOf<{ timeOnAirUs: number }>(
        await veracity('radio', 'airtime', '--json', '--sf', '12', '--bytes', '52', ...more),
      ).timeOnAirUs
    expect(await us('--bytes', '50', '--ldro', 'on', '--bw', '500000', '--cr', '2')).toBe(657_408)
    const base = await us()
    for (const more of [
      ['--no-crc'],
      ['--implicit'],
      ['--ldro', 'off'],
      ['--preamble', '12'],
      ['--cr', '4'],
      ['--bw', '250000'],
    ]) {
      expect(await us(...more)).not.toBe(base)
    }
  })
  test.each([
    ['--sf', '13'],
    ['--sf', '7.5'],
    ['--bytes', '-1'],
    ['--bytes', ''],
    ['--duty', '2'],
    ['--ldro', 'maybe'],
  ])('error: BAD_USAGE for %s %s', async (option, value) => {
    const { code, err } = await veracity('radio', 'airtime', `${option}=${value}`)
    expect(code).toBe(2)
    expect(err).toContain(option)
  })
})

import { expect, test } from 'vitest'
import { FACTORS, isolationOf, survives } from '../../../src/engines/lorawan/isolation.ts'

const need = isolationOf('capture')

/** Whether a packet of SF7 at 14 dBm over 2 s survives interferers that overlap it for some seconds. */
function outcome(others: readonly (readonly [sf: number, dbm: number, overlapS: number])[]): boolean {
  const energy = new Float64Array(FACTORS)
  for (const [sf, dbm, overlapS] of others) energy[sf - 7]! += overlapS * 10 ** (dbm / 10)
  return survives(need, 0, 2 * 10 ** 1.4, energy, 0)
}

// ns-3 lorawan, test/lorawan-test-suite.cc, InterferenceTest; its 6 dB case lies on the boundary and is tried either side
test.each([
  ['another factor, SF12, just as strong', [[12, 14, 2]], true],
  ['the same factor 7 dB weaker', [[7, 7, 2]], true],
  ['the same factor 6 dB weaker, less 0.01 dB', [[7, 8.01, 2]], false],
  ['the same factor 6 dB weaker, and 0.01 dB more', [[7, 7.99, 2]], true],
  ['the same factor 6 dB weaker over half the time', [[7, 8, 1]], true],
  ['nothing on its own frequency', [], true],
  ['SF8, 16 dB stronger', [[8, 29.99, 2]], true],
  ['SF8, 17 dB stronger', [[8, 31, 2]], false],
  ['SF10, 17 dB stronger: better isolated', [[10, 31, 2]], true],
  [
    'three of SF8 at 16 dB: they add up',
    [
      [8, 30, 2],
      [8, 30, 2],
      [8, 30, 2],
    ],
    false,
  ],
  [
    'SF8, SF9 and SF10 at 16 dB: factors do not add up',
    [
      [8, 29.99, 2],
      [9, 30, 2],
      [10, 30, 2],
    ],
    true,
  ],
] as const)('default: SF7 against %s: survives %o', (_, others, expected) => {
  expect(outcome(others as never)).toBe(expected)
})

test('behavior: under ALOHA the least overlap of the same factor destroys, and others never', () => {
  const aloha = isolationOf('aloha')
  const energy = new Float64Array(FACTORS)
  energy[5] = 1e9
  expect(survives(aloha, 0, 1, energy, 0)).toBe(true)
  energy[0] = 1e-12
  expect(survives(aloha, 0, 1, energy, 0)).toBe(false)
})

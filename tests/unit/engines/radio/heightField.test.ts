import fc from 'fast-check'
import { expect, test } from 'vitest'
import { drawHeights, footprintBoxes } from '../../../../src/engines/radio/heightField.ts'
import { type Window, windowAround } from '../../../../src/engines/radio/lattice.ts'
import { type Block, blockBuildings } from '../../../support/tinyCity.ts'

const draw = (blocks: readonly Block[], window: Window) => {
  const buildings = blockBuildings(blocks)
  return drawHeights(buildings, footprintBoxes(buildings), window)
}
const window: Window = { cellM: 2, col0: -10, row0: -10, cols: 20, rows: 20 }

test('default: a block covers exactly the cells whose centres it holds', () => {
  const { topM } = draw([{ x: -4, y: -2, w: 8, h: 4, heightM: 12 }], window)
  const covered = [...topM].flatMap((h, i) => (h > 0 ? [[(i % 20) - 10, Math.floor(i / 20) - 10]] : []))
  expect(covered).toEqual([-1, 0].flatMap((r) => [-2, -1, 0, 1].map((c) => [c, r])))
  expect(Math.max(...topM)).toBe(12)
})

test('behavior: courtyards stay open, the higher roof wins, parts stand for their outline', () => {
  const yard = draw([{ x: -10, y: -10, w: 20, h: 20, heightM: 9, hole: [-4, -4, 8, 8] }], window)
  expect(yard.topM[10 * 20 + 10]).toBe(0)
  expect(yard.topM[6 * 20 + 6]).toBe(9)
  const stacked = draw(
    [
      { x: -10, y: -10, w: 20, h: 20, heightM: 90, hasParts: true },
      { x: -10, y: -10, w: 20, h: 20, heightM: 10, parent: 0 },
      { x: -2, y: -2, w: 4, h: 4, heightM: 90, parent: 0 },
    ],
    window,
  )
  expect(stacked.topM[10 * 20 + 10]).toBe(90)
  expect(stacked.topM[6 * 20 + 6]).toBe(10)
})

test('behavior: a window sees the same city wherever it is cut', () => {
  const block = fc.record({
    x: fc.integer({ min: -80, max: 60 }),
    y: fc.integer({ min: -80, max: 60 }),
    w: fc.integer({ min: 1, max: 40 }),
    h: fc.integer({ min: 1, max: 40 }),
    heightM: fc.integer({ min: 3, max: 90 }),
  })
  fc.assert(
    fc.property(fc.array(block, { maxLength: 8 }), fc.integer({ min: -15, max: 15 }), (blocks, shift) => {
      const whole = draw(blocks, { cellM: 2, col0: -60, row0: -60, cols: 120, rows: 120 })
      const cut = draw(blocks, { cellM: 2, col0: shift, row0: -shift, cols: 30, rows: 25 })
      for (let r = 0; r < 25; r++) {
        for (let c = 0; c < 30; c++) {
          const inWhole = whole.topM[(r - shift + 60) * 120 + c + shift + 60]
          if (cut.topM[r * 30 + c] !== inWhole)
            throw new Error(`cell ${c}, ${r}: ${cut.topM[r * 30 + c]} and ${inWhole}`)
        }
      }
    }),
    { seed: 5, numRuns: 60 },
  )
})

test('behavior: a building outside the window, one without height and an empty city leave it flat', () => {
  const flat = draw(
    [
      { x: 500, y: 500, w: 10, h: 10, heightM: 30 },
      { x: 0, y: 0, w: 10, h: 10, heightM: 0 },
    ],
    window,
  )
  expect(flat.topM.every((h) => h === 0)).toBe(true)
  expect(draw([], windowAround(3, -5, 10, 4)).topM.length).toBe(81)
})

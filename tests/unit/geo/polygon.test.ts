import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { combineRings, placeInRing } from '../../../src/geo/polygon/combineRings.ts'
import { isSimple } from '../../../src/geo/polygon/crossings.ts'
import {
  orientedRing,
  type Region,
  type Ring,
  regionArea,
  reversedRing,
  ringArea,
  withoutStraight,
} from '../../../src/geo/polygon/ring.ts'

const ring = (...xy: number[]): Ring => Float64Array.from(xy)
const box = (x0: number, y0: number, x1: number, y1: number): Ring => ring(x0, y0, x1, y0, x1, y1, x0, y1)
const united = (w: number): boolean => w > 0
const areaOf = (regions: readonly Region[] | null): number => regions!.reduce((sum, r) => sum + regionArea(r), 0)

/** Winding number of a cell's middle by going round the ring: nothing shared with the code under test. */
function windingAt(r: Ring, x: number, y: number): number {
  let turns = 0
  for (let i = 0; i < r.length; i += 2) {
    const a = Math.atan2(r[i + 1]! - y, r[i]! - x)
    const b = Math.atan2(r[(i + 3) % r.length]! - y, r[(i + 2) % r.length]! - x)
    let d = b - a
    if (d > Math.PI) d -= 2 * Math.PI
    if (d < -Math.PI) d += 2 * Math.PI
    turns += d
  }
  return Math.round(turns / (2 * Math.PI))
}

/** A closed walk along grid lines: every crossing is a whole number, so areas can be counted in cells. */
const walk = fc
  .array(fc.tuple(fc.integer({ min: 0, max: 12 }), fc.integer({ min: 0, max: 12 })), { minLength: 2, maxLength: 7 })
  .map((corners) => {
    const xy: number[] = []
    for (const [i, [x]] of corners.entries())
      xy.push(x, corners[i]![1], corners[(i + 1) % corners.length]![0], corners[i]![1])
    return Float64Array.from(xy)
  })

describe('combineRings', () => {
  test('default: two pieces with a common edge become one, the edge is gone', () => {
    const regions = combineRings([box(0, 0, 5, 5), box(5, 0, 9, 5)], united)!
    expect(regions).toHaveLength(1)
    expect(areaOf(regions)).toBe(45)
    expect(withoutStraight(regions[0]!.outer)).toHaveLength(8)
  })
  test('behavior: partly shared edges, four tile corners and holes over the seam', () => {
    const ringLike = [
      box(0, 0, 10, 10),
      box(10, 0, 20, 10),
      box(0, 10, 10, 20),
      box(10, 10, 20, 20),
      reversedRing(box(8, 8, 12, 12)),
    ]
    const regions = combineRings(ringLike, united)!
    expect(regions).toHaveLength(1)
    expect(regions[0]!.holes).toHaveLength(1)
    expect(areaOf(regions)).toBe(400 - 16)
  })
  test('behavior: overlapping pieces count once; apart stays apart', () => {
    expect(areaOf(combineRings([box(0, 0, 6, 5), box(4, 0, 9, 5)], united))).toBe(45)
    expect(combineRings([box(0, 0, 2, 2), box(5, 5, 7, 7)], united)).toHaveLength(2)
  })
  test('behavior: a bow tie becomes two triangles, touching in a point', () => {
    const regions = combineRings([ring(0, 0, 10, 10, 10, 0, 0, 10)], (w) => w !== 0)!
    expect(regions).toHaveLength(2)
    expect(areaOf(regions)).toBe(50)
    for (const { outer } of regions) expect(ringArea(outer)).toBeGreaterThan(0)
  })
  test('behavior: subtraction leaves the rest, and nothing of nothing', () => {
    expect(areaOf(combineRings([box(0, 0, 10, 10), reversedRing(box(2, 2, 5, 20))], united))).toBe(100 - 24)
    expect(combineRings([box(0, 0, 4, 4), reversedRing(box(-1, -1, 9, 9))], united)).toEqual([])
    expect(combineRings([], united)).toEqual([])
  })
  test('behavior: seeded walks on a grid, one or three at a time, have the area that counting cells gives', () => {
    fc.assert(
      fc.property(fc.array(walk, { minLength: 1, maxLength: 3 }), fc.boolean(), (rings, odd) => {
        const rule = odd ? (w: number) => (w & 1) !== 0 : (w: number) => w !== 0
        const regions = combineRings(rings, rule)!
        let cells = 0
        for (let x = 0; x < 12; x++) {
          for (let y = 0; y < 12; y++) {
            const w = rings.reduce((sum, r) => sum + windingAt(r, x + 0.5, y + 0.5), 0)
            if (rule(w)) cells++
            const home = regions.filter(
              ({ outer, holes }) =>
                windingAt(outer, x + 0.5, y + 0.5) === 1 && holes.every((h) => windingAt(h, x + 0.5, y + 0.5) === 0),
            )
            expect(home.length).toBe(rule(w) ? 1 : 0)
          }
        }
        expect(areaOf(regions)).toBe(cells)
        for (const r of regions) {
          expect(isSimple([r.outer])).toBe(true)
          expect(ringArea(r.outer)).toBeGreaterThan(0)
          for (const hole of r.holes) expect(ringArea(hole)).toBeLessThan(0)
        }
      }),
      { seed: 11, numRuns: 400 },
    )
  })
  test('behavior: any polygon cut in two along a line and united again has its area to rounding', () => {
    const star = fc.array(fc.integer({ min: 2000, max: 90_000 }), { minLength: 5, maxLength: 40 }).map((radii) => {
      const xy = radii.flatMap((r, i) => {
        const a = (2 * Math.PI * i) / radii.length
        return [Math.round(r * Math.cos(a)), Math.round(r * Math.sin(a))]
      })
      return Float64Array.from(xy)
    })
    fc.assert(
      fc.property(star, fc.integer({ min: -1500, max: 1500 }), (whole, x) => {
        const left = box(-100_000, -100_000, x, 100_000)
        const right = box(x, -100_000, 100_000, 100_000)
        const cut = (half: Ring) => combineRings([whole, half], (w) => w > 1)!
        const rings = [...cut(left), ...cut(right)].flatMap((r) => [r.outer, ...r.holes])
        const regions = combineRings(rings, united)!
        expect(regions).toHaveLength(1)
        expect(withoutStraight(regions[0]!.outer, 1.5).length).toBeLessThanOrEqual(whole.length)
        const perimeter = whole.reduce((sum, _, i) => sum + (i & 1 ? 0 : Math.hypot(whole[i]!, whole[i + 1]!)), 0)
        expect(Math.abs(areaOf(regions) - ringArea(whole))).toBeLessThan(2 * perimeter)
      }),
      { seed: 12, numRuns: 200 },
    )
  })
  test('error: a tangle that nobody can have drawn is refused, soon', () => {
    const xy: number[] = []
    for (let i = 0; i < 30_000; i++) xy.push((i * 7919) % 1_000_003, (i * 104_729) % 999_983)
    expect(combineRings([Float64Array.from(xy)], (w) => w !== 0)).toBeNull()
  })
})

describe('rings', () => {
  test('default: sense and area', () => {
    expect(ringArea(box(0, 0, 3, 2))).toBe(6)
    expect(ringArea(reversedRing(box(0, 0, 3, 2)))).toBe(-6)
    expect(ringArea(orientedRing(reversedRing(box(0, 0, 3, 2)), true))).toBe(6)
    expect(ringArea(ring(0, 0, 1, 1))).toBe(0)
  })
  test('behavior: straight vertices, repeats and spikes go, corners stay', () => {
    expect([...withoutStraight(ring(0, 0, 2, 0, 4, 0, 4, 0, 4, 4, 4, 9, 4, 4, 0, 4))]).toEqual([0, 0, 4, 0, 4, 4, 0, 4])
    expect(withoutStraight(ring(0, 0, 5, 0, 9, 0))).toHaveLength(0)
  })
  test('behavior: simple means no crossing, no touching, no vertex twice', () => {
    expect(isSimple([box(0, 0, 4, 4)])).toBe(true)
    expect(isSimple([box(0, 0, 9, 9), reversedRing(box(2, 2, 4, 4))])).toBe(true)
    expect(isSimple([ring(0, 0, 4, 4, 4, 0, 0, 4)])).toBe(false)
    expect(isSimple([ring(0, 0, 4, 0, 4, 4, 2, 0, 0, 4)])).toBe(false)
    expect(isSimple([box(0, 0, 9, 9), reversedRing(box(5, 5, 12, 12))])).toBe(false)
  })
  test('behavior: inside, on and outside', () => {
    const b = box(0, 0, 4, 4)
    expect([placeInRing(b, 2, 2), placeInRing(b, 4, 2), placeInRing(b, 4, 4), placeInRing(b, 5, 2)]).toEqual([
      1, 0, 0, -1,
    ])
  })
})

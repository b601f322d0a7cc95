import fc from 'fast-check'
import { PbfWriter } from 'pbf'
import { describe, expect, test } from 'vitest'
import { finish } from '../../../src/base/steps.ts'
import type { InputFile } from '../../../src/formats/format.ts'
import { clipRun } from '../../../src/formats/osm/tile/tileGeometry.ts'
import { tilePlaceOf } from '../../../src/formats/osm/tile/tilePlace.ts'
import { osmQa } from '../../../src/formats/osmQa/index.ts'
import { combineRings } from '../../../src/geo/polygon/combineRings.ts'
import type { Ring } from '../../../src/geo/polygon/ring.ts'

const EXTENT = 1_048_576
const ZOOM = 12
const X = 2860
const Y = 1368

type Shape = { readonly kind: 2 | 3; readonly rings: readonly Ring[] }

/** Writes a vector tile with one building or road out of rings on the lattice of all tiles, y down, with a margin. */
function tileOf(dx: number, dy: number, margin: number, { kind, rings }: Shape): InputFile | null {
  const left = (X + dx) * EXTENT
  const top = (Y + dy) * EXTENT
  const x0 = left - margin
  const x1 = left + EXTENT + margin
  const y0 = top - margin
  const y1 = top + EXTENT + margin
  const box = Float64Array.of(x0, y0, x1, y0, x1, y1, x0, y1)
  const pieces =
    kind === 2
      ? rings.flatMap((ring) => clipRun(ring, x0, y0, x1 - x0))
      : combineRings([...rings, box], (w) => w > 1)!.flatMap(({ outer, holes }) => [outer, ...holes])
  if (pieces.length === 0) return null
  const geometry: number[] = []
  let px = 0
  let py = 0
  const zigzag = (v: number) => (v < 0 ? -2 * v - 1 : 2 * v)
  for (const piece of pieces) {
    for (let i = 0; i < piece.length; i += 2) {
      if (i === 0) geometry.push(9)
      if (i === 2) geometry.push((((piece.length / 2 - 1) << 3) | 2) >>> 0)
      geometry.push(zigzag(piece[i]! - left - px), zigzag(piece[i + 1]! - top - py))
      px = piece[i]! - left
      py = piece[i + 1]! - top
    }
    if (kind === 3) geometry.push(15)
  }
  const keys = ['@id', '@type', kind === 3 ? 'building' : 'highway', '@timestamp']
  const writer = new PbfWriter()
  writer.writeMessage(
    3,
    (_, layer) => {
      layer.writeStringField(1, 'osm')
      layer.writeVarintField(15, 2)
      layer.writeVarintField(5, EXTENT)
      layer.writeMessage(
        2,
        (__, f) => {
          f.writePackedVarint(2, [0, 0, 1, 1, 2, 2, 3, 3])
          f.writeVarintField(3, kind)
          f.writePackedVarint(4, geometry)
        },
        null,
      )
      for (const key of keys) layer.writeStringField(3, key)
      layer.writeMessage(4, (__, v) => v.writeVarintField(5, 42), null)
      for (const value of ['way', 'service']) layer.writeMessage(4, (__, v) => v.writeStringField(1, value), null)
      layer.writeMessage(4, (__, v) => v.writeDoubleField(3, 1_500_000_000), null)
    },
    null,
  )
  return { name: `${ZOOM}-${X + dx}-${Y + dy}.mvt`, bytes: writer.finish() }
}

const tilesOf = (margin: number, shape: Shape): InputFile[] =>
  [-1, 0]
    .flatMap((dx) => [-1, 0].map((dy) => tileOf(dx, dy, margin, shape)))
    .filter((file): file is InputFile => file !== null)

/** A star of whole coordinates around the corner where four tiles meet. */
const star = fc.array(fc.integer({ min: 800, max: 9000 }), { minLength: 4, maxLength: 24 }).map((radii) => {
  const ring = new Float64Array(radii.length * 2)
  for (const [i, r] of radii.entries()) {
    const a = (2 * Math.PI * i) / radii.length
    ring[2 * i] = X * EXTENT + Math.round(r * Math.cos(a))
    ring[2 * i + 1] = Y * EXTENT + Math.round(r * Math.sin(a))
  }
  return ring
})

describe('tiles', () => {
  test.each([0, 300, 5000])(
    'behavior: any outline cut at four tiles with a margin of %i units is whole again',
    (margin) => {
      fc.assert(
        fc.property(star, (ring) => {
          const whole = finish(osmQa.read([tileOf(0, 0, 50_000, { kind: 3, rings: [ring] })!]))
          const { city, counts, findings } = finish(osmQa.read(tilesOf(margin, { kind: 3, rings: [ring] })))
          const meta = { originLatDeg: whole.city.meta.originLatDeg, originLonDeg: whole.city.meta.originLonDeg }
          expect(city.meta.originLatDeg).toBeCloseTo(meta.originLatDeg, 6)
          expect(counts.buildings).toBe(1)
          expect(findings).toEqual([])
          expect(city.buildings.count).toBe(1)
          expect(city.buildings.polygonStart[1]).toBe(1)
          expect(city.buildings.polygons.start[1]).toBe(1)
          // a star may have corners that are straight to the millimetre; nothing may be added
          expect(city.buildings.polygons.rings.start[1]!).toBeLessThanOrEqual(ring.length / 2)
          const own = whole.city.buildings.footprintM2[0]!
          // 1.5 units of 6 mm along the whole outline is the most that rounding of cuts can move
          expect(Math.abs(city.buildings.footprintM2[0]! - own)).toBeLessThan(0.02 * 4 * Math.sqrt(own) * 6)
        }),
        { seed: 21, numRuns: 60 },
      )
    },
  )
  test('behavior: a road through several tiles is one line from end to end, and keeps its direction', () => {
    const run = Float64Array.of(
      (X - 0.4) * EXTENT,
      (Y - 0.3) * EXTENT,
      (X + 0.2) * EXTENT,
      (Y - 0.2) * EXTENT,
      (X + 0.3) * EXTENT,
      (Y + 0.3) * EXTENT,
    )
    for (const margin of [0, 4000]) {
      const { city, counts } = finish(osmQa.read(tilesOf(margin, { kind: 2, rings: [run] })))
      expect(counts).toMatchObject({ roads: 3, roadsJoined: 1 })
      expect([...city.roads.lines.start]).toEqual([0, 3])
      expect(city.roads.lines.xM[0]!).toBeLessThan(city.roads.lines.xM[2]!)
      expect(city.roads.lines.yM[0]!).toBeGreaterThan(city.roads.lines.yM[2]!)
    }
  })
  test('default: the place is read from the name', () => {
    expect(tilePlaceOf('12-2860-1368.mvt')).toEqual({ zoom: 12, x: 2860, y: 1368 })
    expect(tilePlaceOf('a/b/12/2860/1368.vector.pbf')).toEqual({ zoom: 12, x: 2860, y: 1368 })
    expect(tilePlaceOf('2017-12-04.mvt')).toBeNull()
    expect(tilePlaceOf('2-4-1.mvt')).toBeNull()
    expect(tilePlaceOf('tile.mvt')).toBeNull()
  })
})

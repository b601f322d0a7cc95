import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { placeInRing } from '../../../src/geo/polygon/combineRings.ts'
import { type Region, type Ring, regionArea, ringArea } from '../../../src/geo/polygon/ring.ts'
import { addFlatSolid } from '../../../src/mesh/buildings/flatSolid.ts'
import { addShapedSolid, isSeenFrom } from '../../../src/mesh/buildings/shapedSolid.ts'
import type { SolidSink } from '../../../src/mesh/buildings/solidSink.ts'
import { triangulate } from '../../../src/mesh/buildings/triangulate.ts'
import { SURFACE } from '../../../src/mesh/buildings/vertex.ts'
import { openEdges, rectilinear, sixVolumes, star, worstNormal } from '../../support/solids.ts'

function collect(add: (sink: SolidSink) => void) {
  const place: number[] = []
  const normal: number[] = []
  const surface: number[] = []
  const index: number[] = []
  add({
    vertex(x, y, up, nx, ny, nUp, kind) {
      place.push(x, y, up)
      normal.push(nx, ny, nUp)
      surface.push(kind)
      return surface.length - 1
    },
    triangle: (a, b, c) => void index.push(a, b, c),
  })
  return { place, normal, surface, index }
}

/** A solid that stands on the ground has no underside; the ground closes it. */
function withGround(mesh: ReturnType<typeof collect>, region: Region) {
  const { xy, triangles } = triangulate(region)
  const first = mesh.place.length / 3
  const place = [...mesh.place]
  const normal = [...mesh.normal]
  for (let i = 0; i < xy.length; i += 2) {
    place.push(xy[i]!, xy[i + 1]!, 0)
    normal.push(0, 0, -1)
  }
  const index = [...mesh.index]
  for (let t = 0; t < triangles.length; t += 3)
    index.push(first + triangles[t]!, first + triangles[t + 2]!, first + triangles[t + 1]!)
  return { place, normal, index }
}

function expectSound(region: Region, bottom: number, top: number): void {
  const mesh = collect((sink) => addFlatSolid(sink, region, bottom, top))
  const closed = bottom > 0 ? mesh : withGround(mesh, region)
  expect(openEdges(closed)).toEqual([])
  expect(sixVolumes(closed)).toBe(6 * regionArea(region) * (top - bottom))
  expect(worstNormal(closed)).toBeGreaterThan(0.999)
  // a step out of every wall is out of the building
  for (let v = 0; v < mesh.surface.length; v += 4) {
    if (mesh.surface[v] !== SURFACE.foot) break
    const [ax, ay] = [mesh.place[3 * v]!, mesh.place[3 * v + 1]!]
    const [bx, by] = [mesh.place[3 * v + 3]!, mesh.place[3 * v + 4]!]
    const x = (ax + bx) / 2 + mesh.normal[3 * v]! * 1e-3
    const y = (ay + by) / 2 + mesh.normal[3 * v + 1]! * 1e-3
    const inside = placeInRing(region.outer, x, y) > 0 && region.holes.every((hole) => placeInRing(hole, x, y) < 0)
    expect(inside).toBe(false)
  }
}

describe('addFlatSolid', () => {
  test('default: a box has ten triangles, twelve when it floats', () => {
    const box = { outer: Float64Array.of(0, 0, 128, 0, 128, 256, 0, 256), holes: [] }
    expect(collect((sink) => addFlatSolid(sink, box, 0, 640)).index.length).toBe(30)
    expect(collect((sink) => addFlatSolid(sink, box, 128, 640)).index.length).toBe(36)
    expectSound(box, 0, 640)
    expectSound(box, 128, 640)
  })
  test('behavior: right-angled polygons with holes that touch: closed, volume exact, nothing inside out', () => {
    fc.assert(
      fc.property(rectilinear, fc.boolean(), (regions, floats) => {
        for (const region of regions) expectSound(region, floats ? 400 : 0, 1200)
      }),
      { seed: 41, numRuns: 250 },
    )
  })
  test('behavior: stars with holes: closed, volume exact, nothing inside out', () => {
    fc.assert(
      fc.property(star, fc.boolean(), (region, floats) => expectSound(region, floats ? 400 : 0, 1200)),
      { seed: 42, numRuns: 150 },
    )
  })
})

const circle = (corners: number, radius: number): Ring =>
  Float64Array.from({ length: 2 * corners }, (_, i) => {
    const a = (2 * Math.PI * (i >> 1)) / corners
    return Math.round(radius * (i & 1 ? Math.sin(a) : Math.cos(a)))
  })

describe('addShapedSolid', () => {
  const shapes = ['dome', 'onion', 'cone', 'pyramidal', 'sphere'] as const
  test.each(shapes)(
    'behavior: %s on any round or square ring: closed, turned outwards, as large as it should be',
    (shape) => {
      for (const ring of [circle(16, 1400), circle(33, 1077), circle(4, 3000), circle(5, 700)]) {
        for (const bottom of [0, 1280]) {
          const region = { outer: ring, holes: [] }
          const eaves = shape === 'sphere' ? bottom : bottom + 600
          const mesh = collect((sink) => addShapedSolid(sink, ring, [0, 0], shape, bottom, eaves, eaves + 1600))
          const closed = bottom > 0 || shape === 'sphere' ? mesh : withGround(mesh, region)
          expect(openEdges(closed)).toEqual([])
          const volume = sixVolumes(closed) / 6
          const share = { dome: 0.667, onion: 0.62, cone: 0.333, pyramidal: 0.333, sphere: 0.667 }[shape]
          const expected = ringArea(ring) * (eaves - bottom + share * 1600)
          expect(volume / expected).toBeGreaterThan(0.9)
          expect(volume / expected).toBeLessThan(1.1)
          // smooth normals lean over the edges, but never to the other side
          expect(worstNormal(closed)).toBeGreaterThan(0.3)
        }
      }
    },
  )
  test('behavior: a ring that hides a corner from its centre cannot be spun', () => {
    expect(isSeenFrom(circle(12, 100), 0, 0)).toBe(true)
    expect(isSeenFrom(Float64Array.of(0, 0, 900, 0, 900, 100, 100, 100, 100, 900, 0, 900), 200, 200)).toBe(false)
  })
})

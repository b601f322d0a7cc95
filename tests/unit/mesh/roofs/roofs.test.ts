import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { type Region, type Ring, regionArea, ringArea } from '../../../../src/geo/polygon/ring.ts'
import type { SolidSink } from '../../../../src/mesh/buildings/solidSink.ts'
import { triangulate } from '../../../../src/mesh/buildings/triangulate.ts'
import { SURFACE } from '../../../../src/mesh/buildings/vertex.ts'
import { addPitchedSolid } from '../../../../src/mesh/roofs/addPitchedSolid.ts'
import { straightSkeleton } from '../../../../src/mesh/roofs/skeleton.ts'
import { type Roof, type RoofShape, readRoof } from '../../../../src/model/roof.ts'
import { openEdges, rectilinear, sixVolumes, star, worstNormal } from '../../../support/solids.ts'

const SHAPES = [
  'gabled',
  'hipped',
  'half-hipped',
  'pyramidal',
  'skillion',
  'gambrel',
  'mansard',
  'saltbox',
  'dome',
  'onion',
  'round',
  'cone',
] as const satisfies readonly RoofShape[]

const roofNamed = (shape: RoofShape, more: Partial<Roof> = {}): Roof => ({
  shape,
  heightM: 3,
  isHeightMapped: true,
  directionDeg: NaN,
  isAcross: false,
  ...more,
})

const EAVES = 640
const TOP = 1280

function solidOf(region: Region, roof: Roof, bottom: number, eaves = EAVES, top = TOP) {
  const place: number[] = []
  const normal: number[] = []
  const surface: number[] = []
  const index: number[] = []
  const sink: SolidSink = {
    vertex(x, y, up, nx, ny, nUp, kind) {
      place.push(x, y, up)
      normal.push(nx, ny, nUp)
      surface.push(kind)
      return surface.length - 1
    },
    triangle: (a, b, c) => void index.push(a, b, c),
  }
  addPitchedSolid(sink, region, roof, bottom, eaves, top)
  if (bottom === 0) {
    // what stands on the ground is closed by it
    const { xy, triangles } = triangulate(region)
    const first = surface.length
    for (let i = 0; i < xy.length; i += 2) sink.vertex(xy[i]!, xy[i + 1]!, 0, 0, 0, -1, SURFACE.underside)
    for (let t = 0; t < triangles.length; t += 3)
      sink.triangle(first + triangles[t]!, first + triangles[t + 2]!, first + triangles[t + 1]!)
  }
  return { place, normal, surface, index }
}

/** Closed, as much inside as there must be, and no roof face looks down. */
function expectSound(region: Region, roof: Roof, bottom: number, eaves = EAVES): void {
  const mesh = solidOf(region, roof, bottom, eaves)
  expect(openEdges(mesh)).toEqual([])
  const volume = sixVolumes(mesh) / 6
  const area = regionArea(region)
  expect(volume).toBeGreaterThan(area * (eaves - bottom) * (1 - 1e-9))
  expect(volume).toBeLessThan(area * (TOP - bottom))
  let highest = 0
  for (let v = 0; v < mesh.surface.length; v++) highest = Math.max(highest, mesh.place[3 * v + 2]!)
  expect(highest).toBe(TOP)
  expect(turnedOver(mesh)).toBeLessThanOrEqual(1)
}

/** How thick the thickest roof triangle is, from above and in steps, that looks down: rounding may turn over a hairline. */
function turnedOver({ place, surface, index }: ReturnType<typeof solidOf>): number {
  let thickest = 0
  for (let t = 0; t < index.length; t += 3) {
    const [a, b, c] = [3 * index[t]!, 3 * index[t + 1]!, 3 * index[t + 2]!]
    if (surface[index[t]!] !== SURFACE.roof) continue
    const [ux, uy] = [place[b]! - place[a]!, place[b + 1]! - place[a + 1]!]
    const [vx, vy] = [place[c]! - place[a]!, place[c + 1]! - place[a + 1]!]
    const longest = Math.max(Math.hypot(ux, uy), Math.hypot(vx, vy), Math.hypot(ux - vx, uy - vy))
    if (ux * vy < uy * vx) thickest = Math.max(thickest, (uy * vx - ux * vy) / longest)
  }
  return thickest
}

const ring = (...xy: number[]): Ring => Float64Array.from(xy)
const plain = (outer: Ring): Region => ({ outer, holes: [] })
const OUTLINES: Record<string, Region> = {
  square: plain(ring(0, 0, 1280, 0, 1280, 1280, 0, 1280)),
  oblong: plain(ring(0, 0, 2560, 0, 2560, 1280, 0, 1280)),
  L: plain(ring(0, 0, 2560, 0, 2560, 1024, 1024, 1024, 1024, 2560, 0, 2560)),
  'L of two widths': plain(ring(0, 0, 2560, 0, 2560, 640, 1024, 640, 1024, 2560, 0, 2560)),
  T: plain(ring(0, 0, 3072, 0, 3072, 1024, 2048, 1024, 2048, 3072, 1024, 3072, 1024, 1024, 0, 1024)),
  U: plain(ring(0, 0, 3072, 0, 3072, 2560, 2048, 2560, 2048, 1024, 1024, 1024, 1024, 2560, 0, 2560)),
  cross: plain(
    ring(
      1024,
      0,
      2048,
      0,
      2048,
      1024,
      3072,
      1024,
      3072,
      2048,
      2048,
      2048,
      2048,
      3072,
      1024,
      3072,
      1024,
      2048,
      0,
      2048,
      0,
      1024,
      1024,
      1024,
    ),
  ),
  courtyard: {
    outer: ring(0, 0, 4096, 0, 4096, 4096, 0, 4096),
    holes: [ring(1024, 1024, 1024, 3072, 3072, 3072, 3072, 1024)],
  },
  trapezium: plain(ring(0, 0, 2600, 150, 2300, 1400, 100, 1210)),
}

describe.each(SHAPES)('%s', (shape) => {
  test.each(Object.keys(OUTLINES))('default: over %s: closed, of positive volume, no face looks down', (name) => {
    for (const bottom of [0, 320]) expectSound(OUTLINES[name]!, roofNamed(shape), bottom)
    expectSound(OUTLINES[name]!, roofNamed(shape, { isAcross: true, directionDeg: 37 }), 0)
    expectSound(OUTLINES[name]!, roofNamed(shape), 320, 320)
  })
  test('behavior: over random right-angled outlines with holes (seed 51)', () => {
    fc.assert(
      fc.property(rectilinear, fc.boolean(), (regions, floats) => {
        for (const region of regions) expectSound(region, roofNamed(shape), floats ? 320 : 0)
      }),
      { seed: 51, numRuns: 60 },
    )
  })
  test('behavior: over stars: closed and of positive volume (seed 52)', () => {
    fc.assert(
      fc.property(star, (region) => {
        const mesh = solidOf(region, roofNamed(shape), 0)
        expect(openEdges(mesh)).toEqual([])
        expect(sixVolumes(mesh)).toBeGreaterThan(6 * regionArea(region) * EAVES)
        expect(turnedOver(mesh)).toBeLessThanOrEqual(1)
      }),
      { seed: 52, numRuns: 40 },
    )
  })
})

describe('straightSkeleton', () => {
  test('behavior: comes out whole on right-angled outlines, and its faces fill them (seed 53)', () => {
    let failed = 0
    let all = 0
    fc.assert(
      fc.property(rectilinear, (regions) => {
        for (const region of regions) {
          all++
          const skeleton = straightSkeleton(region)
          if (!skeleton) {
            failed++
            continue
          }
          // no node lies deeper than half the narrower side of the box around it
          const { outer } = region
          const width = Math.max(...outer.filter((_, i) => !(i & 1))) - Math.min(...outer.filter((_, i) => !(i & 1)))
          expect(Math.max(...skeleton.depth)).toBeLessThanOrEqual(width / 2 + 1e-6)
        }
      }),
      { seed: 53, numRuns: 300 },
    )
    expect(all).toBeGreaterThan(500)
    expect(failed).toBe(0)
  })
})

describe('volumes in closed form', () => {
  const rise = TOP - EAVES
  const volumeOf = (region: Region, shape: RoofShape) =>
    sixVolumes(solidOf(region, roofNamed(shape), 0)) / 6 - regionArea(region) * EAVES
  const [a, b] = [2560, 1280]
  test.each([
    ['gabled', (rise * a * b) / 2],
    ['hipped', (rise * b * (3 * a - b)) / 6],
    ['skillion', (rise * a * b) / 2],
    ['saltbox', (rise * a * b) / 2],
    // a half hip takes off either end what stands on the upper half of the gable, half as deep as a hip
    ['half-hipped', (rise * a * b) / 2 - (2 / 3) * (((b / 2) * (rise / 2)) / 2) * (b / 4)],
    ['gambrel', rise * a * b * (0.34 * 0.3 + 0.66 * 0.8)],
  ] as [RoofShape, number][])('default: %s over an oblong', (shape, wanted) => {
    expect(volumeOf(OUTLINES.oblong!, shape) / wanted).toBeCloseTo(1, 2)
  })
  test('default: a pyramid over a square holds a third', () => {
    expect(volumeOf(OUTLINES.square!, 'hipped') / ((rise * 1280 * 1280) / 3)).toBeCloseTo(1, 6)
  })
})

describe('gables', () => {
  /** Walls that rise to the ridge between their corners. */
  const gablesOf = (region: Region, shape: RoofShape): number => {
    const { place, surface } = solidOf(region, roofNamed(shape), 0)
    const tips = new Set<string>()
    for (let v = 0; v < surface.length; v++) {
      if (surface[v] === SURFACE.eaves && place[3 * v + 2] === TOP) tips.add(`${place[3 * v]},${place[3 * v + 1]}`)
    }
    return tips.size
  }
  test.each([
    ['square', 2],
    ['oblong', 2],
    ['L', 2],
    ['T', 3],
    ['U', 2],
    ['cross', 4],
    ['courtyard', 0],
  ] as [string, number][])('default: a gabled %s has a gable on every wing’s end: %i', (name, wanted) => {
    expect(gablesOf(OUTLINES[name]!, 'gabled')).toBe(wanted)
    expect(gablesOf(OUTLINES[name]!, 'hipped')).toBe(0)
  })
})

describe('readRoof', () => {
  const read = (tags: Record<string, string>) => readRoof((key) => tags[key], 100)
  test.each([
    ['gabled', 'gabled'],
    ['half_hipped', 'half-hipped'],
    ['lean_to', 'skillion'],
    ['conical', 'cone'],
    ['wavy', 'flat'],
    ['toString', 'flat'],
  ])('default: roof:shape=%s is %s', (word, shape) => expect(read({ 'roof:shape': word }).shape).toBe(shape))
  test('default: direction in degrees or as a point of the compass, orientation, height, levels', () => {
    expect(read({ 'roof:shape': 'skillion', 'roof:direction': '45' }).directionDeg).toBe(45)
    expect(read({ 'roof:shape': 'skillion', 'roof:direction': 'wsw' }).directionDeg).toBe(247.5)
    expect(read({ 'roof:shape': 'skillion' }).directionDeg).toBeNaN()
    expect(read({ 'roof:shape': 'gabled', 'roof:orientation': 'across' }).isAcross).toBe(true)
    expect(read({ 'roof:shape': 'gabled', 'roof:height': '4.5 m' })).toMatchObject({
      heightM: 4.5,
      isHeightMapped: true,
    })
    expect(read({ 'roof:shape': 'gabled', 'roof:levels': '2' })).toMatchObject({ heightM: 5, isHeightMapped: false })
    expect(readRoof((key) => ({ 'roof:shape': 'hipped' })[key], 40_000).heightM).toBe(5)
  })
  test('default: a lean-to looks down where it is mapped to look', () => {
    const { place, surface } = solidOf(OUTLINES.oblong!, roofNamed('skillion', { directionDeg: 180 }), 0)
    for (let v = 0; v < surface.length; v++) {
      if (surface[v] === SURFACE.roof) expect(place[3 * v + 2]).toBe(place[3 * v + 1] === 0 ? EAVES : TOP)
    }
  })
})

test('behavior: a face normal is that of its triangle', () => {
  for (const shape of SHAPES) expect(worstNormal(solidOf(OUTLINES.T!, roofNamed(shape), 320))).toBeGreaterThan(0.999)
  expect(ringArea(OUTLINES.T!.outer)).toBeGreaterThan(0)
})

test('behavior: right-angled outlines turned by any angle, as most houses lie, keep whole skeletons (seed 54)', () => {
  let failed = 0
  let all = 0
  fc.assert(
    fc.property(rectilinear, fc.integer({ min: 1, max: 89 }), (regions, deg) => {
      const [c, s] = [Math.cos((deg * Math.PI) / 180), Math.sin((deg * Math.PI) / 180)]
      const turn = (xy: Ring): Ring =>
        Float64Array.from(xy, (v, i) => Math.round(i & 1 ? s * xy[i - 1]! + c * v : c * v - s * xy[i + 1]!))
      for (const { outer, holes } of regions) {
        const region = { outer: turn(outer), holes: holes.map(turn) }
        all++
        if (!straightSkeleton(region)) failed++
        const mesh = solidOf(region, roofNamed('gabled'), 0)
        expect(openEdges(mesh)).toEqual([])
        expect(turnedOver(mesh)).toBeLessThanOrEqual(1)
      }
    }),
    { seed: 54, numRuns: 150 },
  )
  expect(all).toBeGreaterThan(200)
  expect(failed / all).toBeLessThan(0.01)
})

import fc from 'fast-check'
import { combineRings } from '../../src/geo/polygon/combineRings.ts'
import { type Region, type Ring, withoutStraight } from '../../src/geo/polygon/ring.ts'

/** Polygons with right angles, holes and places where they touch themselves: unions of closed walks along a grid. */
export const rectilinear = fc
  .array(
    fc.array(fc.tuple(fc.integer({ min: 0, max: 14 }), fc.integer({ min: 0, max: 14 })), {
      minLength: 2,
      maxLength: 8,
    }),
    { minLength: 1, maxLength: 3 },
  )
  .map((walks) => {
    const rings = walks.map((corners) =>
      Float64Array.from(
        corners.flatMap(([x, y], i) => [160 * x, 160 * y, 160 * corners[(i + 1) % corners.length]![0], 160 * y]),
      ),
    )
    return (combineRings(rings, (w) => w !== 0) ?? []).map(({ outer, holes }) => ({
      outer: withoutStraight(outer),
      holes: holes.map((hole) => withoutStraight(hole)),
    }))
  })

const ringOf = (radii: readonly number[], scale: number, sign: 1 | -1): Ring => {
  const n = radii.length
  const xy = new Float64Array(2 * n)
  for (let i = 0; i < n; i++) {
    const a = (sign * 2 * Math.PI * i) / n
    xy[2 * i] = Math.round(scale * radii[i]! * Math.cos(a))
    xy[2 * i + 1] = Math.round(scale * radii[i]! * Math.sin(a))
  }
  return withoutStraight(xy)
}

/** Stars with a hole in the middle now and then. */
export const star: fc.Arbitrary<Region> = fc
  .tuple(
    fc.array(fc.integer({ min: 300, max: 3000 }), { minLength: 5, maxLength: 40 }),
    fc.array(fc.integer({ min: 40, max: 200 }), { minLength: 5, maxLength: 12 }),
    fc.boolean(),
  )
  .map(([radii, inner, open]) => ({
    outer: ringOf(radii, 1, 1),
    holes: open ? [ringOf(inner, 1, -1)] : [],
  }))

/** A mesh as plain numbers, whatever it came from. */
export interface PlainMesh {
  readonly place: ArrayLike<number> // [vertices, 3] right-handed
  readonly normal: ArrayLike<number> // [vertices, 3]
  readonly index: ArrayLike<number>
}

/** Six times the volume that the triangles enclose. */
export function sixVolumes({ place, index }: PlainMesh): number {
  let sum = 0
  for (let t = 0; t < index.length; t += 3) {
    const [a, b, c] = [index[t]! * 3, index[t + 1]! * 3, index[t + 2]! * 3]
    sum +=
      place[a]! * (place[b + 1]! * place[c + 2]! - place[b + 2]! * place[c + 1]!) -
      place[a + 1]! * (place[b]! * place[c + 2]! - place[b + 2]! * place[c]!) +
      place[a + 2]! * (place[b]! * place[c + 1]! - place[b + 1]! * place[c]!)
  }
  return sum
}

/** Edges, by place, that do not run as often one way as the other: none means that the surface is closed. */
export function openEdges({ place, index }: PlainMesh): string[] {
  const at = (v: number) => `${place[3 * v]},${place[3 * v + 1]},${place[3 * v + 2]}`
  const net = new Map<string, number>()
  for (let t = 0; t < index.length; t += 3) {
    for (let k = 0; k < 3; k++) {
      const a = at(index[t + k]!)
      const b = at(index[t + ((k + 1) % 3)]!)
      if (a === b) continue
      const key = a < b ? `${a} ${b}` : `${b} ${a}`
      net.set(key, (net.get(key) ?? 0) + (a < b ? 1 : -1))
    }
  }
  return [...net].filter(([, n]) => n !== 0).map(([key]) => key)
}

/** The smallest cosine between a triangle's own normal and those of its corners; triangles without area do not count. */
export function worstNormal({ place, normal, index }: PlainMesh): number {
  let worst = 1
  for (let t = 0; t < index.length; t += 3) {
    const [a, b, c] = [index[t]!, index[t + 1]!, index[t + 2]!]
    const u = [0, 1, 2].map((k) => place[3 * b + k]! - place[3 * a + k]!)
    const v = [0, 1, 2].map((k) => place[3 * c + k]! - place[3 * a + k]!)
    const n = [u[1]! * v[2]! - u[2]! * v[1]!, u[2]! * v[0]! - u[0]! * v[2]!, u[0]! * v[1]! - u[1]! * v[0]!]
    const length = Math.hypot(...n)
    if (length === 0) continue
    for (const corner of [a, b, c]) {
      const own = [0, 1, 2].map((k) => normal[3 * corner + k]!)
      const dot = own[0]! * n[0]! + own[1]! * n[1]! + own[2]! * n[2]!
      worst = Math.min(worst, dot / length / Math.hypot(...own))
    }
  }
  return worst
}

import { cos, sin } from '../../base/math/trig.ts'
import type { Ring } from '../../geo/polygon/ring.ts'
import { addUnderside, addWalls } from './flatSolid.ts'
import type { SolidSink } from './solidSink.ts'
import { SURFACE } from './vertex.ts'

/** The outline of a roof from the side: how wide it is at which height, both from 0 to 1, from its foot to its top. */
type Profile = readonly (readonly [width: number, height: number])[]

const DOME_STEPS = 6

const arc = (from: number, to: number, steps: number): Profile =>
  Array.from({ length: steps + 1 }, (_, k) => {
    const angle = ((from + ((to - from) * k) / steps) * Math.PI) / 180
    const width = k === steps && to === 90 ? 0 : k === 0 && from === -90 ? 0 : cos(angle)
    return [width, from < 0 ? (1 + sin(angle)) / 2 : sin(angle)] as const
  })

/** Shapes that are spun around a middle. */
export type StandingShape = 'dome' | 'onion' | 'cone' | 'pyramidal' | 'sphere'

const PROFILES: Readonly<Record<StandingShape, Profile>> = {
  dome: arc(0, 90, DOME_STEPS),
  sphere: arc(-90, 90, 2 * DOME_STEPS),
  cone: [
    [1, 0],
    [0, 1],
  ],
  pyramidal: [
    [1, 0],
    [0, 1],
  ],
  // drawn after the onion domes of Russian churches: widest at a quarter of their height, then a long tip
  onion: [
    [1, 0],
    [1.14, 0.12],
    [1.18, 0.24],
    [1.08, 0.38],
    [0.82, 0.52],
    [0.5, 0.64],
    [0.24, 0.76],
    [0.08, 0.88],
    [0, 1],
  ],
}

/** Whether every corner of a ring is seen from a point inside, in order: then shapes can be spun around it. */
export function isSeenFrom(ring: Ring, x: number, y: number): boolean {
  const n = ring.length
  for (let i = 0; i < n; i += 2) {
    const ax = ring[i] - x
    const ay = ring[i + 1] - y
    const bx = ring[(i + 2) % n] - x
    const by = ring[(i + 3) % n] - y
    if (ax * by - bx * ay <= 0) return false
  }
  return true
}

/**
 * Adds a solid with a dome, onion, cone, pyramid or ball on walls: the ring is drawn together towards its centre along
 * a profile. Pyramids keep flat faces; the rest is shaded smoothly.
 *
 * Shapes   ring in steps, counter-clockwise, every corner seen from the centre
 */
export function addShapedSolid(
  sink: SolidSink,
  ring: Ring,
  centre: readonly [x: number, y: number],
  shape: StandingShape,
  bottom: number,
  eaves: number,
  top: number,
): void {
  if (shape !== 'sphere') {
    if (eaves > bottom) addWalls(sink, ring, bottom, eaves)
    if (bottom > 0) addUnderside(sink, { outer: ring, holes: [] }, bottom)
  }
  const profile = PROFILES[shape]
  const [cx, cy] = centre
  const rise = top - eaves
  const levels = profile.map(([, height]) => eaves + Math.round((rise * height) / 4) * 4)
  levels[levels.length - 1] = top
  const corner = (k: number, i: number): readonly [number, number] => {
    const width = profile[k][0]
    if (width === 1) return [ring[i], ring[i + 1]]
    return [Math.round(cx + width * (ring[i] - cx)), Math.round(cy + width * (ring[i + 1] - cy))]
  }
  const smooth = shape !== 'pyramidal' && ring.length >= 16
  for (let k = 0; k + 1 < profile.length; k++) {
    for (let i = 0; i < ring.length; i += 2) {
      const j = (i + 2) % ring.length
      const lowI = corner(k, i)
      const lowJ = corner(k, j)
      const highI = corner(k + 1, i)
      const highJ = corner(k + 1, j)
      const flat = faceNormal(lowI, lowJ, highJ, highI, levels[k], levels[k + 1])
      const normal = (step: number, at: number) => (smooth ? smoothNormal(ring, cx, cy, profile, rise, step, at) : flat)
      const put = (step: number, at: number, [x, y]: readonly [number, number]): number => {
        const [nx, ny, nUp] = normal(step, at)
        return sink.vertex(x, y, levels[step], nx, ny, nUp, SURFACE.roof)
      }
      // at a tip the upper edge has no length, at the foot of a ball the lower one
      if (profile[k][0] > 0 && profile[k + 1][0] > 0) {
        const [a, b, c, d] = [put(k, i, lowI), put(k, j, lowJ), put(k + 1, j, highJ), put(k + 1, i, highI)]
        sink.triangle(a, b, c)
        sink.triangle(a, c, d)
      } else if (profile[k][0] > 0) sink.triangle(put(k, i, lowI), put(k, j, lowJ), put(k + 1, i, highI))
      else sink.triangle(put(k, i, lowI), put(k + 1, j, highJ), put(k + 1, i, highI))
    }
  }
}

type Vector = readonly [x: number, y: number, up: number]

const unit = (x: number, y: number, up: number): Vector => {
  const length = Math.sqrt(x * x + y * y + up * up) || 1
  return [x / length, y / length, up / length]
}

/** Normal of a four-cornered face by its diagonals; it holds when two corners are one. */
function faceNormal(
  a: readonly [number, number],
  b: readonly [number, number],
  c: readonly [number, number],
  d: readonly [number, number],
  low: number,
  high: number,
): Vector {
  const ux = c[0] - a[0]
  const uy = c[1] - a[1]
  const vx = d[0] - b[0]
  const vy = d[1] - b[1]
  const rise = high - low
  return unit(uy * rise - rise * vy, rise * vx - ux * rise, ux * vy - uy * vx)
}

/** Normal at a corner of a body of rotation: outwards as the ring runs there, tilted as the profile runs there. */
function smoothNormal(
  ring: Ring,
  cx: number,
  cy: number,
  profile: Profile,
  rise: number,
  k: number,
  i: number,
): Vector {
  const n = ring.length
  const tx = ring[(i + 2) % n] - ring[(i + n - 2) % n]
  const ty = ring[(i + 3) % n] - ring[(i + n - 1) % n]
  const along = Math.sqrt(tx * tx + ty * ty) || 1
  const radius = Math.sqrt((ring[i] - cx) * (ring[i] - cx) + (ring[i + 1] - cy) * (ring[i + 1] - cy))
  const [w0, h0] = profile[Math.max(0, k - 1)]
  const [w1, h1] = profile[Math.min(profile.length - 1, k + 1)]
  const out = (h1 - h0) * rise
  const up = (w0 - w1) * radius
  const slope = Math.sqrt(out * out + up * up) || 1
  // at the very tip and foot the surface is level, whatever the neighbouring step says, but for a cone
  const level = profile[k][0] === 0 && profile.length > 2
  if (level) return [0, 0, k === 0 ? -1 : 1]
  return unit((ty / along) * (out / slope), (-tx / along) * (out / slope), up / slope)
}

import type { Ring } from '../../geo/polygon/ring.ts'

/** Places closer than this, in steps of 8 mm, are one. */
export const EPS = 1e-3

/** An edge of the polygon: unit vectors along and inwards, and where its line stands at time 0. */
interface Edge {
  readonly start: number // node
  readonly end: number
  readonly dx: number
  readonly dy: number
  readonly nx: number
  readonly ny: number
  readonly c: number
}

/** A corner of the moving figure, between the edges `left` (behind it) and `right` (ahead of it). */
export interface Wave {
  left: number
  right: number
  node: number // where it set out
  x: number // where it is now
  y: number
  vx: number
  vy: number
  folded: boolean // its edges have met: they run towards each other on one line
  prev: Wave
  next: Wave
}

/** The way of a corner from node to node, between two faces. */
interface Arc {
  readonly from: number
  readonly to: number
  readonly left: number
  readonly right: number
}

export type Wavefront = ReturnType<typeof createWavefront>

/** The moving figure of a straight skeleton, with what its corners have drawn so far. */
export function createWavefront(rings: readonly Ring[]) {
  const nodeX: number[] = []
  const nodeY: number[] = []
  const nodeTime: number[] = []
  const edges: Edge[] = []
  const arcs: Arc[] = []
  const live = new Set<Wave>()
  let now = 0
  let fresh = 0 // first node of this very moment

  const nodeAt = (x: number, y: number): number => {
    for (let k = fresh; k < nodeX.length; k++) {
      if (Math.abs(nodeX[k] - x) < 2 * EPS && Math.abs(nodeY[k] - y) < 2 * EPS) return k
    }
    nodeX.push(x)
    nodeY.push(y)
    nodeTime.push(now)
    return nodeX.length - 1
  }

  /** Sets how a corner moves: so that it stays on both of its edges' lines. */
  const aim = (wave: Wave): void => {
    const a = edges[wave.left]
    const b = edges[wave.right]
    const dot = a.nx * b.nx + a.ny * b.ny
    wave.folded = dot < -1 + 1e-9
    const k = wave.folded ? 0 : 1 / (1 + dot)
    wave.vx = (a.nx + b.nx) * k
    wave.vy = (a.ny + b.ny) * k
  }
  const drawArc = (wave: Wave, to: number): void => {
    if (wave.node !== to) arcs.push({ from: wave.node, to, left: wave.left, right: wave.right })
  }
  const spawn = (left: number, right: number, x: number, y: number, prev: Wave, next: Wave): Wave => {
    const node = nodeAt(x, y)
    const wave: Wave = { left, right, node, x, y, vx: 0, vy: 0, folded: false, prev, next }
    prev.next = wave
    next.prev = wave
    live.add(wave)
    aim(wave)
    return wave
  }

  /** Ends what has shrunk to a line or a point, and folds together edges that have met. */
  const settle = (wave: Wave): void => {
    for (let at = wave; ; ) {
      if (at.next === at) {
        live.delete(at)
        return
      }
      if (at.next === at.prev) {
        const other = at.next
        const end = nodeAt(other.x, other.y)
        drawArc(other, end)
        if (at.node !== end) arcs.push({ from: at.node, to: end, left: at.left, right: at.right })
        live.delete(at)
        live.delete(other)
        return
      }
      if (!at.folded) return
      at = fold(at)
    }
  }
  /** Runs along two edges that have met up to the nearer of their other ends. */
  const fold = (wave: Wave): Wave => {
    const { prev, next } = wave
    const { dx, dy } = edges[wave.right]
    const ahead = (next.x - wave.x) * dx + (next.y - wave.y) * dy
    const behind = (prev.x - wave.x) * dx + (prev.y - wave.y) * dy
    const both = Math.abs(ahead - behind) < 2 * EPS
    const first = ahead <= behind ? next : prev
    const to = nodeAt(first.x, first.y)
    if (wave.node !== to) arcs.push({ from: wave.node, to, left: wave.left, right: wave.right })
    live.delete(wave)
    const ends = both ? [next, prev] : [first]
    for (const end of ends) {
      drawArc(end, to)
      live.delete(end)
    }
    if (both && prev.prev === next) {
      // nothing but the edge between the two was left
      const last: Wave = { ...next, node: to }
      last.next = last
      last.prev = last
      return last
    }
    const left = both || first === prev ? prev.left : wave.left
    const right = both || first === next ? next.right : wave.right
    const before = both || first === prev ? prev.prev : prev
    const after = both || first === next ? next.next : next
    return spawn(left, right, nodeX[to], nodeY[to], before, after)
  }

  for (const ring of rings) {
    const n = ring.length / 2
    const first = nodeX.length
    for (let i = 0; i < n; i++) {
      const j = (i + 1) % n
      const lx = ring[2 * j] - ring[2 * i]
      const ly = ring[2 * j + 1] - ring[2 * i + 1]
      const length = Math.sqrt(lx * lx + ly * ly)
      const [dx, dy] = [lx / length, ly / length]
      const c = -dy * ring[2 * i] + dx * ring[2 * i + 1]
      edges.push({ start: first + i, end: first + j, dx, dy, nx: -dy, ny: dx, c })
      nodeX.push(ring[2 * i])
      nodeY.push(ring[2 * i + 1])
      nodeTime.push(0)
    }
    const waves: Wave[] = Array.from({ length: n }, (_, i) => {
      const wave = { left: first + ((i + n - 1) % n), right: first + i, node: first + i } as Wave
      return Object.assign(wave, { x: ring[2 * i], y: ring[2 * i + 1], vx: 0, vy: 0, folded: false })
    })
    for (const [i, wave] of waves.entries()) {
      wave.prev = waves[(i + n - 1) % n]
      wave.next = waves[(i + 1) % n]
      aim(wave)
      live.add(wave)
    }
  }
  fresh = nodeX.length

  return {
    nodeX,
    nodeY,
    nodeTime,
    edges,
    arcs,
    live,
    get now() {
      return now
    },
    isReflex({ left, right }: Wave): boolean {
      return edges[left].dx * edges[right].dy - edges[left].dy * edges[right].dx < -1e-9
    },
    /** When the edge ahead of a corner has shrunk to nothing. */
    collapseTime(wave: Wave): number {
      const { dx, dy } = edges[wave.right]
      const { next } = wave
      const length = (next.x - wave.x) * dx + (next.y - wave.y) * dy
      const rate = (next.vx - wave.vx) * dx + (next.vy - wave.vy) * dy
      if (length < EPS) return rate < 1e-9 || length < -EPS ? now : Infinity
      return rate < -1e-12 ? now - length / rate : Infinity
    },
    /** When a reflex corner runs into the edge ahead of another corner; Infinity when it passes beside it. */
    strikeTime(wave: Wave, edge: Wave): number {
      const { nx, ny, c, dx, dy } = edges[edge.right]
      if (edge.right === wave.left || edge.right === wave.right) return Infinity
      const gap = nx * wave.x + ny * wave.y - c - now
      const rate = nx * wave.vx + ny * wave.vy - 1
      if (gap < -EPS || rate > -1e-12) return Infinity
      const wait = Math.max(0, -gap / rate)
      const x = wave.x + wait * wave.vx
      const y = wave.y + wait * wave.vy
      const from = (x - edge.x - wait * edge.vx) * dx + (y - edge.y - wait * edge.vy) * dy
      const to = (edge.next.x + wait * edge.next.vx - x) * dx + (edge.next.y + wait * edge.next.vy - y) * dy
      return from < -EPS || to < -EPS ? Infinity : now + wait
    },
    moveTo(time: number): void {
      const wait = time - now
      if (wait > 0) {
        for (const wave of live) {
          wave.x += wait * wave.vx
          wave.y += wait * wave.vy
        }
        if (wait > 1e-6) fresh = nodeX.length
      }
      now = time
    },
    /** The edge ahead of a corner is gone: its two ends become one. */
    collapse(wave: Wave): void {
      const { next } = wave
      const [x, y] = [(wave.x + next.x) / 2, (wave.y + next.y) / 2]
      const to = nodeAt(x, y)
      drawArc(wave, to)
      drawArc(next, to)
      live.delete(wave)
      live.delete(next)
      if (next.next === wave) return
      settle(spawn(wave.left, next.right, nodeX[to], nodeY[to], wave.prev, next.next))
    },
    /** A corner has run into the edge ahead of another: the figure falls apart there, or grows together with another ring. */
    split(wave: Wave, edge: Wave): void {
      const to = nodeAt(wave.x, wave.y)
      const [x, y] = [nodeX[to], nodeY[to]]
      const far = edge.next
      drawArc(wave, to)
      live.delete(wave)
      const atStart = Math.abs(x - edge.x) + Math.abs(y - edge.y) < 4 * EPS
      const atEnd = !atStart && Math.abs(x - far.x) + Math.abs(y - far.y) < 4 * EPS
      const { prev, next } = wave
      if (atEnd) {
        drawArc(far, to)
        live.delete(far)
      }
      if (atStart) {
        drawArc(edge, to)
        live.delete(edge)
      }
      // what met an end meets both of its edges
      const beyond = atEnd ? far.next : far
      const before = atStart ? edge.prev : edge
      const one = beyond === wave ? null : spawn(wave.left, atEnd ? far.right : edge.right, x, y, prev, beyond)
      const two = before === wave ? null : spawn(atStart ? edge.left : edge.right, wave.right, x, y, before, next)
      if (one && live.has(one)) settle(one)
      if (two && live.has(two)) settle(two)
    },
  }
}

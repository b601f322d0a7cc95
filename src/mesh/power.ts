import Flatbush from 'flatbush'
import { atan2 } from '../base/math/arc.ts'
import type { Steps } from '../base/steps.ts'
import { type City, POINT_KINDS } from '../model/city.ts'
import { CLEARANCE_M, type LineShape, lineShapeOf, SAG_PER_M2 } from './power/lineShape.ts'

/** Overhead lines as wires that sag, and the towers that carry them. */
export interface PowerMesh {
  /** Line segments: two ends each, x, y (up), z in scene metres. */
  readonly wirePosition: Float32Array // [segments, 2, 3]
  readonly wireLine: Float32Array // [segments, 2] index of the power line
  readonly voltageV: Float32Array // [lines] as mapped; NaN when not
  readonly towers: Towers
}

/** Towers and poles, for instances of one model each. */
export interface Towers {
  readonly count: number
  readonly position: Float32Array // [n, 2] x east, z south
  readonly heightM: Float32Array // [n]
  readonly armM: Float32Array // [n] half the width of the widest arm
  readonly headingRad: Float32Array // [n] of the line through it, from east towards north; arms stand across
  readonly voltageV: Float32Array // [n] NaN when not mapped
  readonly line: Int32Array // [n] index of the power line, -1 for one that stands alone
  readonly point: Int32Array // [n] index of the mapped point, -1 where only the line's bend says that one must stand
}

const SEGMENTS = 10

/** A mapped tower this near to a bend of a line is the one that stands there. */
const SAME_PLACE_M = 3

/** Makes wires span by span. A wire between two supports hangs as a parabola, which a taut catenary is to 1 %. */
export function* runPowerMesh(city: City): Steps<PowerMesh> {
  const { powerLines, points } = city
  const wires: number[] = []
  const wireLine: number[] = []
  const rows: TowerRow[] = []
  const used = new Uint8Array(points.count)
  const nearestTower = towerFinder(city)
  for (let line = 0; line < powerLines.count; line++) {
    if ((line & 3) === 0) yield (0.9 * line) / Math.max(1, powerLines.count)
    const shape = lineShapeOf(powerLines.voltageV[line], powerLines.circuits[line])
    const supports = supportsOf(city, line, shape)
    for (const support of supports) {
      const point = nearestTower(support.xM, support.yM)
      if (point >= 0 && used[point] === 1) continue
      if (point >= 0) used[point] = 1
      rows.push({
        ...support,
        heightM: shape.heightM,
        armM: shape.armM,
        voltageV: powerLines.voltageV[line],
        line,
        point,
      })
    }
    for (let k = 0; k + 1 < supports.length; k++) {
      addSpan(wires, supports[k], supports[k + 1], shape)
      while (wireLine.length < wires.length / 3) wireLine.push(line)
    }
  }
  const alone = lineShapeOf(NaN, 1)
  for (let point = 0; point < points.count; point++) {
    if (used[point] === 1 || !isTower(points.kind[point])) continue
    const isPole = POINT_KINDS[points.kind[point]] === 'power-pole'
    const { heightM, armM } = isPole ? lineShapeOf(10_000, 1) : alone
    rows.push({
      xM: points.xM[point],
      yM: points.yM[point],
      headingRad: 0,
      heightM,
      armM,
      voltageV: NaN,
      line: -1,
      point,
    })
  }
  return {
    wirePosition: new Float32Array(wires),
    wireLine: new Float32Array(wireLine),
    voltageV: powerLines.voltageV.slice(),
    towers: toTowers(rows),
  }
}

interface Support {
  readonly xM: number
  readonly yM: number
  readonly headingRad: number
}
interface TowerRow extends Support {
  readonly heightM: number
  readonly armM: number
  readonly voltageV: number
  readonly line: number
  readonly point: number
}

/** The places where a line rests: its mapped vertices, each with the direction between its neighbours. */
function supportsOf({ powerLines }: City, line: number, shape: LineShape): Support[] {
  const { start, xM, yM } = powerLines.lines
  const supports: Support[] = []
  const first = start[line]
  const last = start[line + 1] - 1
  for (let v = first; v <= last; v++) {
    const previous = supports[supports.length - 1]
    // vertices closer than half a tower's height belong to the same gantry
    if (previous && v < last) {
      const dx = xM[v] - previous.xM
      const dy = yM[v] - previous.yM
      if (dx * dx + dy * dy < (shape.heightM * shape.heightM) / 4) continue
    }
    const before = Math.max(first, v - 1)
    const after = Math.min(last, v + 1)
    supports.push({ xM: xM[v], yM: yM[v], headingRad: atan2(yM[after] - yM[before], xM[after] - xM[before]) })
  }
  return supports
}

function addSpan(wires: number[], a: Support, b: Support, shape: LineShape): void {
  const dx = b.xM - a.xM
  const dy = b.yM - a.yM
  const length = Math.sqrt(dx * dx + dy * dy)
  if (!(length > 0)) return
  const nx = -dy / length
  const ny = dx / length
  for (const { acrossM, heightShare } of shape.wires) {
    const upM = heightShare * shape.heightM
    const sagM = Math.min(SAG_PER_M2.value * length * length, Math.max(0, upM - CLEARANCE_M))
    let px = 0
    let pUp = 0
    let pz = 0
    for (let s = 0; s <= SEGMENTS; s++) {
      const t = s / SEGMENTS
      const x = a.xM + t * dx + acrossM * nx
      const up = upM - 4 * sagM * t * (1 - t)
      const z = -(a.yM + t * dy + acrossM * ny)
      if (s > 0) wires.push(px, pUp, pz, x, up, z)
      px = x
      pUp = up
      pz = z
    }
  }
}

const isTower = (kind: number): boolean => POINT_KINDS[kind] === 'power-tower' || POINT_KINDS[kind] === 'power-pole'

/** Finds the mapped tower at a place; -1 when there is none. */
function towerFinder({ points }: City): (xM: number, yM: number) => number {
  const towers: number[] = []
  for (let p = 0; p < points.count; p++) if (isTower(points.kind[p])) towers.push(p)
  if (towers.length === 0) return () => -1
  const tree = new Flatbush(towers.length)
  for (const p of towers) tree.add(points.xM[p], points.yM[p])
  tree.finish()
  return (xM, yM) => {
    const [found] = tree.neighbors(xM, yM, 1, SAME_PLACE_M)
    return found === undefined ? -1 : towers[found]
  }
}

function toTowers(rows: readonly TowerRow[]): Towers {
  const column = (pick: (row: TowerRow) => number): Float32Array => {
    const out = new Float32Array(rows.length)
    for (let i = 0; i < rows.length; i++) out[i] = pick(rows[i])
    return out
  }
  const position = new Float32Array(2 * rows.length)
  for (let i = 0; i < rows.length; i++) {
    position[2 * i] = rows[i].xM
    position[2 * i + 1] = -rows[i].yM
  }
  return {
    count: rows.length,
    position,
    heightM: column((row) => row.heightM),
    armM: column((row) => row.armM),
    headingRad: column((row) => row.headingRad),
    voltageV: column((row) => row.voltageV),
    line: Int32Array.from(rows, (row) => row.line),
    point: Int32Array.from(rows, (row) => row.point),
  }
}

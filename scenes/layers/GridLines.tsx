import { useFrame, useThree } from '@react-three/fiber'
import { useEffect, useMemo, useRef } from 'react'
import {
  BufferAttribute,
  BufferGeometry,
  DynamicDrawUsage,
  Group,
  LineBasicMaterial,
  LineSegments,
  Points,
  PointsMaterial,
} from 'three'
import { BUS_KINDS, type GridMap } from '../../src/model/grid.ts'
import { dayStep, shownMs } from '../../src/stores/clock.ts'
import { paintLoading, paintVoltage } from '../paint/gridPaint.ts'
import { useStage } from '../stage.ts'

const LINE_HEIGHT_M = 1.2
const DRAWN_BUSES: readonly number[] = ['source', 'mv-station', 'lv-board', 'building', 'asset'].map((kind) =>
  BUS_KINDS.indexOf(kind as (typeof BUS_KINDS)[number]),
)

interface Drawn {
  readonly branchOfVertex: Uint32Array
  readonly lineRgb: Float32Array
  readonly bus: Uint32Array
  readonly busRgb: Float32Array
}

/** Turns the polylines of a grid into line segments, two vertices each, and its buses into points. */
function buildGeometry(map: GridMap, lines: BufferGeometry, points: BufferGeometry): Drawn {
  let segments = 0
  for (let b = 0; b < map.branchCount; b++) segments += Math.max(map.pathStart[b + 1]! - map.pathStart[b]! - 1, 0)
  const position = new Float32Array(segments * 6)
  const branchOfVertex = new Uint32Array(segments * 2)
  let at = 0
  for (let b = 0; b < map.branchCount; b++) {
    for (let k = map.pathStart[b]!; k < map.pathStart[b + 1]! - 1; k++) {
      for (const end of [k, k + 1]) {
        position[3 * at] = map.pathXM[end]!
        position[3 * at + 1] = LINE_HEIGHT_M
        position[3 * at + 2] = -map.pathYM[end]!
        branchOfVertex[at++] = b
      }
    }
  }
  const bus = Uint32Array.from(map.busKind.keys()).filter((i) => DRAWN_BUSES.includes(map.busKind[i]!))
  const busPosition = new Float32Array(bus.length * 3)
  for (const [k, i] of bus.entries()) busPosition.set([map.busXM[i]!, LINE_HEIGHT_M + 0.4, -map.busYM[i]!], 3 * k)
  const lineRgb = new Float32Array(position.length)
  const busRgb = new Float32Array(busPosition.length)
  lines.setAttribute('position', new BufferAttribute(position, 3))
  lines.setAttribute('color', new BufferAttribute(lineRgb, 3).setUsage(DynamicDrawUsage))
  points.setAttribute('position', new BufferAttribute(busPosition, 3))
  points.setAttribute('color', new BufferAttribute(busRgb, 3).setUsage(DynamicDrawUsage))
  lines.computeBoundingSphere()
  points.computeBoundingSphere()
  return { branchOfVertex, lineRgb, bus, busRgb }
}

/** The modelled grid at the shown time: lines by loading, connections by voltage. Two draw calls. */
export function GridLines() {
  const stage = useStage()
  const invalidate = useThree((state) => state.invalidate)
  const held = useRef<{ map: GridMap | null; drawn: Drawn | null; key: string }>({ map: null, drawn: null, key: '' })
  const parts = useMemo(() => {
    const lines = new LineSegments(
      new BufferGeometry(),
      new LineBasicMaterial({
        vertexColors: true,
        transparent: true,
        toneMapped: false,
        depthWrite: false,
        fog: false,
      }),
    )
    const points = new Points(
      new BufferGeometry(),
      new PointsMaterial({
        vertexColors: true,
        size: 5,
        sizeAttenuation: false,
        transparent: true,
        toneMapped: false,
        depthWrite: false,
        fog: false,
      }),
    )
    lines.renderOrder = 20
    points.renderOrder = 21
    const group = new Group()
    group.add(lines, points)
    return { lines, points, group }
  }, [])

  useEffect(() => {
    const unsubscribe = [stage.grid, stage.clock, stage.layers].map((store) => store.subscribe(() => invalidate()))
    return () => {
      for (const off of unsubscribe) off()
      for (const part of [parts.lines, parts.points]) {
        part.geometry.dispose()
        part.material.dispose()
      }
    }
  }, [stage, invalidate, parts])

  useFrame(({ camera }) => {
    const { map, run } = stage.grid.getState()
    const { visible, opacity } = stage.layers.getState()
    const now = held.current
    parts.group.visible = visible.grid && map !== null && run.result !== null
    if (!parts.group.visible || !map || !run.result) return
    if (map !== now.map) {
      now.map = map
      now.drawn = buildGeometry(map, parts.lines.geometry, parts.points.geometry)
      now.key = ''
    }
    parts.lines.material.opacity = opacity.grid
    parts.points.material.opacity = opacity.grid
    parts.points.visible = camera.position.y < 2600
    parts.points.material.size = camera.position.y < 700 ? 6 : 3.5

    const { day } = run.result
    const clock = stage.clock.getState()
    const step = dayStep(shownMs(clock), clock.utcOffsetH, day.steps)
    const key = `${run.revision}/${step}`
    if (key === now.key || !now.drawn) return
    now.key = key
    const m = map.branchCount
    const n = map.busCount
    paintLoading(now.drawn.branchOfVertex, day.loading.subarray(step * m, (step + 1) * m), now.drawn.lineRgb)
    paintVoltage(now.drawn.bus, day.vPu.subarray(step * n, (step + 1) * n), now.drawn.busRgb)
    parts.lines.geometry.getAttribute('color').needsUpdate = true
    parts.points.geometry.getAttribute('color').needsUpdate = true
  })

  return <primitive object={parts.group} />
}

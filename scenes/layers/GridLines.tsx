import { useFrame, useThree } from '@react-three/fiber'
import { useEffect, useMemo, useRef } from 'react'
import {
  BufferAttribute,
  BufferGeometry,
  DynamicDrawUsage,
  Group,
  InstancedBufferGeometry,
  Mesh,
  Points,
  PointsMaterial,
} from 'three'
import type { GridMap } from '../../src/model/grid.ts'
import { dayStep, momentTurned, shownMs } from '../../src/stores/clock.ts'
import { paintLoading, paintVoltage } from '../paint/gridPaint.ts'
import { useStage } from '../stage.ts'
import { createWireSheet, isLowVoltage, stationBuses, type WireSheet } from './gridGeometry.ts'
import { createWireMaterial, createWireUniforms } from './wireMaterial.ts'

/** Above this height of the eye the low-voltage lines are finer than a pixel and only cost. */
const LOW_VOLTAGE_BELOW_M = 4200
const STATION_HEIGHT_M = 2

interface Drawn {
  readonly map: GridMap
  readonly medium: WireSheet
  readonly low: WireSheet
  readonly bus: Uint32Array
  readonly busRgb: Float32Array
}

/** The modelled grid at the shown time: lines by loading, stations by voltage; buildings take their voltage themselves. */
export function GridLines() {
  const stage = useStage()
  const invalidate = useThree((state) => state.invalidate)
  const size = useThree((state) => state.size)
  const dpr = useThree((state) => state.viewport.dpr)
  const held = useRef<{ drawn: Drawn | null; key: string }>({ drawn: null, key: '' })
  const parts = useMemo(() => {
    const uniforms = createWireUniforms()
    const material = createWireMaterial(uniforms)
    const medium = new Mesh(new InstancedBufferGeometry(), material)
    const low = new Mesh(new InstancedBufferGeometry(), material)
    const stations = new Points(
      new BufferGeometry(),
      new PointsMaterial({
        vertexColors: true,
        sizeAttenuation: false,
        transparent: true,
        toneMapped: false,
        depthWrite: false,
        fog: false,
      }),
    )
    const group = new Group()
    for (const [i, part] of [low, medium, stations].entries()) {
      part.renderOrder = 20 + i
      part.frustumCulled = false
      group.add(part)
    }
    return { uniforms, material, medium, low, stations, group }
  }, [])

  useEffect(() => {
    const watched = [stage.grid, stage.layers, stage.selection]
    const unsubscribe = watched.map((store) => store.subscribe(() => invalidate()))
    unsubscribe.push(stage.clock.subscribe((now, then) => momentTurned(now, then) && invalidate()))
    return () => {
      for (const off of unsubscribe) off()
      for (const part of [parts.medium, parts.low, parts.stations]) part.geometry.dispose()
      parts.material.dispose()
      parts.stations.material.dispose()
    }
  }, [stage, invalidate, parts])

  const build = (map: GridMap): Drawn => {
    for (const part of [parts.medium, parts.low, parts.stations]) part.geometry.dispose()
    const low = createWireSheet(map, (b) => isLowVoltage(map, b), 0)
    const medium = createWireSheet(map, (b) => !isLowVoltage(map, b), 1)
    const bus = stationBuses(map)
    const place = new Float32Array(3 * bus.length)
    for (const [k, i] of bus.entries()) place.set([map.busXM[i]!, STATION_HEIGHT_M, -map.busYM[i]!], 3 * k)
    const busRgb = new Float32Array(place.length)
    const points = new BufferGeometry()
    points.setAttribute('position', new BufferAttribute(place, 3))
    points.setAttribute('color', new BufferAttribute(busRgb, 3).setUsage(DynamicDrawUsage))
    parts.medium.geometry = medium.geometry
    parts.low.geometry = low.geometry
    parts.stations.geometry = points
    return { map, medium, low, bus, busRgb }
  }

  useFrame(({ camera }) => {
    const { map, run } = stage.grid.getState()
    const { visible, opacity } = stage.layers.getState()
    const now = held.current
    parts.group.visible = visible.grid && map !== null && run.result !== null
    if (!parts.group.visible || !map || !run.result) return
    if (map !== now.drawn?.map) {
      now.drawn = build(map)
      now.key = ''
    }
    const { selected } = stage.selection.getState()
    parts.uniforms.uViewport.value.set(size.width * dpr, size.height * dpr)
    parts.uniforms.uPixelRatio.value = dpr
    parts.uniforms.uOpacity.value = opacity.grid
    parts.uniforms.uSelected.value = selected?.kind === 'branch' ? selected.index : -1
    parts.low.visible = camera.position.y < LOW_VOLTAGE_BELOW_M
    parts.stations.material.opacity = opacity.grid
    parts.stations.material.size = camera.position.y < 900 ? 7 : camera.position.y < 3000 ? 4.5 : 3

    const { day } = run.result
    const clock = stage.clock.getState()
    const step = dayStep(shownMs(clock), clock.utcOffsetH, day.steps)
    const key = `${run.revision}/${step}`
    if (key === now.key) return
    now.key = key
    const loading = day.loading.subarray(step * map.branchCount, (step + 1) * map.branchCount)
    for (const sheet of [now.drawn.medium, now.drawn.low]) {
      paintLoading(sheet.branchOfSegment, loading, sheet.tint)
      sheet.geometry.getAttribute('tint').needsUpdate = true
    }
    paintVoltage(now.drawn.bus, day.vPu.subarray(step * map.busCount, (step + 1) * map.busCount), now.drawn.busRgb)
    parts.stations.geometry.getAttribute('color').needsUpdate = true
  })

  return <primitive object={parts.group} />
}

import { useFrame, useThree } from '@react-three/fiber'
import { useEffect, useMemo, useRef } from 'react'
import {
  BufferAttribute,
  BufferGeometry,
  DataTexture,
  Group,
  Mesh,
  NearestFilter,
  RGBAFormat,
  Sphere,
  UnsignedByteType,
  Vector3,
} from 'three'
import type { BuildingChunk } from '../../src/mesh/buildingChunks.ts'
import { type Buildings as BuildingColumns, OSM_TYPES } from '../../src/model/city.ts'
import { cityHour, dayStep, shownMs } from '../../src/stores/clock.ts'
import { paintReadings } from '../devices/glow.ts'
import { paintAbout, TABLE_WIDTH, tableRows } from '../paint/buildingTables.ts'
import { tintByVoltage } from '../paint/gridPaint.ts'
import { useLight } from '../sky/light.ts'
import { useStage } from '../stage.ts'
import { createBuildingDepthMaterial, createBuildingMaterial, createBuildingUniforms } from './material.ts'

const CHUNKS_PER_FRAME = 2
/** Linear brightness of a building nothing is known of yet. */
const PLAIN = 146

function createTable(count: number): DataTexture {
  const table = new DataTexture(
    new Uint8Array(4 * TABLE_WIDTH * tableRows(count)),
    TABLE_WIDTH,
    tableRows(count),
    RGBAFormat,
    UnsignedByteType,
  )
  table.magFilter = NearestFilter
  table.magFilter = NearestFilter
  table.minFilter = NearestFilter
  return table
}

function createChunkMesh(chunk: BuildingChunk): BufferGeometry {
  const geometry = new BufferGeometry()
  geometry.setAttribute('packed', new BufferAttribute(chunk.position, 4))
  geometry.setAttribute('normal', new BufferAttribute(chunk.normal, 4, true))
  geometry.setAttribute('feature', new BufferAttribute(chunk.feature, 1))
  geometry.setIndex(new BufferAttribute(chunk.index, 1))
  // the mesh stretches x and z only, so the sphere is given in its own, stretched frame
  const [x0, y0, z0] = chunk.boundsMin
  const [x1, y1, z1] = chunk.boundsMax
  const centre = new Vector3(
    ((x0 + x1) / 2 - chunk.originXM) / chunk.scaleM,
    (y0 + y1) / 2,
    ((z0 + z1) / 2 + chunk.originYM) / chunk.scaleM,
  )
  geometry.boundingSphere = new Sphere(centre, Math.hypot(x1 - x0, y1 - y0, z1 - z0) / 2 / Math.min(chunk.scaleM, 1))
  return geometry
}

const indexByOsmId = ({ count, osm }: BuildingColumns): ReadonlyMap<string, number> => {
  const index = new Map<string, number>()
  for (let i = 0; i < count; i++) index.set(`${OSM_TYPES[osm.type[i]!]}/${osm.id[i]}`, i)
  return index
}

/** Every building of the city: one draw call a chunk, colours from two tables, nothing per building in React. */
export function Buildings() {
  const stage = useStage()
  const invalidate = useThree((state) => state.invalidate)
  const light = useLight()
  const group = useMemo(() => new Group(), [])
  const buildingOf = useRef<ReadonlyMap<string, number>>(new Map())
  const held = useRef({ chunks: 0, city: -1, readings: '' })

  const { uniforms, material, depth, about, state } = useMemo(() => {
    const aboutTable = createTable(1)
    // chunks come before the city is whole: until then every building is plain
    ;(aboutTable.image.data as Uint8Array).fill(PLAIN)
    aboutTable.needsUpdate = true
    const stateTable = createTable(1)
    const shared = createBuildingUniforms(aboutTable, stateTable)
    return {
      uniforms: shared,
      material: createBuildingMaterial(shared),
      depth: createBuildingDepthMaterial(),
      about: { table: aboutTable },
      state: { table: stateTable },
    }
  }, [])

  const clear = useMemo(
    () => () => {
      for (const mesh of group.children) (mesh as Mesh).geometry.dispose()
      group.clear()
      held.current.chunks = 0
    },
    [group],
  )

  useEffect(() => {
    const unsubscribe = [
      stage.city.subscribe(() => invalidate()),
      stage.readings.subscribe((now, then) => now.revision !== then.revision && invalidate()),
      stage.selection.subscribe(() => invalidate()),
      stage.grid.subscribe(() => invalidate()),
      stage.layers.subscribe(() => invalidate()),
    ]
    return () => {
      for (const off of unsubscribe) off()
      clear()
      material.dispose()
      depth.dispose()
      about.table.dispose()
      state.table.dispose()
    }
  }, [stage, invalidate, clear, material, depth, about, state])

  useFrame(() => {
    const { chunks, loaded, revision } = stage.city.getState()
    const now = held.current

    if (revision !== now.city && loaded) {
      now.city = revision
      now.readings = ''
      buildingOf.current = indexByOsmId(loaded.city.buildings)
      about.table.dispose()
      state.table.dispose()
      about.table = createTable(loaded.city.buildings.count)
      state.table = createTable(loaded.city.buildings.count)
      paintAbout(loaded.city.buildings, about.table.image.data as Uint8Array)
      about.table.needsUpdate = true
      state.table.needsUpdate = true
      uniforms.uAbout.value = about.table
      uniforms.uState.value = state.table
      uniforms.uTableSize.value.set(TABLE_WIDTH, tableRows(loaded.city.buildings.count), 1)
    }

    // a new city replaces the chunks of the old one as a whole
    if (chunks.length < now.chunks || (now.chunks > 0 && (group.children[0] as Mesh).userData.chunk !== chunks[0]))
      clear()
    for (let k = 0; k < CHUNKS_PER_FRAME && now.chunks < chunks.length; k++) {
      const chunk = chunks[now.chunks++]!
      const mesh = new Mesh(createChunkMesh(chunk), material)
      mesh.userData.chunk = chunk
      mesh.position.set(chunk.originXM, 0, -chunk.originYM)
      mesh.scale.set(chunk.scaleM, 1, chunk.scaleM)
      mesh.customDepthMaterial = depth
      mesh.castShadow = true
      mesh.receiveShadow = true
      group.add(mesh)
      light.shadowsDirty = true
    }
    if (now.chunks < chunks.length) invalidate()

    const readings = stage.readings.getState()
    const shown = stage.layers.getState().visible.devices
    const clock = stage.clock.getState()
    const atMs = clock.offsetMs < 0 ? shownMs(clock) : Infinity
    const { map, run } = stage.grid.getState()
    const day = stage.layers.getState().visible.grid ? run.result?.day : undefined
    const step = day ? dayStep(shownMs(clock), clock.utcOffsetH, day.steps) : 0
    const paintKey = day ? `grid ${run.revision}/${step}` : `${readings.revision}/${shown}/${atMs}`
    if (loaded && paintKey !== now.readings) {
      now.readings = paintKey
      const bytes = state.table.image.data as Uint8Array
      bytes.fill(0)
      if (day && map) {
        tintByVoltage(map.busBuilding, day.vPu.subarray(step * map.busCount, (step + 1) * map.busCount), bytes)
      } else if (shown) paintReadings(readings.devices, readings.buffers, buildingOf.current, atMs, bytes)
      state.table.needsUpdate = true
    }

    const { selected, hovered } = stage.selection.getState()
    uniforms.uSelected.value = selected?.kind === 'building' ? selected.index : -1
    uniforms.uHovered.value = hovered?.kind === 'building' ? hovered.index : -1
    uniforms.uDim.value = selected ? 1 : 0
    uniforms.uHour.value = cityHour(shownMs(clock), clock.utcOffsetH)
    uniforms.uNight.value = light.daylight.night
  })

  return <primitive object={group} />
}

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
import { useChores } from '../chores.ts'
import { paintReadings } from '../devices/glow.ts'
import { paintAbout, TABLE_WIDTH, tableRows } from '../paint/buildingTables.ts'
import { tintByVoltage } from '../paint/gridPaint.ts'
import { addOtherProgram } from '../programs.ts'
import { useLight } from '../sky/light.ts'
import { useStage } from '../stage.ts'
import {
  createBuildingDepthMaterial,
  createBuildingMaterial,
  createBuildingUniforms,
  hasWindows,
  showWindows,
} from './material.ts'

/** What goes to the graphics processor a second, so that no frame waits for it. Slow frames take more each, not longer. */
const BYTES_PER_S = 120_000_000
/** What the first frame takes: nobody moves anything yet. */
const BYTES_AT_FIRST = 32_000_000
/** Linear brightness of a building nothing is known of yet. */
const PLAIN = 146
/** How dark it is when the first windows are lit. */
const LEAST_NIGHT = 0.02

function createTable(count: number): DataTexture {
  const table = new DataTexture(
    new Uint8Array(4 * TABLE_WIDTH * tableRows(count)),
    TABLE_WIDTH,
    tableRows(count),
    RGBAFormat,
    UnsignedByteType,
  )
  table.magFilter = NearestFilter
  table.minFilter = NearestFilter
  return table
}

const bytesOf = ({ position, normal, feature, index }: BuildingChunk): number =>
  position.byteLength + normal.byteLength + feature.byteLength + index.byteLength

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

/** One triangle without area: the programs of the buildings are compiled for it before there is a building. */
function createStandIn(): BufferGeometry {
  const geometry = new BufferGeometry()
  geometry.setAttribute('packed', new BufferAttribute(new Int16Array(12), 4))
  geometry.setAttribute('normal', new BufferAttribute(new Int8Array(12), 4, true))
  geometry.setAttribute('feature', new BufferAttribute(new Float32Array(3), 1))
  geometry.setDrawRange(0, 3) // nothing else says how many corners there are
  return geometry
}

/** Every building of the city: one draw call a chunk, colours from two tables, nothing per building in React. */
export function Buildings() {
  const stage = useStage()
  const invalidate = useThree((state) => state.invalidate)
  const light = useLight()
  const chores = useChores()
  const group = useMemo(() => new Group(), [])
  const buildingOf = useRef<ReadonlyMap<string, number>>(new Map())
  const held = useRef({ chunks: 0, whole: false, painted: false, readings: '' })

  const { uniforms, material, depth, about, state, standIn } = useMemo(() => {
    const aboutTable = createTable(1)
    // chunks come before the city is whole: until then every building is plain
    ;(aboutTable.image.data as Uint8Array).fill(PLAIN)
    aboutTable.needsUpdate = true
    const stateTable = createTable(1)
    const shared = createBuildingUniforms(aboutTable, stateTable)
    const material = createBuildingMaterial(light.paper, shared)
    addOtherProgram(material, () => showWindows(material, !hasWindows(material)))
    const depth = createBuildingDepthMaterial()
    const first = new Mesh(createStandIn(), material)
    first.customDepthMaterial = depth
    first.castShadow = true
    first.frustumCulled = false
    return {
      uniforms: shared,
      material,
      depth,
      standIn: first,
      about: { table: aboutTable },
      state: { table: stateTable },
    }
  }, [light.paper])

  const clear = useMemo(
    () => () => {
      for (const mesh of group.children) (mesh as Mesh).geometry.dispose()
      group.clear()
      held.current.chunks = 0
    },
    [group],
  )

  const takeCity = useMemo(
    () => (buildings: BuildingColumns) => {
      buildingOf.current = indexByOsmId(buildings)
      about.table.dispose()
      state.table.dispose()
      about.table = createTable(buildings.count)
      state.table = createTable(buildings.count)
      paintAbout(buildings, about.table.image.data as Uint8Array)
      about.table.needsUpdate = true
      state.table.needsUpdate = true
      uniforms.uAbout.value = about.table
      uniforms.uState.value = state.table
      held.current.painted = true
      held.current.readings = ''
      invalidate()
    },
    [uniforms, about, state, invalidate],
  )

  useEffect(() => {
    const unsubscribe = [
      stage.city.subscribe(({ loaded, chunks }, then) => {
        if (loaded && loaded !== then.loaded) chores.add(() => takeCity(loaded.city.buildings))
        if (loaded !== then.loaded || chunks !== then.chunks) invalidate() // not for each word of progress
      }),
      stage.readings.subscribe((now, then) => now.revision !== then.revision && invalidate()),
      stage.selection.subscribe(() => invalidate()),
      stage.grid.subscribe(() => invalidate()),
      stage.layers.subscribe(() => invalidate()),
    ]
    return () => {
      for (const off of unsubscribe) off()
      clear()
      standIn.geometry.dispose()
      material.dispose()
      depth.dispose()
      about.table.dispose()
      state.table.dispose()
    }
  }, [stage, invalidate, chores, takeCity, clear, standIn, material, depth, about, state])

  useFrame((_, deltaS) => {
    const { chunks, status } = stage.city.getState()
    const now = held.current

    // a new city replaces the chunks of the old one as a whole
    if (chunks.length < now.chunks || (now.chunks > 0 && (group.children[0] as Mesh).userData.chunk !== chunks[0]))
      clear()
    const room = now.chunks === 0 ? BYTES_AT_FIRST : BYTES_PER_S * Math.max(deltaS, 1 / 60)
    for (let bytes = 0; bytes < room && now.chunks < chunks.length; ) {
      const chunk = chunks[now.chunks++]!
      bytes += bytesOf(chunk)
      const mesh = new Mesh(createChunkMesh(chunk), material)
      mesh.userData.chunk = chunk
      mesh.position.set(chunk.originXM, 0, -chunk.originYM)
      mesh.scale.set(chunk.scaleM, 1, chunk.scaleM)
      mesh.customDepthMaterial = depth
      mesh.castShadow = true
      mesh.receiveShadow = true
      group.add(mesh)
    }
    standIn.visible = now.chunks === 0
    const whole = status === 'ready' && now.chunks === chunks.length
    if (whole && !now.whole && light.isCast) {
      light.shadowsDirty = true
      invalidate()
    }
    now.whole = whole
    if (now.chunks < chunks.length) chores.add(invalidate)

    const readings = stage.readings.getState()
    const shown = stage.layers.getState().visible.devices
    const clock = stage.clock.getState()
    const atMs = clock.offsetMs < 0 ? shownMs(clock) : Infinity
    const { map, run } = stage.grid.getState()
    const day = stage.layers.getState().visible.grid ? run.result?.day : undefined
    const step = day ? dayStep(shownMs(clock), clock.utcOffsetH, day.steps) : 0
    const paintKey = day ? `grid ${run.revision}/${step}` : `${readings.revision}/${shown}/${atMs}`
    if (now.painted && paintKey !== now.readings) {
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
    showWindows(material, light.daylight.night > LEAST_NIGHT)
  })

  return (
    <>
      <primitive object={standIn} />
      <primitive object={group} />
    </>
  )
}

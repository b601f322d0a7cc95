import { useFrame, useThree } from '@react-three/fiber'
import { useEffect, useMemo, useRef } from 'react'
import { BufferAttribute, BufferGeometry, Group, Mesh, Sphere } from 'three'
import { areaColours, roadColours } from '../paint/groundColours.ts'
import { useLight } from '../sky/light.ts'
import { useStage } from '../stage.ts'
import { createGroundMaterial } from './groundMaterial.ts'

const TABLE_RADIUS_M = 70_000
const TABLE_SIDES = 64

/** A flat sheet of merged polygons: no depth is written, so sheets lie on each other in the order they are drawn. */
function createSheet(position: Float32Array, kind: Uint8Array, index: Uint16Array | Uint32Array): BufferGeometry {
  const geometry = new BufferGeometry()
  geometry.setAttribute('position', new BufferAttribute(position, 2))
  geometry.setAttribute('kind', new BufferAttribute(kind, 1))
  geometry.setIndex(new BufferAttribute(index, 1))
  geometry.boundingSphere = new Sphere(undefined, TABLE_RADIUS_M)
  return geometry
}

/** A round table, as a sheet of its own. */
function createTable(): BufferGeometry {
  const position = new Float32Array(2 * (TABLE_SIDES + 1))
  const index = new Uint16Array(3 * TABLE_SIDES)
  for (let i = 0; i < TABLE_SIDES; i++) {
    const angle = (2 * Math.PI * i) / TABLE_SIDES
    position.set([TABLE_RADIUS_M * Math.cos(angle), TABLE_RADIUS_M * Math.sin(angle)], 2 * (i + 1))
    index.set([0, ((i + 1) % TABLE_SIDES) + 1, i + 1], 3 * i)
  }
  return createSheet(position, new Uint8Array(TABLE_SIDES + 1), index)
}

/** Nothing yet, but with the columns of the later one: a program is compiled for the columns it will meet. */
const createNothing = () => createSheet(new Float32Array(6), new Uint8Array(3), Uint16Array.of(0, 1, 2))

/** The table, ground cover and streets: three draw calls of one program, painted one over the other. */
export function Ground() {
  const stage = useStage()
  const invalidate = useThree((state) => state.invalidate)
  const light = useLight()
  const shown = useRef<unknown>(null)
  const parts = useMemo(() => {
    const group = new Group()
    const addSheet = (geometry: BufferGeometry) => {
      const { material, colours } = createGroundMaterial(light.paper)
      const mesh = new Mesh(geometry, material)
      mesh.renderOrder = -20 + group.children.length
      mesh.receiveShadow = true
      mesh.frustumCulled = false
      group.add(mesh)
      return { mesh, colours }
    }
    return { group, table: addSheet(createTable()), areas: addSheet(createNothing()), roads: addSheet(createNothing()) }
  }, [light.paper])

  useEffect(() => {
    const off = stage.city.subscribe(({ loaded }, then) => loaded !== then.loaded && invalidate())
    return () => {
      off()
      for (const { mesh } of [parts.table, parts.areas, parts.roads]) {
        mesh.geometry.dispose()
        mesh.material.dispose()
      }
    }
  }, [stage, invalidate, parts])

  useFrame(() => {
    const { loaded } = stage.city.getState()
    if (loaded && loaded.ground !== shown.current) {
      shown.current = loaded.ground
      const { areas, roads } = loaded.ground
      parts.areas.mesh.geometry.dispose()
      parts.roads.mesh.geometry.dispose()
      parts.areas.mesh.geometry = createSheet(areas.position, areas.kind, areas.index)
      parts.roads.mesh.geometry = createSheet(roads.position, roads.class, roads.index)
    }
    const { theme } = stage.view.getState()
    const { paper, night } = light.daylight
    parts.areas.mesh.visible = parts.roads.mesh.visible = loaded !== null
    parts.table.colours.set(paper)
    areaColours(parts.areas.colours, paper, night, theme)
    roadColours(parts.roads.colours, paper, night, theme)
  })

  return <primitive object={parts.group} />
}

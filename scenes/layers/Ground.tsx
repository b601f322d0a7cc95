import { useFrame, useThree } from '@react-three/fiber'
import { useEffect, useMemo, useRef } from 'react'
import { BufferAttribute, BufferGeometry, CircleGeometry, Group, Mesh, MeshLambertMaterial, Sphere } from 'three'
import { AREA_KINDS, ROAD_CLASSES } from '../../src/model/city.ts'
import { areaColours, roadColours } from '../paint/groundColours.ts'
import { useLight } from '../sky/light.ts'
import { useStage } from '../stage.ts'
import { createGroundMaterial } from './groundMaterial.ts'

const TABLE_RADIUS_M = 70_000

/** A flat sheet of merged polygons: no depth is written, so sheets lie on each other in the order they are drawn. */
function createSheet(position: Float32Array, kind: Uint8Array, index: Uint16Array | Uint32Array): BufferGeometry {
  const geometry = new BufferGeometry()
  geometry.setAttribute('position', new BufferAttribute(position, 2))
  geometry.setAttribute('kind', new BufferAttribute(kind, 1))
  geometry.setIndex(new BufferAttribute(index, 1))
  geometry.boundingSphere = new Sphere(undefined, TABLE_RADIUS_M)
  return geometry
}

/** The table, ground cover and streets: three draw calls, painted one over the other. */
export function Ground() {
  const stage = useStage()
  const invalidate = useThree((state) => state.invalidate)
  const light = useLight()
  const shown = useRef<unknown>(null)
  const parts = useMemo(() => {
    const table = new Mesh(new CircleGeometry(TABLE_RADIUS_M, 64), new MeshLambertMaterial({ depthWrite: false }))
    table.geometry.rotateX(-Math.PI / 2)
    // without area, but with the columns of the later ones: a program is compiled for the columns it will meet
    const nothing = () => createSheet(new Float32Array(6), new Uint8Array(3), Uint16Array.of(0, 1, 2))
    const areas = new Mesh(nothing(), createGroundMaterial(AREA_KINDS.length))
    const roads = new Mesh(nothing(), createGroundMaterial(ROAD_CLASSES.length))
    const group = new Group()
    for (const [i, part] of [table, areas, roads].entries()) {
      part.renderOrder = -20 + i
      part.receiveShadow = true
      part.frustumCulled = false
      group.add(part)
    }
    return { table, areas, roads, group }
  }, [])

  useEffect(() => {
    const off = stage.city.subscribe(({ loaded }, then) => loaded !== then.loaded && invalidate())
    return () => {
      off()
      for (const part of [parts.table, parts.areas, parts.roads]) {
        part.geometry.dispose()
        part.material.dispose()
      }
    }
  }, [stage, invalidate, parts])

  useFrame(() => {
    const { loaded } = stage.city.getState()
    if (loaded && loaded.ground !== shown.current) {
      shown.current = loaded.ground
      const { areas, roads } = loaded.ground
      parts.areas.geometry.dispose()
      parts.roads.geometry.dispose()
      parts.areas.geometry = createSheet(areas.position, areas.kind, areas.index)
      parts.roads.geometry = createSheet(roads.position, roads.class, roads.index)
    }
    const { theme } = stage.view.getState()
    const { paper, night } = light.daylight
    parts.table.material.color.setRGB(...paper)
    parts.areas.visible = parts.roads.visible = loaded !== null
    areaColours(parts.areas.material.userData.colours as Float32Array, paper, night, theme)
    roadColours(parts.roads.material.userData.colours as Float32Array, paper, night, theme)
  })

  return <primitive object={parts.group} />
}

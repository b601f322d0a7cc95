import { useFrame, useThree } from '@react-three/fiber'
import { useEffect, useMemo, useRef } from 'react'
import {
  type BufferGeometry,
  Color,
  ConeGeometry,
  Group,
  IcosahedronGeometry,
  InstancedMesh,
  Matrix4,
  MeshLambertMaterial,
  Quaternion,
  Vector3,
} from 'three'
import type { Trees as TreeColumns } from '../../src/mesh/trees.ts'
import { useLight } from '../sky/light.ts'
import { useStage } from '../stage.ts'

const matrix = /*#__PURE__*/ new Matrix4()
const upright = /*#__PURE__*/ new Quaternion()
const place = /*#__PURE__*/ new Vector3()
const size = /*#__PURE__*/ new Vector3()
const tint = /*#__PURE__*/ new Color()

/** Crowns of unit height with their foot at the ground: a clipped ball and a cone, as on an architect's table. */
const createCrown = (needle: boolean): BufferGeometry =>
  needle
    ? new ConeGeometry(0.2, 1, 6).translate(0, 0.5, 0)
    : new IcosahedronGeometry(0.36, 1).scale(1, 1.12, 1).translate(0, 0.58, 0)

function createInstances(trees: TreeColumns, needle: boolean, material: MeshLambertMaterial): InstancedMesh {
  const chosen = [...trees.isNeedle.keys()].filter((i) => (trees.isNeedle[i] === 1) === needle)
  const mesh = new InstancedMesh(createCrown(needle), material, Math.max(chosen.length, 1))
  for (const [k, i] of chosen.entries()) {
    const height = trees.heightM[i]!
    place.set(trees.position[2 * i]!, 0, trees.position[2 * i + 1]!)
    mesh.setMatrixAt(k, matrix.compose(place, upright, size.set(height, height, height)))
    // a fixed shade of its own, decided by where it stands
    const shade = 0.82 + 0.36 * Math.abs(Math.sin(place.x * 12.9898 + place.z * 78.233))
    mesh.setColorAt(k, tint.setRGB(shade, shade, shade))
  }
  mesh.count = chosen.length
  mesh.frustumCulled = false
  mesh.castShadow = true
  return mesh
}

/** Trees where they are mapped, and where mapped woods and parks let one expect them. Two draw calls. */
export function Trees() {
  const stage = useStage()
  const invalidate = useThree((state) => state.invalidate)
  const light = useLight()
  const shown = useRef<TreeColumns | null>(null)
  const { group, material } = useMemo(() => ({ group: new Group(), material: new MeshLambertMaterial() }), [])

  useEffect(() => {
    const unsubscribe = [stage.city, stage.layers].map((store) => store.subscribe(() => invalidate()))
    const clear = () => {
      for (const child of group.children) {
        ;(child as InstancedMesh).geometry.dispose()
        ;(child as InstancedMesh).dispose()
      }
      group.clear()
    }
    return () => {
      for (const off of unsubscribe) off()
      clear()
      material.dispose()
    }
  }, [stage, invalidate, group, material])

  useFrame(() => {
    const { loaded } = stage.city.getState()
    const { tier, theme } = stage.view.getState()
    const visible = loaded !== null && stage.layers.getState().visible.trees && tier !== 'low'
    if (visible !== group.visible) light.shadowsDirty = true
    group.visible = visible
    if (!loaded || !visible) return
    const dark = light.daylight.night
    if (theme === 'print') material.color.setRGB(0.7, 0.72, 0.68)
    else material.color.setRGB(0.086 * (1 - 0.5 * dark), 0.104 * (1 - 0.48 * dark), 0.068 * (1 - 0.3 * dark))
    if (loaded.trees === shown.current) return
    shown.current = loaded.trees
    for (const child of group.children) {
      ;(child as InstancedMesh).geometry.dispose()
      ;(child as InstancedMesh).dispose()
    }
    group.clear()
    group.add(createInstances(loaded.trees, false, material), createInstances(loaded.trees, true, material))
    light.shadowsDirty = true
  })

  return <primitive object={group} />
}

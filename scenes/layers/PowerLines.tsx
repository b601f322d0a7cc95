import { useFrame, useThree } from '@react-three/fiber'
import { useEffect, useMemo, useRef } from 'react'
import {
  BoxGeometry,
  BufferAttribute,
  BufferGeometry,
  Euler,
  Group,
  InstancedMesh,
  LineBasicMaterial,
  LineSegments,
  Matrix4,
  MeshLambertMaterial,
  Quaternion,
  Sphere,
  Vector3,
} from 'three'
import { mergeGeometries } from 'three/examples/jsm/utils/BufferGeometryUtils.js'
import type { PowerMesh } from '../../src/mesh/power.ts'
import { useLight } from '../sky/light.ts'
import { useStage } from '../stage.ts'

/** A tower of unit height and unit arm: a tapering mast with three crossarms. */
function createTower(): BufferGeometry {
  const parts = [new BoxGeometry(0.055, 1, 0.055).translate(0, 0.5, 0)]
  for (const [height, half] of [
    [0.72, 1],
    [0.84, 0.78],
    [0.95, 0.5],
  ] as const) {
    parts.push(new BoxGeometry(2 * half, 0.014, 0.02).translate(0, height, 0))
  }
  return mergeGeometries(parts)
}

const FAR_M = 70_000

const matrix = /*#__PURE__*/ new Matrix4()
const turn = /*#__PURE__*/ new Quaternion()
const euler = /*#__PURE__*/ new Euler()
const place = /*#__PURE__*/ new Vector3()
const size = /*#__PURE__*/ new Vector3()

function setTowers(mesh: InstancedMesh, { towers }: PowerMesh): void {
  for (let i = 0; i < towers.count; i++) {
    const height = towers.heightM[i]!
    // the model's arms lie along x; heading is measured from east towards north, arms stand across it
    turn.setFromEuler(euler.set(0, towers.headingRad[i]! + Math.PI / 2, 0))
    place.set(towers.position[2 * i]!, 0, towers.position[2 * i + 1]!)
    mesh.setMatrixAt(i, matrix.compose(place, turn, size.set(towers.armM[i]!, height, towers.armM[i]!)))
  }
  mesh.count = towers.count
  mesh.instanceMatrix.needsUpdate = true
}

/** The mapped overhead lines: what the map knows of the grid. Wires in one draw call, towers in another. */
export function PowerLines() {
  const stage = useStage()
  const invalidate = useThree((state) => state.invalidate)
  const light = useLight()
  const shown = useRef<PowerMesh | null>(null)
  const parts = useMemo(() => {
    const wires = new LineSegments(new BufferGeometry(), new LineBasicMaterial({ transparent: true }))
    wires.frustumCulled = false
    wires.renderOrder = 5
    const tower = createTower()
    const steel = new MeshLambertMaterial({ color: 0x8b8d92 })
    // none yet, but so that the program is compiled early
    const towers = new InstancedMesh(tower, steel, 1)
    towers.count = 0
    const group = new Group()
    group.add(wires, towers)
    return { wires, group, tower, steel, towers }
  }, [])

  useEffect(() => {
    const unsubscribe = [
      stage.city.subscribe(({ loaded }, then) => loaded !== then.loaded && invalidate()),
      stage.layers.subscribe(() => invalidate()),
    ]
    return () => {
      for (const off of unsubscribe) off()
      parts.wires.geometry.dispose()
      parts.wires.material.dispose()
      parts.tower.dispose()
      parts.steel.dispose()
      parts.towers.dispose()
    }
  }, [stage, invalidate, parts])

  useFrame(() => {
    const { loaded } = stage.city.getState()
    parts.group.visible = loaded !== null && stage.layers.getState().visible['power-lines']
    if (!loaded || !parts.group.visible) return
    const wire = 0.42 + 0.2 * light.daylight.night
    parts.wires.material.color.setRGB(wire, wire, wire)
    parts.wires.material.opacity = 0.4
    if (loaded.power === shown.current) return
    shown.current = loaded.power
    parts.wires.geometry.dispose()
    parts.wires.geometry = new BufferGeometry()
    parts.wires.geometry.setAttribute('position', new BufferAttribute(loaded.power.wirePosition, 3))
    parts.group.remove(parts.towers)
    parts.towers.dispose()
    parts.towers = new InstancedMesh(parts.tower, parts.steel, Math.max(loaded.power.towers.count, 1))
    parts.towers.frustumCulled = false
    parts.towers.boundingSphere = new Sphere(undefined, FAR_M) // or sorting would look at every tower
    setTowers(parts.towers, loaded.power)
    parts.group.add(parts.towers)
  })

  return <primitive object={parts.group} />
}

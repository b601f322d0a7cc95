import { useFrame, useThree } from '@react-three/fiber'
import { useEffect, useMemo, useRef } from 'react'
import {
  BoxGeometry,
  BufferAttribute,
  BufferGeometry,
  Color,
  Euler,
  Group,
  InstancedBufferAttribute,
  InstancedMesh,
  LineSegments,
  Matrix4,
  Quaternion,
  type ShaderMaterial,
  Sphere,
  Vector3,
} from 'three'
import { mergeGeometries } from 'three/examples/jsm/utils/BufferGeometryUtils.js'
import type { PowerMesh } from '../../src/mesh/power.ts'
import { createLineMaterial } from '../paper/lines.ts'
import { createThingMaterial } from '../paper/things.ts'
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
const WIRE_OPACITY = 0.4

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

const createWires = (position: Float32Array): BufferGeometry =>
  new BufferGeometry().setAttribute('position', new BufferAttribute(position, 3))

function createTowers(tower: BufferGeometry, steel: ShaderMaterial, room: number): InstancedMesh {
  const towers = new InstancedMesh(tower, steel, room)
  towers.instanceColor = new InstancedBufferAttribute(new Float32Array(3 * room).fill(1), 3)
  towers.frustumCulled = false
  towers.boundingSphere = new Sphere(undefined, FAR_M) // or sorting would look at every tower
  return towers
}

/** The mapped overhead lines: what the map knows of the grid. Wires in one draw call, towers in another. */
export function PowerLines() {
  const stage = useStage()
  const invalidate = useThree((state) => state.invalidate)
  const light = useLight()
  const shown = useRef<PowerMesh | null>(null)
  const parts = useMemo(() => {
    const colour = new Color()
    const wires = new LineSegments(createWires(new Float32Array(6)), createLineMaterial(colour, WIRE_OPACITY))
    wires.frustumCulled = false
    wires.renderOrder = 5
    const tower = createTower()
    const steel = createThingMaterial(light.paper, new Color(0x8b8d92))
    // none yet, but so that the program is compiled early
    const towers = createTowers(tower, steel, 1)
    towers.count = 0
    const group = new Group()
    group.add(wires, towers)
    return { wires, colour, group, tower, steel, towers }
  }, [light.paper])

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
    parts.colour.setRGB(wire, wire, wire)
    if (loaded.power === shown.current) return
    shown.current = loaded.power
    parts.wires.geometry.dispose()
    parts.wires.geometry = createWires(loaded.power.wirePosition)
    parts.group.remove(parts.towers)
    parts.towers.dispose()
    parts.towers = createTowers(parts.tower, parts.steel, Math.max(loaded.power.towers.count, 1))
    setTowers(parts.towers, loaded.power)
    parts.group.add(parts.towers)
  })

  return <primitive object={parts.group} />
}

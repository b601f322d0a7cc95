import { useFrame, useThree } from '@react-three/fiber'
import { useEffect, useMemo } from 'react'
import {
  BufferAttribute,
  type BufferGeometry,
  type Camera,
  Color,
  ConeGeometry,
  Group,
  IcosahedronGeometry,
  InstancedBufferAttribute,
  InstancedMesh,
  Matrix4,
  Quaternion,
  type ShaderMaterial,
  Sphere,
  Vector3,
} from 'three'
import { mergeGeometries, mergeVertices } from 'three/examples/jsm/utils/BufferGeometryUtils.js'
import type { Trees as TreeColumns } from '../../src/mesh/trees.ts'
import { useChores } from '../chores.ts'
import { createThingMaterial } from '../paper/things.ts'
import { useLight } from '../sky/light.ts'
import { useStage } from '../stage.ts'

const FAR_M = 10_000
/** From so high a crown is some pixels wide. */
const FAR_CROWNS_M = 350

const matrix = /*#__PURE__*/ new Matrix4()
const upright = /*#__PURE__*/ new Quaternion()
const place = /*#__PURE__*/ new Vector3()
const size = /*#__PURE__*/ new Vector3()
const tint = /*#__PURE__*/ new Color()

const BALL_M = 0.36

/** A ball whose corners are shared, lit as the ball itself: a round shade, and a fifth of the corners. */
function createBall(detail: number): BufferGeometry {
  const ball = new IcosahedronGeometry(BALL_M, detail)
  ball.deleteAttribute('uv')
  ball.deleteAttribute('normal')
  const shared = mergeVertices(ball)
  const { array } = shared.getAttribute('position')
  const outward = Float32Array.from(array, (x) => x / BALL_M)
  return shared.setAttribute('normal', new BufferAttribute(outward, 3)).scale(1, 1.12, 1).translate(0, 0.58, 0)
}

const createCone = (sides: number): BufferGeometry =>
  new ConeGeometry(0.2, 1, sides).deleteAttribute('uv').translate(0, 0.5, 0)

/**
 * Crowns of unit height with their foot at the ground: a clipped ball and a cone, as on an architect's table. From afar
 * and in the shadow map one of a quarter of the triangles stands for it, as many as one can tell apart.
 */
const createCrown = (needle: boolean, isFar: boolean): BufferGeometry =>
  needle ? createCone(isFar ? 4 : 6) : createBall(isFar ? 0 : 1)

/** One geometry with both crowns, of which each pass draws its own. */
function addCrowns(mesh: InstancedMesh, needle: boolean): void {
  const near = createCrown(needle, false)
  const both = mergeGeometries([near, createCrown(needle, true)])
  const split = near.index!.count
  const end = both.index!.count
  const showFar = () => both.setDrawRange(split, end - split)
  const showFor = (camera: Camera) => (camera.position.y > FAR_CROWNS_M ? showFar() : both.setDrawRange(0, split))
  mesh.geometry = both
  mesh.onBeforeShadow = showFar
  mesh.onAfterShadow = (_, __, camera) => showFor(camera)
  mesh.userData.showFor = showFor
}

function createInstances(trees: TreeColumns, needle: boolean, material: ShaderMaterial): InstancedMesh {
  const chosen = [...trees.isNeedle.keys()].filter((i) => (trees.isNeedle[i] === 1) === needle)
  const room = Math.max(chosen.length, 1)
  const mesh = new InstancedMesh(undefined, material, room)
  addCrowns(mesh, needle)
  mesh.instanceColor = new InstancedBufferAttribute(new Float32Array(3 * room), 3)
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
  mesh.boundingSphere = new Sphere(undefined, FAR_M) // or sorting would look at every tree
  mesh.castShadow = true
  return mesh
}

/** One without height: the program is compiled, and tried, before there are trees. */
const STAND_IN: TreeColumns = {
  count: 1,
  position: new Float32Array(2),
  heightM: new Float32Array(1),
  isNeedle: new Uint8Array(1),
  isMapped: new Uint8Array(1),
}

/** Trees where they are mapped, and where mapped woods and parks let one expect them. Two draw calls. */
export function Trees() {
  const stage = useStage()
  const invalidate = useThree((state) => state.invalidate)
  const light = useLight()
  const chores = useChores()
  const { group, material, colour } = useMemo(() => {
    const green = new Color()
    const leaves = createThingMaterial(light.paper, green)
    return { group: new Group().add(createInstances(STAND_IN, false, leaves)), material: leaves, colour: green }
  }, [light.paper])

  useEffect(() => {
    const clear = () => {
      for (const child of group.children) {
        ;(child as InstancedMesh).geometry.dispose()
        ;(child as InstancedMesh).dispose()
      }
      group.clear()
    }
    const plant = (trees: TreeColumns, needle: boolean) => () => {
      group.add(createInstances(trees, needle, material))
      light.shadowsDirty = true
      invalidate()
    }
    const show = (trees: TreeColumns | null) => {
      chores.add(() => {
        clear()
        light.shadowsDirty = true
        invalidate()
      })
      if (trees) for (const needle of [false, true]) chores.add(plant(trees, needle))
    }
    const { trees: there } = stage.city.getState()
    if (there) show(there)
    const unsubscribe = [
      stage.layers.subscribe(() => invalidate()),
      stage.city.subscribe(({ trees }, then) => {
        if (trees !== then.trees) show(trees)
      }),
    ]
    return () => {
      for (const off of unsubscribe) off()
      clear()
      material.dispose()
    }
  }, [stage, invalidate, chores, light, group, material])

  useFrame(({ camera }) => {
    const { tier, theme } = stage.view.getState()
    const visible = stage.layers.getState().visible.trees && tier !== 'low'
    if (visible !== group.visible) light.shadowsDirty = true
    group.visible = visible
    if (!visible) return
    for (const { userData } of group.children) (userData.showFor as (camera: Camera) => void)(camera)
    const dark = light.daylight.night
    if (theme === 'print') colour.setRGB(0.7, 0.72, 0.68)
    else colour.setRGB(0.086 * (1 - 0.5 * dark), 0.104 * (1 - 0.48 * dark), 0.068 * (1 - 0.3 * dark))
  })

  return <primitive object={group} />
}

import { useThree } from '@react-three/fiber'
import { useEffect } from 'react'
import {
  type Camera,
  InstancedMesh,
  type Material,
  type Mesh,
  type Object3D,
  type Scene,
  Vector4,
  type WebGLRenderer,
} from 'three'
import { useChores } from './chores.ts'
import { isIdle } from './isIdle.ts'
import { type Stage, useStage } from './stage.ts'

/** What the renderer keeps of a material, as far as it is used here. */
interface Compiled {
  readonly currentProgram?: { getUniforms(): unknown; getAttributes(): unknown }
}

/** A city that comes within this is drawn once, as a whole; of a slower one every piece is shown. */
const PATIENCE_MS = 1500

/** Settles when no more of the city is on its way, or patience is at its end. */
function isArrived({ city }: Stage): Promise<void> {
  const onItsWay = () => ['idle', 'loading'].includes(city.getState().status)
  return new Promise((resolve) => {
    if (!onItsWay()) return resolve()
    const end = () => {
      off()
      clearTimeout(timer)
      resolve()
    }
    const off = city.subscribe(() => onItsWay() || end())
    const timer = setTimeout(end, PATIENCE_MS)
  })
}

function materialsOf(scene: Object3D): ReadonlySet<Material> {
  const found = new Set<Material>()
  scene.traverse((object) => {
    if ('material' in object) for (const material of [(object as Mesh).material].flat()) found.add(material)
  })
  return found
}

/**
 * One frame into one pixel, shadows included: what a graphics driver prepares at the first draw of a program, it prepares
 * now. Everything that will stand in the scene has a stand-in that draws something without area.
 */
function rehearse(gl: WebGLRenderer, scene: Scene, camera: Camera): void {
  const whole = gl.getViewport(new Vector4())
  const counts = new Map<InstancedMesh, number>()
  scene.traverse((object) => object instanceof InstancedMesh && counts.set(object, object.count))
  gl.setViewport(0, 0, 1, 1)
  gl.shadowMap.needsUpdate = true
  for (const mesh of counts.keys()) mesh.count = Math.min(1, mesh.count) // one tells as much as a wood
  gl.render(scene, camera)
  for (const [mesh, count] of counts) mesh.count = count
  gl.setViewport(whole)
}

/**
 * Compiles every shader of the scene before its first frame, while the city is still on its way. A program that is first
 * met in a frame makes that frame wait for the compiler and for all that the graphics processor has to draw before.
 */
export function Programs({ onReady }: { readonly onReady: () => void }) {
  const stage = useStage()
  const gl = useThree((state) => state.gl)
  const scene = useThree((state) => state.scene)
  const camera = useThree((state) => state.camera)
  const chores = useChores()
  useEffect(() => {
    let left = false
    const compile = async () => {
      await gl.compileAsync(scene, camera)
      await isIdle(gl.getContext() as WebGL2RenderingContext)
      if (left) return
      for (const material of materialsOf(scene)) {
        chores.add(() => {
          const { currentProgram } = gl.properties.get(material) as Compiled
          currentProgram?.getUniforms() // asks the graphics processor, which has nothing else to do yet
          currentProgram?.getAttributes()
        })
      }
      chores.add(() => rehearse(gl, scene, camera))
      await isArrived(stage)
      if (!left) chores.add(onReady)
    }
    void compile()
    return () => {
      left = true
    }
  }, [stage, gl, scene, camera, chores, onReady])
  return null
}

import { useThree } from '@react-three/fiber'
import { useEffect } from 'react'
import type { Material, Mesh, Object3D } from 'three'
import { useChores } from './chores.ts'

/** What the renderer keeps of a material, as far as it is used here. */
interface Compiled {
  readonly currentProgram?: { getUniforms(): unknown; getAttributes(): unknown }
}

const LOOK_EVERY_MS = 8

/** Settles when the graphics processor has done all it was told so far; the thread does not wait for it. */
function isIdle(gl: WebGL2RenderingContext): Promise<void> {
  const fence = gl.fenceSync(gl.SYNC_GPU_COMMANDS_COMPLETE, 0)
  gl.flush()
  return new Promise((resolve) => {
    const look = () => {
      if (!fence || gl.isContextLost() || gl.getSyncParameter(fence, gl.SYNC_STATUS) === gl.SIGNALED) {
        gl.deleteSync(fence)
        resolve()
      } else setTimeout(look, LOOK_EVERY_MS)
    }
    look()
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
 * Compiles every shader of the scene before its first frame, while the city is still on its way. A program that is first
 * met in a frame makes that frame wait for the compiler and for all that the graphics processor has to draw before.
 */
export function Programs({ onReady }: { readonly onReady: () => void }) {
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
      chores.add(onReady)
    }
    void compile()
    return () => {
      left = true
    }
  }, [gl, scene, camera, chores, onReady])
  return null
}

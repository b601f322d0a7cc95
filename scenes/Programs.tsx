import { useThree } from '@react-three/fiber'
import { useEffect } from 'react'
import type { Mesh, Object3D } from 'three'

/** What the renderer keeps of a material, as far as it is used here. */
interface Compiled {
  readonly currentProgram?: { getUniforms(): unknown; getAttributes(): unknown }
}

/**
 * Compiles every shader of the scene before its first frame, while the city is still on its way. A program that is first
 * met in a frame makes that frame wait for the compiler and for all that the graphics processor has to draw before.
 */
export function Programs({ onReady }: { readonly onReady: () => void }) {
  const gl = useThree((state) => state.gl)
  const scene = useThree((state) => state.scene)
  const camera = useThree((state) => state.camera)
  useEffect(() => {
    let left = false
    const read = (object: Object3D) => {
      if (!('material' in object)) return
      for (const material of [(object as Mesh).material].flat()) {
        const { currentProgram } = gl.properties.get(material) as Compiled
        currentProgram?.getUniforms() // asks the graphics processor, which has nothing else to do yet
        currentProgram?.getAttributes()
      }
    }
    void gl.compileAsync(scene, camera).then(() => {
      if (left) return
      scene.traverse(read)
      onReady()
    })
    return () => {
      left = true
    }
  }, [gl, scene, camera, onReady])
  return null
}

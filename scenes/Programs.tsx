import { useThree } from '@react-three/fiber'
import { useEffect } from 'react'
import { type Camera, InstancedMesh, type Scene, Vector4, type WebGLRenderer } from 'three'
import { useChores } from './chores.ts'
import { compilePrograms, settlePrograms } from './programs.ts'
import { type Stage, useStage } from './stage.ts'

/** A city that comes within this is drawn once, as a whole; of a slower one every piece is shown. */
const PATIENCE_MS = 4000

const onItsWay = ({ city }: Stage): boolean => ['idle', 'loading'].includes(city.getState().status)

/** Settles when no more of the city is on its way, or patience is at its end. */
function isSettled(stage: Stage): Promise<void> {
  return new Promise((resolve) => {
    if (!onItsWay(stage)) return resolve()
    const end = () => {
      off()
      clearTimeout(timer)
      resolve()
    }
    const off = stage.city.subscribe(() => onItsWay(stage) || end())
    const timer = setTimeout(end, PATIENCE_MS)
  })
}

/**
 * One frame into one pixel: what a graphics driver prepares at the first draw of a program, it prepares now. Everything
 * that will stand in the scene has a stand-in that draws something without area.
 */
function rehearse(gl: WebGLRenderer, scene: Scene, camera: Camera): void {
  const whole = gl.getViewport(new Vector4())
  const counts = new Map<InstancedMesh, number>()
  scene.traverse((object) => object instanceof InstancedMesh && counts.set(object, object.count))
  gl.setViewport(0, 0, 1, 1)
  for (const mesh of counts.keys()) mesh.count = Math.min(1, mesh.count) // one tells as much as a wood
  gl.render(scene, camera)
  for (const [mesh, count] of counts) mesh.count = count
  gl.setViewport(whole)
}

/**
 * Compiles the few programs of the city before its first frame, while it is still on its way. A city that is there by then
 * is drawn once, and no more until that is on the screen (`Whole` tells). `onReady`: there is none yet, so frames may come.
 */
export function Programs({ onReady }: { readonly onReady: () => void }) {
  const stage = useStage()
  const gl = useThree((state) => state.gl)
  const scene = useThree((state) => state.scene)
  const camera = useThree((state) => state.camera)
  const advance = useThree((state) => state.advance)
  const chores = useChores()
  useEffect(() => {
    let left = false
    const compile = async () => {
      const options = { gl, camera, scene, chores }
      await settlePrograms(compilePrograms(scene, options), options)
      if (left) return
      chores.add(() => rehearse(gl, scene, camera))
      await isSettled(stage)
      const draw = () => {
        if (left) return
        if (stage.city.getState().status !== 'ready') return onReady()
        advance(performance.now())
        if (chores.isBusy) chores.add(() => requestAnimationFrame(draw)) // some of it could not come yet
      }
      chores.add(() => requestAnimationFrame(draw))
    }
    void compile()
    return () => {
      left = true
    }
  }, [stage, gl, scene, camera, advance, chores, onReady])
  return null
}

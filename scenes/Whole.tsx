import { addAfterEffect, useThree } from '@react-three/fiber'
import { useEffect } from 'react'
import { useChores } from './chores.ts'
import { isIdle } from './isIdle.ts'
import { useLight } from './sky/light.ts'
import { useStage } from './stage.ts'

/** Whoever waited for the city is heard before its shadows are drawn. */
const SOON_MS = 60

/**
 * Tells once for each city when a frame with all of it is on the screen: every chunk of buildings, ground, trees and
 * lines. Shadows cost as much as the picture and are cast from here on.
 */
export function Whole({ onWhole }: { readonly onWhole: () => void }) {
  const stage = useStage()
  const chores = useChores()
  const light = useLight()
  const gl = useThree((state) => state.gl)
  const invalidate = useThree((state) => state.invalidate)
  useEffect(() => {
    let told = 0
    const cast = () => {
      if (light.isCast) return
      light.isCast = true
      light.shadowsDirty = true
      invalidate()
    }
    return addAfterEffect(() => {
      const { status, revision } = stage.city.getState()
      if (status !== 'ready' || revision === told || chores.isBusy) return
      told = revision
      void isIdle(gl.getContext() as WebGL2RenderingContext).then(() => {
        onWhole()
        setTimeout(cast, SOON_MS)
      })
    })
  }, [stage, chores, light, gl, invalidate, onWhole])
  return null
}

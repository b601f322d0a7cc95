import { addAfterEffect, useThree } from '@react-three/fiber'
import { useEffect } from 'react'
import { useChores } from './chores.ts'
import { isIdle } from './isIdle.ts'
import { useStage } from './stage.ts'

/** Tells once for each city when a frame with all of it is on the screen: every chunk of buildings, ground and lines. */
export function Whole({ onWhole }: { readonly onWhole: () => void }) {
  const stage = useStage()
  const chores = useChores()
  const gl = useThree((state) => state.gl)
  useEffect(() => {
    let told = 0
    return addAfterEffect(() => {
      const { status, revision } = stage.city.getState()
      if (status !== 'ready' || revision === told || chores.isBusy) return
      told = revision
      void isIdle(gl.getContext() as WebGL2RenderingContext).then(onWhole)
    })
  }, [stage, chores, gl, onWhole])
  return null
}

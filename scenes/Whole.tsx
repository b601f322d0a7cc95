import { addAfterEffect } from '@react-three/fiber'
import { useEffect } from 'react'
import { useChores } from './chores.ts'
import { useStage } from './stage.ts'

/** Tells once for each city when a frame with all of it was drawn: every chunk of buildings, ground, trees and lines. */
export function Whole({ onWhole }: { readonly onWhole: () => void }) {
  const stage = useStage()
  const chores = useChores()
  useEffect(() => {
    let told = 0
    return addAfterEffect(() => {
      const { status, revision } = stage.city.getState()
      if (status !== 'ready' || revision === told || chores.isBusy) return
      told = revision
      onWhole()
    })
  }, [stage, chores, onWhole])
  return null
}

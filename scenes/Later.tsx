import { extend, useThree } from '@react-three/fiber'
import { type ReactNode, useEffect, useRef } from 'react'
import { Group } from 'three'
import { useChores } from './chores.ts'
import { compileShaded, settlePrograms } from './programs.ts'
import { useLight } from './sky/light.ts'

extend({ Group })

export interface LaterProps {
  readonly children: ReactNode
  /** Everything can be drawn from here on without waiting. */
  readonly onReady: () => void
}

/**
 * What comes after the first picture: marks and lines over the city, and its shadows. Their programs are compiled while
 * the city can already be seen; the picture stands still until they are there, and one frame has used them.
 */
export function Later({ children, onReady }: LaterProps) {
  const gl = useThree((state) => state.gl)
  const scene = useThree((state) => state.scene)
  const camera = useThree((state) => state.camera)
  const advance = useThree((state) => state.advance)
  const chores = useChores()
  const light = useLight()
  const group = useRef<Group>(null)

  useEffect(() => {
    let left = false
    const follow = async () => {
      const options = { gl, camera, scene, chores }
      await settlePrograms(compileShaded(group.current!, light.sun, options), options)
      if (left) return
      group.current!.visible = true
      light.isCast = true
      light.shadowsDirty = true
      requestAnimationFrame((nowMs) => {
        if (left) return
        advance(nowMs)
        onReady()
      })
    }
    void follow()
    return () => {
      left = true
    }
  }, [gl, scene, camera, advance, chores, light, onReady])

  return (
    <group ref={group} visible={false}>
      {children}
    </group>
  )
}

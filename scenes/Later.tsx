import { extend, useThree } from '@react-three/fiber'
import { type ReactNode, useEffect, useRef } from 'react'
import { Group } from 'three'
import { useChores } from './chores.ts'
import { compilePrograms, compileShaded } from './programs.ts'
import { useLight } from './sky/light.ts'

extend({ Group })

/**
 * What comes after the first picture: the marks and lines over the city, then its shadows. Their programs are compiled
 * while the city can already be seen; nothing is drawn before its program is there, so that no frame waits.
 */
export function Later({ children }: { readonly children: ReactNode }) {
  const gl = useThree((state) => state.gl)
  const scene = useThree((state) => state.scene)
  const camera = useThree((state) => state.camera)
  const invalidate = useThree((state) => state.invalidate)
  const chores = useChores()
  const light = useLight()
  const group = useRef<Group>(null)

  useEffect(() => {
    let left = false
    const follow = async () => {
      await compilePrograms(group.current!, { gl, camera, scene, chores })
      if (left) return
      group.current!.visible = true
      invalidate()
      await compileShaded(light.sun, { gl, camera, scene, chores })
      if (left) return
      light.isCast = true
      light.shadowsDirty = true
      invalidate()
    }
    void follow()
    return () => {
      left = true
    }
  }, [gl, scene, camera, invalidate, chores, light])

  return (
    <group ref={group} visible={false}>
      {children}
    </group>
  )
}

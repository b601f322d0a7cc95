import { addAfterEffect, useThree } from '@react-three/fiber'
import { useEffect } from 'react'

/**
 * Writes what the last frame cost onto the canvas element: `data-calls`, `data-triangles`, shadow pass included.
 * Tests and benchmarks count these instead of milliseconds.
 */
export function FrameCounts() {
  const gl = useThree((state) => state.gl)
  useEffect(() => {
    let told = ''
    return addAfterEffect(() => {
      const { calls, triangles } = gl.info.render
      const text = `${calls}/${triangles}`
      if (text === told) return
      told = text
      gl.domElement.dataset.calls = String(calls)
      gl.domElement.dataset.triangles = String(triangles)
    })
  }, [gl])
  return null
}

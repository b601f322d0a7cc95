import { useFrame, useThree } from '@react-three/fiber'
import { useEffect, useMemo, useRef } from 'react'
import { BufferAttribute, BufferGeometry, LineBasicMaterial, LineSegments } from 'three'
import type { Buildings } from '../../src/model/city.ts'
import { useStage } from '../stage.ts'

/** Edges of one extruded building: roof, foot and corners of every ring. */
function outlineOf(buildings: Buildings, index: number): Float32Array {
  const { polygonStart, polygons, heightM, minHeightM } = buildings
  const top = heightM[index]! + 0.15
  const foot = Math.max(minHeightM[index]!, 0.15)
  const points: number[] = []
  for (let p = polygonStart[index]!; p < polygonStart[index + 1]!; p++) {
    for (let r = polygons.start[p]!; r < polygons.start[p + 1]!; r++) {
      const from = polygons.rings.start[r]!
      const to = polygons.rings.start[r + 1]!
      for (let i = from; i < to; i++) {
        const j = i + 1 < to ? i + 1 : from
        const [x0, z0, x1, z1] = [
          polygons.rings.xM[i]!,
          -polygons.rings.yM[i]!,
          polygons.rings.xM[j]!,
          -polygons.rings.yM[j]!,
        ]
        points.push(x0, top, z0, x1, top, z1, x0, foot, z0, x1, foot, z1, x0, foot, z0, x0, top, z0)
      }
    }
  }
  return Float32Array.from(points)
}

/** A thin outline around the selected building. One draw call when there is one. */
export function Outline() {
  const stage = useStage()
  const invalidate = useThree((state) => state.invalidate)
  const shown = useRef(-1)
  const lines = useMemo(() => {
    const mesh = new LineSegments(
      new BufferGeometry(),
      new LineBasicMaterial({ color: 0xecebe6, toneMapped: false, fog: false }),
    )
    mesh.frustumCulled = false
    mesh.renderOrder = 30
    return mesh
  }, [])

  useEffect(() => {
    const off = stage.selection.subscribe(() => invalidate())
    return () => {
      off()
      lines.geometry.dispose()
      lines.material.dispose()
    }
  }, [stage, invalidate, lines])

  useFrame(() => {
    const { selected } = stage.selection.getState()
    const { city } = stage.city.getState()
    const index = selected?.kind === 'building' && city ? selected.index : -1
    lines.visible = index >= 0
    if (index < 0 || index === shown.current || !city) return
    shown.current = index
    lines.geometry.dispose()
    lines.geometry = new BufferGeometry()
    lines.geometry.setAttribute('position', new BufferAttribute(outlineOf(city.buildings, index), 3))
  })

  return <primitive object={lines} />
}

import { useFrame, useThree } from '@react-three/fiber'
import { useEffect, useMemo, useRef } from 'react'
import { InstancedMesh, Matrix4, MeshBasicMaterial, RingGeometry } from 'three'
import { createEnu } from '../../src/geo/enu.ts'
import { WHEREABOUTS_INFO } from '../../src/model/whereabouts.ts'
import { useStage } from '../stage.ts'

/** More than stand in any city; what is beyond is listed and not drawn. */
const MOST = 4096
const CLAIMED = 0xb9b7ae // no colour of an origin or a proof
const HEIGHT_M = 1.2

const matrix = /*#__PURE__*/ new Matrix4()
const local = new Float64Array(2)

/** Real devices that a public source places: a circle as wide as the source's doubt, nothing more exact. One draw call. */
export function Whereabouts() {
  const stage = useStage()
  const invalidate = useThree((state) => state.invalidate)
  const drawn = useRef<{ revision: number; city: unknown }>({ revision: -1, city: null })
  const rings = useMemo(() => {
    const ring = new RingGeometry(0.965, 1, 48)
    ring.rotateX(-Math.PI / 2)
    const material = new MeshBasicMaterial({
      color: CLAIMED,
      transparent: true,
      opacity: 0.55,
      depthWrite: false,
      toneMapped: false,
    })
    const mesh = new InstancedMesh(ring, material, MOST)
    mesh.frustumCulled = false
    mesh.renderOrder = 12
    mesh.count = 0
    return mesh
  }, [])

  useEffect(() => {
    const unsubscribe = [stage.whereabouts, stage.layers].map((store) => store.subscribe(() => invalidate()))
    return () => {
      for (const off of unsubscribe) off()
      rings.geometry.dispose()
      rings.material.dispose()
      rings.dispose()
    }
  }, [stage, invalidate, rings])

  useFrame(() => {
    const { found, revision } = stage.whereabouts.getState()
    const { visible, opacity } = stage.layers.getState()
    const { city } = stage.city.getState()
    rings.visible = visible['live-now'] && found.length > 0
    if (!rings.visible || !city) return
    rings.material.opacity = 0.55 * opacity['live-now']
    if (revision === drawn.current.revision && city === drawn.current.city) return
    drawn.current = { revision, city }
    const enu = createEnu(city.meta.originLatDeg, city.meta.originLonDeg)
    let n = 0
    for (const { source, devices } of found) {
      const { blurM } = WHEREABOUTS_INFO[source]
      for (const { latDeg, lonDeg } of devices) {
        if (n === MOST) break
        enu.toLocal(latDeg, lonDeg, local)
        matrix.makeScale(blurM, 1, blurM).setPosition(local[0]!, HEIGHT_M, -local[1]!)
        rings.setMatrixAt(n++, matrix)
      }
    }
    rings.count = n
    rings.instanceMatrix.needsUpdate = true
  })

  return <primitive object={rings} />
}

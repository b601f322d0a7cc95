import { useFrame, useThree } from '@react-three/fiber'
import { useEffect, useMemo, useRef } from 'react'
import { DataTexture, LinearFilter, Mesh, MeshBasicMaterial, PlaneGeometry, RGBAFormat, UnsignedByteType } from 'three'
import { groupShown } from '../../src/stores/coverage.ts'
import { paintCoverage } from '../paint/coveragePaint.ts'
import { useStage } from '../stage.ts'

/** Received power of the best server as a sheet just above the ground. One draw call. */
export function Coverage() {
  const stage = useStage()
  const invalidate = useThree((state) => state.invalidate)
  const painted = useRef<unknown>(null)
  const mesh = useMemo(() => {
    const sheet = new Mesh(
      new PlaneGeometry(1, 1),
      new MeshBasicMaterial({ transparent: true, depthWrite: false, toneMapped: false, fog: false }),
    )
    sheet.rotation.x = -Math.PI / 2
    sheet.renderOrder = 10
    return sheet
  }, [])

  useEffect(() => {
    const unsubscribe = [stage.coverage, stage.layers, stage.selection].map((store) =>
      store.subscribe(() => invalidate()),
    )
    return () => {
      for (const off of unsubscribe) off()
      mesh.material.map?.dispose()
      mesh.material.dispose()
      mesh.geometry.dispose()
    }
  }, [stage, invalidate, mesh])

  useFrame(() => {
    const { run } = stage.coverage.getState()
    const { visible, opacity } = stage.layers.getState()
    const { selected } = stage.selection.getState()
    const wanted =
      selected?.kind === 'asset' ? (stage.scenario.getState().state.assets.get(selected.id)?.kind ?? null) : null
    const group = groupShown(run.result, wanted)
    mesh.visible = visible.coverage && group !== null
    if (!mesh.visible || !group) return
    mesh.material.opacity = opacity.coverage
    const { raster } = group
    if (raster === painted.current) return
    painted.current = raster
    const rgba = new Uint8Array(4 * raster.cols * raster.rows)
    paintCoverage(raster.rssiDbm, group.sensitivityDbm, rgba)
    const texture = new DataTexture(rgba, raster.cols, raster.rows, RGBAFormat, UnsignedByteType)
    texture.magFilter = LinearFilter
    texture.minFilter = LinearFilter
    texture.needsUpdate = true
    mesh.material.map?.dispose()
    mesh.material.map = texture
    mesh.material.needsUpdate = true
    const widthM = raster.cols * raster.cellM
    const depthM = raster.rows * raster.cellM
    mesh.scale.set(widthM, depthM, 1)
    mesh.position.set(raster.x0M + widthM / 2, 0.6, -(raster.y0M + depthM / 2))
  })

  return <primitive object={mesh} />
}

import { useThree } from '@react-three/fiber'
import { useEffect } from 'react'
import { type PerspectiveCamera, Vector3 } from 'three'
import { createEnu } from '../../src/geo/enu.ts'
import { pickBuilding } from '../../src/mesh/pick.ts'
import { ASSET_KIND_INFO } from '../../src/model/asset.ts'
import type { Pick } from '../../src/stores/selection.ts'
import { markHeightM } from '../devices/markHeight.ts'
import { useStage } from '../stage.ts'
import { nearestBranch } from './nearestBranch.ts'
import { nearestMark } from './nearestMark.ts'
import { groundHit, rayThrough } from './ray.ts'

const CLICK_PX = 6
const FAR_M = 60_000
const ray = { origin: new Vector3(), direction: new Vector3() }
const local = new Float64Array(2)

export interface PickerProps {
  /** Asked for each aim of the placing tool: where it would stand and whether it may. */
  readonly onAim: (xM: number, yM: number) => void
  readonly onPlace: (xM: number, yM: number) => void
}

/** Turns pointers into hover, selection and placement. Everything is computed on the CPU; nothing is read back from the GPU. */
export function Picker({ onAim, onPlace }: PickerProps) {
  const stage = useStage()
  const element = useThree((state) => state.gl.domElement)
  const camera = useThree((state) => state.camera) as PerspectiveCamera

  useEffect(() => {
    const marks = (reachPx: number, x: number, y: number, width: number, height: number): Pick | null => {
      const { city } = stage.city.getState()
      if (!city) return null
      const enu = createEnu(city.meta.originLatDeg, city.meta.originLonDeg)
      const put = (latDeg: number, lonDeg: number, footM: number, out: Vector3, floating: boolean) => {
        enu.toLocal(latDeg, lonDeg, local)
        out.set(local[0]!, footM, -local[1]!)
        if (floating) out.y += markHeightM(out.distanceTo(camera.position))
      }
      const layers = stage.layers.getState().visible
      const assets = layers.assets ? [...stage.scenario.getState().state.assets.values()] : []
      const asset = nearestMark(
        assets.length,
        (i, out) => put(assets[i]!.latDeg, assets[i]!.lonDeg, 6, out, false),
        camera,
        x,
        y,
        width,
        height,
        reachPx,
      )
      if (asset) return { kind: 'asset', id: assets[asset.index]!.id }
      const { devices } = stage.readings.getState()
      const count = layers.devices ? devices.length : 0
      const device = nearestMark(
        count,
        (i, out) => put(devices[i]!.latDeg, devices[i]!.lonDeg, devices[i]!.heightM, out, true),
        camera,
        x,
        y,
        width,
        height,
        reachPx,
      )
      return device ? { kind: 'device', index: device.index } : null
    }

    const find = (event: PointerEvent): Pick | null => {
      const { left, top, width, height } = element.getBoundingClientRect()
      const x = event.clientX - left
      const y = event.clientY - top
      const mark = marks(event.pointerType === 'touch' ? 26 : 15, x, y, width, height)
      if (mark) return mark
      const { loaded } = stage.city.getState()
      if (!loaded) return null
      rayThrough(camera, x, y, width, height, ray)
      const hit = pickBuilding(loaded.pick, loaded.city, ray.origin.toArray(), ray.direction.toArray())
      const ground = groundHit(ray, FAR_M)
      const { map, run } = stage.grid.getState()
      if (
        ground &&
        map &&
        run.result &&
        stage.layers.getState().visible.grid &&
        (!hit || hit.distanceM > ground.distanceM)
      ) {
        const branch = nearestBranch(map, ground.xM, ground.yM, ground.distanceM * 0.008)
        if (branch >= 0) return { kind: 'branch', index: branch }
      }
      return hit ? { kind: 'building', index: hit.building } : null
    }

    const aim = (event: PointerEvent): { xM: number; yM: number } | null => {
      const { loaded } = stage.city.getState()
      const { tool } = stage.placement.getState()
      if (!loaded || !tool) return null
      const { left, top, width, height } = element.getBoundingClientRect()
      rayThrough(camera, event.clientX - left, event.clientY - top, width, height, ray)
      // what may stand on a roof is aimed at the roof one sees
      const roof = ASSET_KIND_INFO[tool].mayStandInBuilding
        ? pickBuilding(loaded.pick, loaded.city, ray.origin.toArray(), ray.direction.toArray())
        : null
      const ground = groundHit(ray, FAR_M)
      if (roof && (!ground || roof.distanceM < ground.distanceM)) {
        return {
          xM: ray.origin.x + ray.direction.x * roof.distanceM,
          yM: -(ray.origin.z + ray.direction.z * roof.distanceM),
        }
      }
      return ground
    }

    let down: { x: number; y: number } | null = null
    let frame = 0
    const move = (event: PointerEvent) => {
      if (event.buttons !== 0 || frame) return
      frame = requestAnimationFrame(() => {
        frame = 0
        const at = aim(event)
        if (at) onAim(at.xM, at.yM)
        else if (event.pointerType !== 'touch') {
          const hovered = find(event)
          stage.selection.getState().hover(hovered)
          element.style.cursor = hovered ? 'pointer' : ''
        }
      })
    }
    const press = (event: PointerEvent) => {
      down = { x: event.clientX, y: event.clientY }
    }
    const release = (event: PointerEvent) => {
      const still = down && Math.hypot(event.clientX - down.x, event.clientY - down.y) < CLICK_PX
      down = null
      if (!still || event.button !== 0) return
      const at = aim(event)
      if (at) onPlace(at.xM, at.yM)
      else stage.selection.getState().select(find(event))
    }
    const leave = () => {
      stage.selection.getState().hover(null)
      stage.placement.getState().aim(null)
    }
    element.addEventListener('pointermove', move)
    element.addEventListener('pointerdown', press)
    element.addEventListener('pointerup', release)
    element.addEventListener('pointerleave', leave)
    return () => {
      cancelAnimationFrame(frame)
      element.removeEventListener('pointermove', move)
      element.removeEventListener('pointerdown', press)
      element.removeEventListener('pointerup', release)
      element.removeEventListener('pointerleave', leave)
    }
  }, [stage, element, camera, onAim, onPlace])

  return null
}

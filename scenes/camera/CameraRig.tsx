import { useFrame, useThree } from '@react-three/fiber'
import { useEffect, useRef } from 'react'
import { MOUSE, type PerspectiveCamera, TOUCH } from 'three'
import { MapControls } from 'three/examples/jsm/controls/MapControls.js'
import { type CameraPose, type Flight, MAX_TILT_RAD, MIN_TILT_RAD } from '../../src/stores/camera.ts'
import type { Insets } from '../../src/stores/view.ts'
import { useStage } from '../stage.ts'
import { bindKeys } from './keys.ts'
import { applyPose, betweenPoses, poseOf } from './pose.ts'

interface Journey {
  readonly from: CameraPose
  readonly to: CameraPose
  readonly durationS: number
  elapsedS: number
}

const NEAREST_M = 25
const FARTHEST_M = 32_000

/**
 * Moves the middle of the picture to the middle of what panels leave free of it, a little each frame.
 *
 * Writes   the camera's view offset and `shift`
 * Returns  whether it is still on its way
 */
function centreFreePart(
  camera: PerspectiveCamera,
  { width, height }: { readonly width: number; readonly height: number },
  { left, right, bottom }: Insets,
  shift: { x: number; y: number; width: number; height: number },
): boolean {
  const wanted = { x: (right - left) / 2, y: bottom / 2 }
  const gap = Math.max(Math.abs(wanted.x - shift.x), Math.abs(wanted.y - shift.y))
  if (gap < 0.5 && shift.width === width && shift.height === height) return false
  const first = shift.width === 0
  const step = first || matchMedia('(prefers-reduced-motion: reduce)').matches ? 1 : 0.25
  shift.x = gap < 1 ? wanted.x : shift.x + (wanted.x - shift.x) * step
  shift.y = gap < 1 ? wanted.y : shift.y + (wanted.y - shift.y) * step
  shift.width = width
  shift.height = height
  camera.setViewOffset(width, height, shift.x, shift.y, width, height)
  return gap >= 1 && step < 1
}

/** Orbit, pan and zoom by mouse, touch and keyboard; flights on request, which stop at once on any input. */
export function CameraRig() {
  const camera = useThree((state) => state.camera) as PerspectiveCamera
  const element = useThree((state) => state.gl.domElement)
  const invalidate = useThree((state) => state.invalidate)
  const size = useThree((state) => state.size)
  const { camera: store, view } = useStage()
  const shift = useRef({ x: 0, y: 0, width: 0, height: 0 })
  const controls = useRef<MapControls>(null)
  const journey = useRef<Journey>(null)

  useEffect(() => {
    const map = new MapControls(camera, element)
    map.enableDamping = true
    map.dampingFactor = 0.12
    map.zoomToCursor = true
    map.zoomSpeed = 1.4
    map.screenSpacePanning = false
    map.minDistance = NEAREST_M
    map.maxDistance = FARTHEST_M
    map.minPolarAngle = MIN_TILT_RAD
    map.maxPolarAngle = MAX_TILT_RAD
    map.mouseButtons = { LEFT: MOUSE.PAN, MIDDLE: MOUSE.DOLLY, RIGHT: MOUSE.ROTATE }
    map.touches = { ONE: TOUCH.PAN, TWO: TOUCH.DOLLY_ROTATE }
    applyPose(store.getState().pose, camera, map.target)
    map.update()
    controls.current = map

    const stop = () => {
      if (!journey.current) return
      journey.current = null
      store.getState().arrive()
    }
    const rest = () => store.getState().rest(poseOf(camera, map.target))
    map.addEventListener('start', stop)
    map.addEventListener('end', rest)
    map.addEventListener('change', () => invalidate())
    const wheel = () => stop()
    element.addEventListener('wheel', wheel, { passive: true })
    const unbindKeys = bindKeys(element.closest<HTMLElement>('[tabindex]') ?? element, (change) => {
      stop()
      const pose = poseOf(camera, map.target)
      journey.current = { from: pose, to: change(pose), durationS: 0.18, elapsedS: 0 }
      invalidate()
    })
    const depart = (flight: Flight) => {
      const still = matchMedia('(prefers-reduced-motion: reduce)').matches
      journey.current = {
        from: poseOf(camera, map.target),
        to: flight.to,
        durationS: still ? 0 : flight.durationS,
        elapsedS: 0,
      }
      invalidate()
    }
    const unsubscribe = store.subscribe(({ flight }, before) => {
      if (flight && flight !== before.flight) depart(flight)
    })
    // a flight may have been asked for before there was a camera
    const { flight } = store.getState()
    if (flight) depart(flight)
    invalidate()
    return () => {
      unsubscribe()
      unbindKeys()
      element.removeEventListener('wheel', wheel)
      map.dispose()
      controls.current = null
    }
  }, [camera, element, invalidate, store])

  useFrame((_, deltaS) => {
    const map = controls.current
    if (!map) return
    const trip = journey.current
    if (trip) {
      // a frame after a pause must not jump the whole way
      trip.elapsedS += Math.min(deltaS, 0.3)
      const t = trip.durationS > 0 ? Math.min(trip.elapsedS / trip.durationS, 1) : 1
      applyPose(betweenPoses(trip.from, trip.to, t), camera, map.target)
      if (t < 1) invalidate()
      else {
        journey.current = null
        store.getState().arrive()
        store.getState().rest(trip.to)
      }
    }
    map.update()
    if (map.target.y < 0) map.target.y = 0
    if (centreFreePart(camera, size, view.getState().insets, shift.current)) invalidate()
    // near and far follow the distance, so that depth stays exact from a doorway to the whole city
    const distance = camera.position.distanceTo(map.target)
    const near = Math.max(distance * 0.02, 0.5)
    if (Math.abs(near / camera.near - 1) > 0.2) {
      camera.near = near
      camera.far = Math.max(distance * 12, 30_000)
      camera.updateProjectionMatrix()
    }
  }, -10)

  return null
}

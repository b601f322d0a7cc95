import { type PerspectiveCamera, Vector3 } from 'three'
import { toScene } from '../../src/geo/scene.ts'
import type { CameraPose } from '../../src/stores/camera.ts'

export const FOV_DEG = 38

/** Puts a camera where a pose says, looking at the pose's point. Writes the point into `target`. */
export function applyPose(pose: CameraPose, camera: PerspectiveCamera, target: Vector3): void {
  const [x, y, z] = toScene(pose.xM, pose.yM, pose.heightM)
  target.set(x, y, z)
  const flat = pose.distanceM * Math.sin(pose.tiltRad)
  camera.position.set(
    x - Math.sin(pose.bearingRad) * flat,
    y + pose.distanceM * Math.cos(pose.tiltRad),
    z + Math.cos(pose.bearingRad) * flat,
  )
  camera.lookAt(target)
}

const offset = /*#__PURE__*/ new Vector3()

/** The pose of a camera that looks at `target`. */
export function poseOf(camera: PerspectiveCamera, target: Vector3): CameraPose {
  offset.copy(camera.position).sub(target)
  const distanceM = offset.length()
  return {
    xM: target.x,
    yM: -target.z,
    heightM: target.y,
    distanceM,
    bearingRad: Math.atan2(-offset.x, offset.z),
    tiltRad: Math.acos(Math.min(Math.max(offset.y / distanceM, -1), 1)),
  }
}

const turn = (from: number, to: number, t: number): number => {
  const gap = ((((to - from + Math.PI) % (2 * Math.PI)) + 2 * Math.PI) % (2 * Math.PI)) - Math.PI
  return from + gap * t
}

/**
 * A point on the way between two poses, t in 0..1. Distances change by equal ratios; a long way rises in the middle,
 * so that one sees where one is going.
 */
export function betweenPoses(a: CameraPose, b: CameraPose, t: number): CameraPose {
  const ease = t < 0.5 ? 4 * t * t * t : 1 - (2 - 2 * t) ** 3 / 2
  const wayM = Math.hypot(b.xM - a.xM, b.yM - a.yM)
  const rise = 1 + Math.min(wayM / Math.max(a.distanceM, b.distanceM), 4) * 0.35 * Math.sin(Math.PI * ease)
  const lerp = (from: number, to: number) => from + (to - from) * ease
  return {
    xM: lerp(a.xM, b.xM),
    yM: lerp(a.yM, b.yM),
    heightM: lerp(a.heightM, b.heightM),
    distanceM: Math.exp(lerp(Math.log(a.distanceM), Math.log(b.distanceM))) * rise,
    bearingRad: turn(a.bearingRad, b.bearingRad, ease),
    tiltRad: lerp(a.tiltRad, b.tiltRad),
  }
}

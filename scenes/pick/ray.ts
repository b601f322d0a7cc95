import { type PerspectiveCamera, Vector2, type Vector3 } from 'three'

/** A view ray in scene axes. */
export interface ViewRay {
  readonly origin: Vector3
  readonly direction: Vector3 // unit
}

const ndc = /*#__PURE__*/ new Vector2()

/** The ray through a pixel of the canvas. Writes and returns `ray`. */
export function rayThrough(
  camera: PerspectiveCamera,
  x: number,
  y: number,
  width: number,
  height: number,
  ray: ViewRay,
): ViewRay {
  ndc.set((x / width) * 2 - 1, 1 - (y / height) * 2)
  ray.origin.setFromMatrixPosition(camera.matrixWorld)
  ray.direction.set(ndc.x, ndc.y, 0.5).unproject(camera).sub(ray.origin).normalize()
  return ray
}

/** Where a ray meets the ground, in local metres; null when it looks up or too far. */
export function groundHit(
  { origin, direction }: ViewRay,
  farM: number,
): { xM: number; yM: number; distanceM: number } | null {
  if (direction.y >= -1e-4) return null
  const t = -origin.y / direction.y
  if (t > farM) return null
  return { xM: origin.x + direction.x * t, yM: -(origin.z + direction.z * t), distanceM: t }
}

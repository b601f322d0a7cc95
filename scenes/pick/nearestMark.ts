import { type PerspectiveCamera, Vector3 } from 'three'

const at = /*#__PURE__*/ new Vector3()

/**
 * The point nearest to a pixel on screen, within a reach that suits a finger; -1 when none is near.
 *
 * Shapes  `place(i, out)` writes the scene position of point i of `count`.
 */
export function nearestMark(
  count: number,
  place: (i: number, out: Vector3) => void,
  camera: PerspectiveCamera,
  x: number,
  y: number,
  width: number,
  height: number,
  reachPx: number,
): { index: number; distanceM: number } | null {
  let best = -1
  let bestPx = reachPx
  let distanceM = Infinity
  for (let i = 0; i < count; i++) {
    place(i, at)
    const far = at.distanceTo(camera.position)
    at.project(camera)
    if (at.z > 1) continue
    const px = Math.hypot(((at.x + 1) / 2) * width - x, ((1 - at.y) / 2) * height - y)
    // of two marks under the finger the nearer one wins
    if (px < bestPx - 4 || (px < bestPx + 4 && far < distanceM && px < reachPx)) {
      best = i
      bestPx = Math.min(px, bestPx)
      distanceM = far
    }
  }
  return best < 0 ? null : { index: best, distanceM }
}

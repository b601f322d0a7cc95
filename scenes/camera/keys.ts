import { type CameraPose, MAX_TILT_RAD, MIN_TILT_RAD } from '../../src/stores/camera.ts'

type Change = (pose: CameraPose) => CameraPose

const pan =
  (right: number, ahead: number): Change =>
  (pose) => {
    const stepM = pose.distanceM * 0.12
    const s = Math.sin(pose.bearingRad)
    const c = Math.cos(pose.bearingRad)
    return { ...pose, xM: pose.xM + stepM * (right * c + ahead * s), yM: pose.yM + stepM * (ahead * c - right * s) }
  }
const rotate =
  (turns: number): Change =>
  (pose) => ({ ...pose, bearingRad: pose.bearingRad + turns * (Math.PI / 12) })
const tilt =
  (steps: number): Change =>
  (pose) => ({
    ...pose,
    tiltRad: Math.min(Math.max(pose.tiltRad + (steps * Math.PI) / 36, MIN_TILT_RAD), MAX_TILT_RAD),
  })
const zoom =
  (factor: number): Change =>
  (pose) => ({ ...pose, distanceM: Math.min(Math.max(pose.distanceM * factor, 25), 32_000) })

const plain: Readonly<Record<string, Change>> = {
  ArrowUp: pan(0, 1),
  ArrowDown: pan(0, -1),
  ArrowLeft: pan(-1, 0),
  ArrowRight: pan(1, 0),
  '+': zoom(0.8),
  '=': zoom(0.8),
  '-': zoom(1.25),
  PageUp: tilt(-1),
  PageDown: tilt(1),
}
const shifted: Readonly<Record<string, Change>> = {
  ArrowLeft: rotate(-1),
  ArrowRight: rotate(1),
  ArrowUp: tilt(-1),
  ArrowDown: tilt(1),
  '+': zoom(0.8),
}

/** Arrows pan, Shift with arrows turns and tilts, + and − zoom: while the picture has the focus, and only then. */
export function bindKeys(element: HTMLElement, onChange: (change: Change) => void): () => void {
  const listen = (event: KeyboardEvent) => {
    if (event.ctrlKey || event.metaKey || event.altKey) return
    const change = (event.shiftKey ? shifted : plain)[event.key]
    if (!change) return
    event.preventDefault()
    onChange(change)
  }
  element.addEventListener('keydown', listen)
  return () => element.removeEventListener('keydown', listen)
}

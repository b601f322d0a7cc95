import { createStore, type StoreApi } from 'zustand/vanilla'

/** Where the camera looks from: around a point on the ground. Angles in radians; bearing 0 looks north, tilt 0 looks straight down. */
export interface CameraPose {
  readonly xM: number
  readonly yM: number
  readonly heightM: number // of the point looked at
  readonly distanceM: number
  readonly bearingRad: number
  readonly tiltRad: number
}

export interface Flight {
  readonly to: CameraPose
  readonly durationS: number
}

export interface CameraState {
  readonly pose: CameraPose // where the camera came to rest, or where it is on its way
  readonly flight: Flight | null // asked for, not yet arrived
  flyTo(to: Partial<CameraPose>, durationS?: number): void
  arrive(): void
  rest(pose: CameraPose): void
}

export const MIN_TILT_RAD = (10 * Math.PI) / 180
export const MAX_TILT_RAD = (85 * Math.PI) / 180

export function createCameraStore(pose: CameraPose): StoreApi<CameraState> {
  return createStore<CameraState>()((set, get) => ({
    pose,
    flight: null,
    flyTo: (to, durationS = 1.6) => set({ flight: { to: { ...get().pose, ...to }, durationS } }),
    arrive: () => set({ flight: null }),
    rest: (next) => set({ pose: next }),
  }))
}

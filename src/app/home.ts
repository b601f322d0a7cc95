import type { CameraPose } from '../stores/camera.ts'

/** The opening view: the high-rise axis from Ak Orda over Bayterek to Khan Shatyr, as seen on the way in and at rest. */
export const HOME: CameraPose = { xM: 60, yM: 20, heightM: 30, distanceM: 1850, bearingRad: 4.9, tiltRad: 1.2 }
export const APPROACH: CameraPose = { xM: 700, yM: 160, heightM: 30, distanceM: 4600, bearingRad: 4.72, tiltRad: 1.0 }
export const APPROACH_S = 6

/** On a narrow screen the axis is seen steeper and from farther, so that it fills the height. */
export const HOME_TALL: CameraPose = { ...HOME, distanceM: 2500, tiltRad: 1.02 }
export const APPROACH_TALL: CameraPose = { ...APPROACH, distanceM: 5200, tiltRad: 0.85 }

export const isTall = (): boolean => innerHeight > innerWidth
export const home = (): CameraPose => (isTall() ? HOME_TALL : HOME)

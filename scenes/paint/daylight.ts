/** How the scene is lit at one moment. Colours are linear RGB, intensities in the renderer's units. */
export interface Daylight {
  readonly sun: readonly [number, number, number]
  readonly sunIntensity: number
  readonly sky: readonly [number, number, number] // hemisphere light from above
  readonly ground: readonly [number, number, number] // and from below
  readonly hemisphereIntensity: number
  readonly zenith: readonly [number, number, number] // backdrop
  readonly horizon: readonly [number, number, number]
  readonly paper: readonly [number, number, number] // the table the model stands on
  readonly night: number // 0 day … 1 night: windows light up, buildings turn slate
  readonly exposure: number
}

export type LightTheme = 'sun' | 'night' | 'data' | 'print'

type Rgb = readonly [number, number, number]

const mix = (a: Rgb, b: Rgb, t: number): Rgb => [
  a[0] + (b[0] - a[0]) * t,
  a[1] + (b[1] - a[1]) * t,
  a[2] + (b[2] - a[2]) * t,
]

const between = (x: number, from: number, to: number): number => {
  const t = Math.min(Math.max((x - from) / (to - from), 0), 1)
  return t * t * (3 - 2 * t)
}

const NOON = {
  sun: [1, 0.955, 0.885],
  sky: [0.62, 0.71, 0.82],
  ground: [0.3, 0.27, 0.24],
  zenith: [0.2, 0.29, 0.4],
  horizon: [0.56, 0.6, 0.63],
  paper: [0.104, 0.097, 0.088],
} as const
const GOLD = {
  sun: [1, 0.62, 0.34],
  sky: [0.46, 0.47, 0.6],
  ground: [0.26, 0.2, 0.17],
  zenith: [0.1, 0.14, 0.25],
  horizon: [0.66, 0.42, 0.27],
  paper: [0.096, 0.08, 0.068],
} as const
const DUSK = {
  sun: [0.5, 0.42, 0.6],
  sky: [0.36, 0.38, 0.62],
  ground: [0.1, 0.09, 0.11],
  zenith: [0.03, 0.045, 0.1],
  horizon: [0.2, 0.15, 0.19],
  paper: [0.062, 0.062, 0.076],
} as const
const NIGHT = {
  sun: [0.5, 0.6, 0.85],
  sky: [0.42, 0.5, 0.78],
  ground: [0.09, 0.085, 0.1],
  zenith: [0.008, 0.013, 0.032],
  horizon: [0.044, 0.052, 0.082],
  paper: [0.05, 0.054, 0.07],
} as const

function blend(
  a: typeof NOON | typeof GOLD | typeof DUSK | typeof NIGHT,
  b: typeof NOON | typeof GOLD | typeof DUSK | typeof NIGHT,
  t: number,
) {
  return {
    sun: mix(a.sun, b.sun, t),
    sky: mix(a.sky, b.sky, t),
    ground: mix(a.ground, b.ground, t),
    zenith: mix(a.zenith, b.zenith, t),
    horizon: mix(a.horizon, b.horizon, t),
    paper: mix(a.paper, b.paper, t),
  }
}

/**
 * Light of a sun at this elevation, for a theme.
 *
 * Units    elevation in radians above the horizon; colours linear 0..1.
 */
export function daylight(elevationRad: number, theme: LightTheme): Daylight {
  const deg = (elevationRad * 180) / Math.PI
  if (theme === 'print') {
    return {
      sun: [1, 1, 1],
      sunIntensity: 2.1,
      sky: [1, 1, 1],
      ground: [0.8, 0.8, 0.8],
      hemisphereIntensity: 1.5,
      zenith: [1, 1, 1],
      horizon: [1, 1, 1],
      paper: [0.94, 0.94, 0.94],
      night: 0,
      exposure: 1,
    }
  }
  if (theme === 'data') {
    return {
      sun: [0.75, 0.8, 1],
      sunIntensity: 0.55,
      sky: [0.2, 0.23, 0.3],
      ground: [0.05, 0.05, 0.06],
      hemisphereIntensity: 0.55,
      zenith: [0.003, 0.0035, 0.005],
      horizon: [0.02, 0.021, 0.026],
      paper: [0.017, 0.0175, 0.021],
      night: 0.85,
      exposure: 1,
    }
  }
  const height = theme === 'night' ? -20 : deg
  const warm = between(height, 24, 5)
  const dusk = between(height, 2, -5)
  const night = between(height, -4, -11)
  const colours = night > 0 ? blend(DUSK, NIGHT, night) : dusk > 0 ? blend(GOLD, DUSK, dusk) : blend(NOON, GOLD, warm)
  return {
    ...colours,
    sunIntensity: 3.05 * between(height, -3, 8) * (1 - 0.28 * warm) + 0.34 * night,
    hemisphereIntensity: 0.66 + 0.1 * warm - 0.14 * dusk + 0.02 * night,
    night: between(height, 4, -6),
    exposure: 1 + 0.12 * dusk,
  }
}

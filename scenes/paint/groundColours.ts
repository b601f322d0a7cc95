import { AREA_KINDS, type AreaKind, ROAD_CLASSES, type RoadClass } from '../../src/model/city.ts'

type Rgb = readonly [number, number, number]

/** Ground cover relative to the paper it lies on (linear): everything stays close to the table, water is deep, green is desaturated. */
const AREA: Readonly<Record<AreaKind, Rgb>> = {
  water: [0.3, 0.52, 0.74],
  wetland: [0.72, 0.86, 0.86],
  grass: [1.02, 1.2, 0.86],
  wood: [0.78, 1.02, 0.68],
  park: [0.98, 1.24, 0.86],
  pitch: [0.96, 1.16, 0.9],
  industrial: [1.12, 1.08, 1.04],
  construction: [1.22, 1.12, 0.98],
  parking: [1.2, 1.18, 1.16],
  square: [1.5, 1.44, 1.36],
  substation: [1.3, 1.2, 1.42],
  sand: [1.62, 1.48, 1.18],
}

/** Streets by class: lighter strokes, the wider the lighter. */
const ROAD: Readonly<Record<RoadClass, number>> = {
  motorway: 2.5,
  trunk: 2.4,
  primary: 2.25,
  secondary: 2.05,
  tertiary: 1.85,
  street: 1.65,
  service: 1.4,
  foot: 1.32,
  rail: 0.62,
}

const lift = (theme: string, night: number): number => (theme === 'print' ? 0.25 : 1 - 0.25 * night)

/** Writes one linear colour per area kind. */
export function areaColours(out: Float32Array, paper: Rgb, night: number, theme: string): void {
  const strength = lift(theme, night)
  for (let k = 0; k < AREA_KINDS.length; k++) {
    const tone = AREA[AREA_KINDS[k]]
    for (let c = 0; c < 3; c++) out[3 * k + c] = paper[c] * (1 + (tone[c] - 1) * strength)
  }
}

/** Streets that are lit at night, and how much. */
const LAMPS: Readonly<Record<RoadClass, number>> = {
  motorway: 2.4,
  trunk: 2.6,
  primary: 2.6,
  secondary: 2.2,
  tertiary: 1.8,
  street: 1.2,
  service: 0.5,
  foot: 0.3,
  rail: 0,
}
const SODIUM: Rgb = [1.3, 0.98, 0.62]

/** Writes one linear colour per road class. At night the lit streets glow a little in the colour of their lamps. */
export function roadColours(out: Float32Array, paper: Rgb, night: number, theme: string): void {
  const strength = theme === 'print' ? -0.12 : lift(theme, night)
  const lit = theme === 'data' || theme === 'print' ? 0 : night
  for (let k = 0; k < ROAD_CLASSES.length; k++) {
    const name = ROAD_CLASSES[k]
    for (let c = 0; c < 3; c++)
      out[3 * k + c] = paper[c] * (1 + (ROAD[name] - 1) * strength + LAMPS[name] * SODIUM[c] * lit)
  }
}

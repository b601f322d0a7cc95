import { readLengthM, readNumber } from './tagValues.ts'

/** Roofs that are drawn as mapped; every other shape is drawn flat. */
const ROOF_SHAPES = [
  'flat',
  'gabled',
  'hipped',
  'half-hipped',
  'pyramidal',
  'skillion',
  'gambrel',
  'mansard',
  'saltbox',
  'dome',
  'onion',
  'round',
  'cone',
  'sphere',
] as const
export type RoofShape = (typeof ROOF_SHAPES)[number]

export interface Roof {
  readonly shape: RoofShape
  readonly heightM: number // of the roof alone; a sphere is all roof
  readonly isHeightMapped: boolean
  readonly directionDeg: number // compass bearing its main face looks to, downwards; NaN when not mapped
  readonly isAcross: boolean // ridge across the longer side
}

const WORDS: Readonly<Record<string, RoofShape>> = {
  gabled: 'gabled',
  pitched: 'gabled',
  gable: 'gabled',
  'gabled-hipped': 'half-hipped',
  'half-hipped': 'half-hipped',
  half_hipped: 'half-hipped',
  hipped: 'hipped',
  hip: 'hipped',
  side_hipped: 'hipped',
  skillion: 'skillion',
  lean_to: 'skillion',
  gambrel: 'gambrel',
  mansard: 'mansard',
  saltbox: 'saltbox',
  round: 'round',
  rounded: 'round',
  dome: 'dome',
  round_dome: 'dome',
  onion: 'onion',
  cone: 'cone',
  conical: 'cone',
  pyramidal: 'pyramidal',
  pyramid: 'pyramidal',
  sphere: 'sphere',
}

/** Height of a roof without one mapped, as a multiple of the radius of a circle as large as the footprint (assumption). */
const USUAL: Readonly<Record<RoofShape, number>> = {
  flat: 0,
  gabled: 0.5,
  hipped: 0.5,
  'half-hipped': 0.5,
  skillion: 0.35,
  gambrel: 0.6,
  mansard: 0.5,
  saltbox: 0.5,
  round: 0.5,
  dome: 1,
  onion: 1.6,
  cone: 1,
  pyramidal: 0.8,
  sphere: 2,
}

/** A guessed roof is never taller than this, however wide the hall under it: what stands up, and what leans. */
const MAX_GUESS_M = 25
const MAX_PITCHED_GUESS_M = 5
const STANDING: ReadonlySet<RoofShape> = new Set(['dome', 'onion', 'cone', 'pyramidal', 'sphere'])

/** One storey under a sloping roof (assumption). */
const ROOF_STOREY_M = 2.5

const POINTS = ['N', 'NNE', 'NE', 'ENE', 'E', 'ESE', 'SE', 'SSE', 'S', 'SSW', 'SW', 'WSW', 'W', 'WNW', 'NW', 'NNW']

/** A bearing as mapped: degrees, or a point of the compass. NaN when neither. */
function readBearing(text: string | undefined): number {
  const point = POINTS.indexOf((text ?? '').trim().toUpperCase())
  return point >= 0 ? 22.5 * point : readNumber(text)
}

/** Whether a roof stands on its building like a crown, to be seen whatever else is mapped of the building. */
export const isStanding = ({ shape }: Roof): boolean => STANDING.has(shape)

/**
 * The roof of a building from its tags. Keys with the old prefix `building:` are as good as the new ones.
 *
 * Source   OpenStreetMap wiki, Simple 3D Buildings (roof:shape, roof:height, roof:levels, roof:direction,
 *          roof:orientation); building:shape=sphere as mapped.
 */
export function readRoof(tag: (key: string) => string | undefined, footprintM2: number): Roof {
  const word = tag('building:shape') ?? tag('roof:shape') ?? tag('building:roof:shape') ?? 'flat'
  const shape = Object.hasOwn(WORDS, word) ? WORDS[word] : 'flat'
  const radiusM = Math.sqrt(footprintM2 / Math.PI)
  const lie = {
    directionDeg: readBearing(tag('roof:direction')),
    isAcross: (tag('roof:orientation') ?? tag('building:roof:orientation')) === 'across',
  }
  if (shape === 'sphere') return { shape, heightM: 2 * radiusM, isHeightMapped: false, ...lie }
  const mappedM = readLengthM(tag('roof:height') ?? tag('building:roof:height'))
  if (mappedM > 0 && mappedM < 500) return { shape, heightM: mappedM, isHeightMapped: true, ...lie }
  const storeysM = ROOF_STOREY_M * readNumber(tag('roof:levels'))
  const mostM = STANDING.has(shape) ? MAX_GUESS_M : MAX_PITCHED_GUESS_M
  const guessM = storeysM > 0 && storeysM < 50 && shape !== 'flat' ? storeysM : USUAL[shape] * radiusM
  return { shape, heightM: Math.min(mostM, guessM), isHeightMapped: false, ...lie }
}

import { readLengthM } from './tagValues.ts'

/** Roofs that are drawn as mapped; every other shape is drawn flat. */
const ROOF_SHAPES = ['flat', 'dome', 'onion', 'cone', 'pyramidal', 'sphere'] as const
export type RoofShape = (typeof ROOF_SHAPES)[number]

export interface Roof {
  readonly shape: RoofShape
  readonly heightM: number // of the roof alone; a sphere is all roof
  readonly isHeightMapped: boolean
}

const WORDS: Readonly<Record<string, RoofShape>> = {
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
const USUAL: Readonly<Record<RoofShape, number>> = { flat: 0, dome: 1, onion: 1.6, cone: 1, pyramidal: 0.8, sphere: 2 }

/** A guessed roof is never taller than this, however wide the hall under it. */
const MAX_GUESS_M = 25

/**
 * The roof of a building from its tags. Keys with the old prefix `building:` are as good as the new ones.
 *
 * Source   OpenStreetMap wiki, Simple 3D Buildings (roof:shape, roof:height); building:shape=sphere as mapped.
 */
export function readRoof(tag: (key: string) => string | undefined, footprintM2: number): Roof {
  const word = tag('building:shape') ?? tag('roof:shape') ?? tag('building:roof:shape') ?? 'flat'
  const shape = Object.hasOwn(WORDS, word) ? WORDS[word] : 'flat'
  const radiusM = Math.sqrt(footprintM2 / Math.PI)
  if (shape === 'sphere') return { shape, heightM: 2 * radiusM, isHeightMapped: false }
  const mappedM = readLengthM(tag('roof:height') ?? tag('building:roof:height'))
  if (mappedM > 0 && mappedM < 500) return { shape, heightM: mappedM, isHeightMapped: true }
  return { shape, heightM: Math.min(MAX_GUESS_M, USUAL[shape] * radiusM), isHeightMapped: false }
}

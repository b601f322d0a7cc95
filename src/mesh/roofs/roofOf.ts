import type { Region } from '../../geo/polygon/ring.ts'
import type { Roof } from '../../model/roof.ts'
import { type Profile, type RoofMesh, refine } from './roofMesh.ts'
import { type RoofEnds, skeletonRoof } from './skeletonRoof.ts'
import { across, bearing, type Direction, slopeRoof } from './slopeRoof.ts'

/** Shapes that are made over any outline. */
export type PitchedShape = Exclude<Roof['shape'], 'flat' | 'sphere'>

const STRAIGHT: Profile = [
  [0, 0],
  [1, 1],
]
/** Steep below, gentle above: 60° and 30° of a regular gambrel put the break at a third of the way in. */
const GAMBREL: Profile = [
  [0, 0],
  [0.34, 0.6],
  [1, 1],
]
/** Nearly a wall with a low hip on it. Assumption. */
const MANSARD: Profile = [
  [0, 0],
  [0.25, 0.75],
  [1, 1],
]
/** A quarter of a circle: at 15° steps the sines and what is left of the cosines. */
const ROUND: Profile = [
  [0, 0],
  [0.034074, 0.258819],
  [0.133975, 0.5],
  [0.292893, 0.707107],
  [0.5, 0.866025],
  [0.741181, 0.965926],
  [1, 1],
]

/** How each shape ends its ridges and bends its faces. */
const SKELETONS: Readonly<Partial<Record<PitchedShape, readonly [ends: RoofEnds, profile: Profile]>>> = {
  gabled: ['gable', STRAIGHT],
  hipped: ['hip', STRAIGHT],
  'half-hipped': ['half', STRAIGHT],
  pyramidal: ['hip', STRAIGHT],
  cone: ['hip', STRAIGHT],
  gambrel: ['gable', GAMBREL],
  mansard: ['hip', MANSARD],
  round: ['gable', ROUND],
  dome: ['hip', ROUND],
  onion: ['hip', ROUND],
}

/** Where the ridge of a saltbox stands on its way across. Assumption: a third. */
const SALTBOX_RIDGE = 1 / 3

/** The same profile over a whole width, up to the ridge and down again. */
function bothSides(profile: Profile, ridge: number): Profile {
  const up = profile.map(([rise, height]) => [rise * ridge, height] as const)
  const down = profile.map(([rise, height]) => [1 - rise * (1 - ridge), height] as const).reverse()
  return [...up, ...down.slice(1)]
}

/** A roof ready to be given a height. */
export interface ShapedRoof {
  readonly mesh: RoofMesh
  readonly profile: Profile
}

/** The roof of a shape over an outline: by straight skeleton, or one ridge over all where that fails. */
export function roofOf(region: Region, { shape, directionDeg, isAcross }: Roof): ShapedRoof {
  const sloping = (way: Direction, profile: Profile): ShapedRoof => ({
    mesh: refine(slopeRoof(region, way), profile),
    profile,
  })
  const way = across(region.outer)
  const turned: Direction = isAcross ? [-way[1], way[0]] : way
  if (shape === 'skillion') {
    // the mapped direction is the one that the roof looks to, downwards
    const [x, y] = Number.isNaN(directionDeg) ? turned : bearing(directionDeg)
    return sloping([-x, -y], STRAIGHT)
  }
  const facing = Number.isNaN(directionDeg) ? turned : bearing(directionDeg)
  if (shape === 'saltbox') return sloping(facing, bothSides(STRAIGHT, SALTBOX_RIDGE))
  const [ends, profile] = SKELETONS[shape as PitchedShape] ?? ['hip', STRAIGHT]
  const plain = isAcross && ends === 'gable' ? null : skeletonRoof(region, ends)
  return plain ? { mesh: refine(plain, profile), profile } : sloping(facing, bothSides(profile, 0.5))
}

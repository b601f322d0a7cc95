import { TwinError } from '../../base/errors.ts'
import { checkRow, type Loss, type LossColumn, withFlags } from './lossModel.ts'

/** Terrain along a path, both ends included. */
export interface PathProfile {
  readonly distanceM: Float64Array // [n] from the transmitter, the first 0, rising
  readonly heightM: Float64Array // [n] ground above the sea
  readonly clutterM: Float64Array // [n] representative clutter on it
  readonly zone: Uint8Array // [n] 1 sea, 3 coastal land, 4 inland
}

/** A named propagation model that needs the terrain of each path. */
export interface ProfileModel {
  readonly id: string
  readonly title: string
  readonly source: string
  readonly columns: Readonly<Record<string, LossColumn>>
  lossDb(row: Readonly<Record<string, number>>, profile: PathProfile): Loss
}

interface ProfileModelOf<Key extends string> extends Omit<ProfileModel, 'columns' | 'lossDb'> {
  readonly columns: Readonly<Record<Key, LossColumn>>
  readonly lossDb: (row: Readonly<Record<Key, number>>, profile: PathProfile) => Loss
}

/** Types a model where it is written: `lossDb` may read its own columns and no others. */
export const defineProfileModel = <const Key extends string>(model: ProfileModelOf<Key>): ProfileModel =>
  model as ProfileModel

/** A profile of equal steps, without clutter, inland. */
export function evenProfile(stepM: number, heightM: Float64Array): PathProfile {
  const n = heightM.length
  return {
    distanceM: Float64Array.from({ length: n }, (_, i) => i * stepM),
    heightM,
    clutterM: new Float64Array(n),
    zone: new Uint8Array(n).fill(4),
  }
}

function checkProfile(id: string, { distanceM, heightM, clutterM, zone }: PathProfile): void {
  const refuse = (what: string, at: number): never => {
    throw new TwinError('RADIO_OUT_OF_RANGE', `${id}: ${what}, at point ${at} of the profile.`, {
      model: id,
      point: at,
    })
  }
  const n = distanceM.length
  if (n < 2 || heightM.length !== n || clutterM.length !== n || zone.length !== n) {
    refuse(`the profile has ${n} distances and ${heightM.length} heights, expected two or more of both`, n)
  }
  if (distanceM[0] !== 0) refuse(`the first distance is ${distanceM[0]}, expected 0`, 0)
  for (let i = 0; i < n; i++) {
    if (i > 0 && !(distanceM[i] > distanceM[i - 1])) refuse(`the distance is ${distanceM[i]} m, expected a rise`, i)
    if (!Number.isFinite(heightM[i])) refuse(`the height is ${heightM[i]}, expected metres`, i)
    if (!(clutterM[i] >= 0)) refuse(`the clutter is ${clutterM[i]}, expected 0 m or more`, i)
  }
  if (!Number.isFinite(distanceM[n - 1])) refuse(`the distance is ${distanceM[n - 1]}, expected metres`, n - 1)
}

/**
 * Loss of one row over one profile.
 *
 * Throws   RADIO_OUT_OF_RANGE when the row or the profile leaves the model's validity
 */
export function profileLossOf(
  model: ProfileModel,
  given: Readonly<Record<string, number>>,
  profile: PathProfile,
): Loss {
  const { row, flags } = checkRow(model, given)
  checkProfile(model.id, profile)
  return withFlags(flags, model.lossDb(row, profile))
}

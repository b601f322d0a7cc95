import type { ProfileModel } from '../profileModel.ts'
import { bullington } from './bullington.ts'
import { deygout } from './deygout.ts'
import { itmP2p } from './itmP2p.ts'
import { p1812 } from './p1812.ts'

/** Every propagation model that answers over a terrain profile. To add one: write its file, and its line here. */
export const profileModels: readonly ProfileModel[] = [bullington, deygout, itmP2p, p1812]

export const profileModelById: ReadonlyMap<string, ProfileModel> = new Map(
  profileModels.map((model) => [model.id, model]),
)

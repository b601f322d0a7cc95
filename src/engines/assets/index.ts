import { TwinError } from '../../base/errors.ts'
import { ASSET_KIND_INFO, type Asset } from '../../model/asset.ts'
import { defineEngine } from '../engine.ts'
import { type AssetDay, assetDay } from './assetDay.ts'
import type { Chance } from './chance.ts'
import type { Sky } from './solar.ts'

export interface AssetsInput {
  readonly assets: readonly Asset[]
  readonly sky: Sky
  /** Power of the building an asset stands on, by its id; absent when it stands free. */
  readonly houseW: ReadonlyMap<string, Float64Array>
  readonly steps: number
  /** Of the whole plan, so that what is left out of `assets` changes nothing. */
  readonly chance: Chance
}

/** A parameter outside what the palette allows makes the result meaningless. */
function checkParams(asset: Asset): void {
  for (const { key, min, max } of ASSET_KIND_INFO[asset.kind].params) {
    const value = asset.params[key]
    if (value === undefined || (value >= min && value <= max)) continue
    throw new TwinError('PLACEMENT_REFUSED', `${asset.id}: ${key} is ${value}, expected ${min} to ${max}.`, {
      id: asset.id,
      key,
    })
  }
}

/** Electric power of placed assets over a day. */
export const assets = defineEngine<AssetsInput, readonly AssetDay[]>({
  id: 'assets',
  version: '2',
  title: 'Power of placed assets',
  reads: ['placed assets', 'sun and clouds', 'load of the building an asset stands on'],
  writes: ['load, generation and reactive power of every asset'],
  *run({ assets: placed, sky, houseW, steps, chance }) {
    const days: AssetDay[] = []
    for (const [k, asset] of placed.entries()) {
      yield k / placed.length
      checkParams(asset)
      const random = chance(asset, sky.year, sky.dayOfYear)
      days.push(assetDay(asset, sky, houseW.get(asset.id) ?? null, random, steps))
    }
    yield 1
    return days
  },
})

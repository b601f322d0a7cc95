import { chanceOf } from '../../../src/engines/assets/chance.ts'
import type { AssetsInput } from '../../../src/engines/assets/index.ts'
import { ASSET_KINDS, type Asset } from '../../../src/model/asset.ts'

const sky = { latDeg: 51.13, lonDeg: 71.43, utcOffsetH: 5, year: 2017, dayOfYear: 172, cloudCover: 0.2 }
const asset = (kind: Asset['kind'], params: Record<string, number> = {}): Asset => ({
  id: kind,
  kind,
  latDeg: 51.13,
  lonDeg: 71.43,
  network: 'none',
  params,
})
const input = (...assets: Asset[]): AssetsInput => ({
  assets,
  sky,
  houseW: new Map(),
  steps: 96,
  chance: chanceOf(assets),
})

export const sample = () => input(...ASSET_KINDS.map((kind) => asset(kind)))

export const broken = [
  { title: 'a thousand GPUs in a rack', input: () => input(asset('gpu-rack', { gpus: 1000 })) },
  { title: 'a charger of no power', input: () => input(asset('ev-charger', { powerKw: NaN })) },
]

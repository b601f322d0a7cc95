import type { LossModel } from '../lossModel.ts'
import { cost231 } from './cost231.ts'
import { freeSpace } from './freeSpace.ts'
import { hata } from './hata.ts'
import { itmArea } from './itmArea.ts'
import { knifeEdge } from './knifeEdge.ts'
import { logDistance } from './logDistance.ts'
import { p1411 } from './p1411.ts'
import { p2108HeightGain, p2108Terrestrial } from './p2108.ts'
import { p2109 } from './p2109.ts'
import { rmaLos, rmaNlos } from './rma.ts'
import { umaLos, umaNlos } from './uma.ts'
import { umiLos, umiNlos } from './umi.ts'

/** Every propagation model that answers row by row. To add one: write its file, and its line here. */
export const lossModels: readonly LossModel[] = [
  freeSpace,
  knifeEdge,
  umaLos,
  umaNlos,
  umiLos,
  umiNlos,
  rmaLos,
  rmaNlos,
  hata,
  cost231,
  ...p1411,
  ...logDistance,
  itmArea,
  p2108HeightGain,
  p2108Terrestrial,
  p2109,
]

export const lossModelById: ReadonlyMap<string, LossModel> = new Map(lossModels.map((model) => [model.id, model]))

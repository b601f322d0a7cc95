import { bench, describe } from 'vitest'
import { createRandom } from '../../src/base/random.ts'
import { finish } from '../../src/base/steps.ts'
import { runDraws } from '../../src/engines/economics/draws.ts'
import { runEconomics } from '../../src/engines/economics/index.ts'
import type { AssetKind } from '../../src/model/asset.ts'
import { planNode } from '../../src/plan/plannedNode.ts'
import { typicalSite } from '../../src/plan/typicalSite.ts'
import { aCashNode } from '../support/cashNodes.ts'

// 10,000 draws of 60 months with a token price on its way, against drawing and multiplying the same number of normals.
let sink = 0
const realNode = (network: string, kind: AssetKind) => {
  const asset = { id: 'node', kind, latDeg: 51.13, lonDeg: 71.43, network, params: {} }
  const { cash } = planNode({ asset, site: typicalSite(asset, 20788, {}), energyPriceUsd: 0.05, tokenPriceScale: 1 })
  return { ...cash, months: 60 }
}
const filecoinRack = realNode('filecoin', 'storage-rack')
const mobileCell = realNode('helium-mobile', 'wifi-cell')

describe('10,000 draws x 60 months', () => {
  bench('paths of a Filecoin rack (limit: 1 s a worker)', () => {
    sink += finish(runDraws(filecoinRack, { seed: 1, from: 0, to: 10_000, discountRate: 0.1 })).npvUsd[0]!
  })
  bench('paths of a Helium Mobile cell (limit: 1 s a worker)', () => {
    sink += finish(runDraws(mobileCell, { seed: 1, from: 0, to: 10_000, discountRate: 0.1 })).npvUsd[0]!
  })
  bench('node economics with bands, payback, tornado, break-even', () => {
    sink += finish(runEconomics({ node: aCashNode(), draws: 10_000, seed: 1, discountRate: 0.1 })).npvUsd.p50
  })
  bench('baseline: 600,000 normals of the sequential stream', () => {
    const random = createRandom('bench/economics')
    for (let i = 0; i < 600_000; i++) sink += random.normal()
  })
  if (sink === Infinity) throw new Error('never: the results are consumed')
})

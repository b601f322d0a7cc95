import { bench, describe } from 'vitest'
import { createRandom } from '../../src/base/random.ts'
import { finish } from '../../src/base/steps.ts'
import { runEconomics } from '../../src/engines/economics/index.ts'
import { aCashNode } from '../support/cashNodes.ts'

// 10,000 draws of 60 months with a token price on its way, against drawing and multiplying the same number of normals.
let sink = 0
describe('10,000 draws x 60 months', () => {
  bench('node economics with bands, payback, tornado, break-even', () => {
    sink += finish(runEconomics({ node: aCashNode(), draws: 10_000, seed: 1, discountRate: 0.1 })).npvUsd.p50
  })
  bench('baseline: 600,000 normals of the sequential stream', () => {
    const random = createRandom('bench/economics')
    for (let i = 0; i < 600_000; i++) sink += random.normal()
  })
  if (sink === Infinity) throw new Error('never: the results are consumed')
})

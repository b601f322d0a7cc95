import { bench, describe } from 'vitest'
import { finish } from '../../src/base/steps.ts'
import { place } from '../../src/engines/placement/place.ts'
import { loadMipSolver } from '../../workers/lib/highs.ts'
import { aScatter } from '../support/sites.ts'

// Forty of 800 sites over 3,000 points: the search with its proven bound, aim 2 s; and HiGHS closing the rest of the gap.
const input = aScatter('bench', 800, 3000, 0.06, { budget: 40 })
const solver = await loadMipSolver()
const once = { iterations: 2, time: 0, warmupIterations: 0, warmupTime: 0 }
let sink = 0

describe('maximum coverage, 40 of 800 sites', () => {
  for (const [name, exact] of [['search and bound', null] as const, ['exact', solver] as const]) {
    bench(
      name,
      () => {
        sink += finish(place({ ...input, exact })).coveredWeight
      },
      once,
    )
  }
  if (Number.isNaN(sink)) throw new Error('The benchmark computed nothing.')
})

import { bench, describe } from 'vitest'
import { createRandom } from '../../src/base/random.ts'
import { itmPointToPoint } from '../../src/engines/radio/itm/pointToPoint.ts'
import type { ItmSetting } from '../../src/engines/radio/itm/prediction.ts'
import { createTerminals } from '../../src/engines/radio/itm/terminals.ts'

/**
 * Longley-Rice over profiles of 500 points. Mean time of a row is the time of a hundred predictions, so 800 rows a second
 * are 80,000 predictions a second, the aim. NTIA's own C++ did 115,000 a second on a machine like this, g++ -O3.
 */
const random = createRandom('bench/itm')
const PROFILES = 100
const INTERVALS = 499
const setting: ItmSetting = {
  freqMhz: 868,
  txM: 30,
  rxM: 2,
  refractivity: 301,
  vertical: true,
  permittivity: 15,
  conductivity: 0.008,
  quantiles: { time: 0.5, location: 0.5, situation: 0.5, mode: 12, climate: 5 },
}

/** Hills as a sum of waves and a little noise; from within sight to far beyond it. */
const profiles = Array.from({ length: PROFILES }, (_, k) => {
  const height = new Float64Array(INTERVALS + 1)
  let z = 300
  for (let i = 0; i <= INTERVALS; i++) {
    z += (random.next() - 0.5) * (1 + (k % 10))
    height[i] = z
  }
  return { height, stepM: 10 + 2 * k }
})
const terminals = createTerminals()
let sink = 0

describe('Longley-Rice, point to point, 500 points', () => {
  bench(
    '100 predictions',
    () => {
      for (const { height, stepM } of profiles)
        sink += itmPointToPoint(setting, height, INTERVALS, stepM, terminals).lossDb
    },
    { time: 2000, warmupTime: 500 },
  )
  if (Number.isNaN(sink)) throw new Error('The benchmark computed nothing.')
})

import { bench, describe } from 'vitest'
import { createRandom } from '../../src/base/random.ts'
import { finish } from '../../src/base/steps.ts'
import { directPathDb } from '../../src/engines/radio/directPath.ts'
import { coverageModelNamed, runTransmitterRaster } from '../../src/engines/radio/transmitterRaster.ts'
import { boxCity } from '../support/radioFields.ts'

// A million cells of 2 m with 2,500 houses: one gateway by the sweep, against the direct path over every cell of the way
// for a hundredth of the cells. The ratio of the two, times a hundred, is what the sweep saves.
const field = boxCity(createRandom('bench/coverage'), 500, 2, 2500)
const gateway = { id: 'a', xM: 1, yM: 1, heightM: 25, eirpDbm: 16, freqMhz: 868, rangeM: 1000, sensitivityDbm: -137 }
const models = { bullington: coverageModelNamed('bullington'), umi: coverageModelNamed('umi') }
let sink = 0

describe('coverage of 1,002,001 cells', () => {
  for (const [id, model] of Object.entries(models)) {
    const transmitter = id === 'umi' ? { ...gateway, freqMhz: 5500, heightM: 10 } : gateway
    bench(`sweep, ${id}, one gateway`, () => {
      sink += finish(runTransmitterRaster(transmitter, field, model)).rssiDbm[1000]!
    })
  }
  bench('baseline: direct path for 10,000 of the cells', () => {
    const random = createRandom('bench/cells')
    for (let i = 0; i < 10_000; i++) {
      const [c, r] = [random.below(field.cols), random.below(field.rows)]
      if (c !== 500 || r !== 500) sink += directPathDb(field, c, r, 25, 1.5, 0.345)
    }
  })
  if (sink === Infinity) throw new Error('never: the results are consumed')
})

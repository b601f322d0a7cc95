import { bench, describe } from 'vitest'
import { finish } from '../../src/base/steps.ts'
import { simulateLorawan } from '../../src/engines/lorawan/simulate.ts'
import { aTownFleet } from '../support/lorawan.ts'

/**
 * A day of 100,000 devices that send every quarter of an hour, 9.6 million packets, 20 gateways in 15 km, nine of them in
 * a device's reach on average: far more than the network can carry, so that collisions are many. Aim: 20 s for the day.
 * ns-3's lorawan module needs 11 s to build and simulate 1,000 devices sending once (experiments/aloha, measured there).
 */
const input = aTownFleet(100_000, 20, { durationS: 86_400 }, 15_000)
let sink = 0

describe('LoRaWAN, 100,000 devices, a day', () => {
  bench(
    'one day',
    () => {
      sink += finish(simulateLorawan(input)).delivered
    },
    { iterations: 1, time: 0, warmupIterations: 0, warmupTime: 0 },
  )
  if (Number.isNaN(sink)) throw new Error('The benchmark computed nothing.')
})

import { describe, expect, test } from 'vitest'
import { createKeyHeap } from '../../../../src/base/keyHeap.ts'
import { erlangB } from '../../../../src/base/math/erlang.ts'
import { createRandom } from '../../../../src/base/random.ts'
import { finish } from '../../../../src/base/steps.ts'
import { settleAdr } from '../../../../src/engines/lorawan/adr.ts'
import { LORAWAN_UPLINK, timeOnAirUs } from '../../../../src/engines/lorawan/airtime.ts'
import { alohaDelivery, alohaLoadAtLoss, alohaThroughput } from '../../../../src/engines/lorawan/aloha.ts'
import { createCalendar } from '../../../../src/engines/lorawan/calendar.ts'
import { REGIONS, regionById, subBandOf } from '../../../../src/engines/lorawan/regions.ts'
import { gatewaySensitivityDbm, sensitivityDbm } from '../../../../src/engines/lorawan/sensitivity.ts'
import { simulateLorawan } from '../../../../src/engines/lorawan/simulate.ts'
import { aFleet, aTownFleet } from '../../../support/lorawan.ts'

const SF12 = 0
const SF7 = 5
const oneChannel = { region: 'KR920', channelsHz: [922_100_000], collisions: 'aloha' as const } // no duty cycle there
const airS = (spreadingFactor: number, payloadBytes: number) =>
  timeOnAirUs({ ...LORAWAN_UPLINK, spreadingFactor, payloadBytes }) / 1e6

describe('ALOHA', () => {
  // loads from light to hopeless; periods follow, since G = n T / P
  test.each([0.05, 0.2, 0.5, 1, 2])(
    'default: at G = %d the throughput is G e^(-2G), within 4 standard errors',
    (load) => {
      const devices = 200
      const toa = airS(12, 20)
      const input = aFleet(
        { devices, dataRate: SF12, periodS: (devices * toa) / load },
        { ...oneChannel, demodulators: 64 },
      )
      const result = finish(simulateLorawan({ ...input, durationS: 40_000 * (toa / load) }))
      const g = (result.sent * toa) / (40_000 * (toa / load))
      // a device does not meet itself
      const expected = alohaDelivery((g * (devices - 1)) / devices)
      // packets are lost in clusters: the fates of neighbours go together
      const error = Math.sqrt((3 * expected * (1 - expected)) / result.sent)
      expect(Math.abs(result.deliveryRatio - expected)).toBeLessThan(4 * error)
      expect(
        Math.abs(g * result.deliveryRatio - alohaThroughput((g * (devices - 1)) / devices) * (devices / (devices - 1))),
      ).toBeLessThan(4 * g * error)
    },
  )

  test('default: closed forms: S is greatest, 1/2e, at G = 1/2; a tenth is lost at G = 0.0527', () => {
    expect(alohaThroughput(0.5)).toBeCloseTo(1 / (2 * Math.E), 12)
    expect(alohaThroughput(0.45)).toBeLessThan(alohaThroughput(0.5))
    expect(alohaThroughput(0.55)).toBeLessThan(alohaThroughput(0.5))
    expect(alohaDelivery(alohaLoadAtLoss(0.1))).toBeCloseTo(0.9, 12)
  })
})

describe('simulation', () => {
  test('behavior: delivery falls as devices grow in number', () => {
    let before = 1.001
    for (const devices of [50, 200, 800, 3200]) {
      const input = aTownFleet(devices, 2, { durationS: 7200, region: 'KR920' })
      const { deliveryRatio } = finish(simulateLorawan(input))
      expect(deliveryRatio).toBeLessThan(before)
      before = deliveryRatio
    }
  })

  test('behavior: every packet has one fate, and every gateway accounts for what it heard', () => {
    const input = aTownFleet(2000, 3, { durationS: 7200 })
    const { sent, delivered, losses, gateways } = finish(simulateLorawan(input))
    expect(delivered + losses['too weak'] + losses['no demodulator'] + losses.collision).toBe(sent)
    expect(gateways.reduce((sum, g) => sum + g.decoded, 0)).toBeGreaterThanOrEqual(delivered)
    for (const { airtime, busiestChannel, peakBusy } of gateways) {
      expect(airtime).toBeGreaterThanOrEqual(busiestChannel)
      expect(peakBusy).toBeLessThanOrEqual(8)
    }
  })

  test('behavior: with one demodulator and no collisions, Erlang’s formula says what finds it busy', () => {
    const input = aFleet({ devices: 300, dataRate: SF7, periodS: 60 }, { region: 'US915', demodulators: 1 })
    // a rate of US915 that is fast enough, and strong enough differences that one always survives
    const devices = { ...input.devices, dataRate: new Int8Array(300).fill(3) }
    const result = finish(simulateLorawan({ ...input, devices, durationS: 40_000 }))
    const load = (299 * airS(7, 20)) / 60
    const expected = erlangB(load, 1)
    expect(Math.abs(result.losses['no demodulator'] / result.sent - expected)).toBeLessThan(0.03 * expected)
    expect(result.gateways[0]!.peakBusy).toBe(1)
  })

  test('behavior: a ninth packet at once finds no demodulator; nine demodulators take it', () => {
    const options = { devices: 400, dataRate: SF12, periodS: 60 }
    const crowd = (demodulators: number) =>
      finish(simulateLorawan(aFleet(options, { region: 'KR920', demodulators, durationS: 3600 }))).gateways[0]!
    expect(crowd(8).crowded).toBeGreaterThan(0)
    expect(crowd(8).peakBusy).toBe(8)
    expect(crowd(64).crowded).toBe(0)
    expect(crowd(64).peakBusy).toBeGreaterThan(8)
  })

  test('behavior: the duty cycle holds devices back: never more on air than 1 % in each of two sub-bands', () => {
    const input = aFleet({ devices: 5, dataRate: SF12, periodS: 5 }, { durationS: 20_000 })
    const { sent, heldBack } = finish(simulateLorawan(input))
    expect(heldBack).toBeGreaterThan(0)
    expect((sent * airS(12, 20)) / (5 * 20_000)).toBeLessThanOrEqual(0.02 * 1.01)
    expect((sent * airS(12, 20)) / (5 * 20_000)).toBeGreaterThan(0.018)
  })

  test('behavior: capture saves the stronger of two; ALOHA loses both', () => {
    const fleet = { devices: 100, dataRate: SF12, periodS: 60, lossDb: (i: number) => 90 + (i % 10) * 3 }
    const options = { ...oneChannel, demodulators: 64, durationS: 10_000 }
    const aloha = finish(simulateLorawan(aFleet(fleet, options)))
    const capture = finish(simulateLorawan(aFleet(fleet, { ...options, collisions: 'capture' })))
    expect(capture.deliveryRatio).toBeGreaterThan(aloha.deliveryRatio + 0.05)
    // the nearest lose less than the farthest
    expect(capture.perDevice[0]).toBeGreaterThan(capture.perDevice[9]!)
  })

  test('behavior: a second gateway within reach never makes delivery worse by much', () => {
    const one = aFleet(
      { devices: 600, periodS: 60, dataRate: SF12, lossDb: (i) => 120 + (i % 20) },
      { region: 'KR920' },
    )
    const two = aFleet(
      { devices: 600, periodS: 60, dataRate: SF12, gateways: 2, lossDb: (i, g) => 120 + ((g ? 7 * i : i) % 20) },
      { region: 'KR920' },
    )
    const [a, b] = [finish(simulateLorawan(one)), finish(simulateLorawan(two))]
    expect(b.deliveryRatio).toBeGreaterThan(a.deliveryRatio)
  })

  test('behavior: out of reach is too weak; a device without a gateway delivers nothing', () => {
    const { losses, delivered, sent, perDevice } = finish(
      simulateLorawan(aFleet({ devices: 4, periodS: 60, lossDb: (i) => (i < 2 ? undefined : 170) })),
    )
    expect(losses['too weak']).toBe(sent)
    expect(delivered).toBe(0)
    expect(perDevice[0]).toBe(0)
  })

  test('behavior: no devices are a result, not an error', () => {
    const result = finish(simulateLorawan(aFleet({ devices: 0 })))
    expect(result.sent).toBe(0)
    expect(result.deliveryRatio).toBeNaN()
    expect(result.saturations).toEqual([])
  })

  test('behavior: the same seed gives the same counts, another gives others; periodic devices keep their period', () => {
    const run = (more: object) => finish(simulateLorawan(aTownFleet(300, 2, { ...more })))
    expect(run({ seed: 4 })).toEqual(run({ seed: 4 }))
    expect(run({ seed: 4 }).perDevice).not.toEqual(run({ seed: 5 }).perDevice)
    const { sent } = run({ traffic: 'periodic', region: 'KR920' })
    expect(Math.abs(sent - 300 * 4)).toBeLessThanOrEqual(30)
  })

  test('error: NETWORK_INVALID where a packet stays longer on air than the region allows', () => {
    const input = aFleet({ devices: 1, dataRate: 0, payloadBytes: 30 }, { region: 'US915' })
    expect(() => finish(simulateLorawan(input))).toThrowError(
      expect.objectContaining({ code: 'NETWORK_INVALID', message: expect.stringContaining('0.4 s in US915') }),
    )
  })
})

describe('what saturates first', () => {
  test('default: soonest first, and reached when that many devices are there', () => {
    const input = aFleet({ devices: 100, dataRate: SF12, periodS: 900 }, { ...oneChannel, demodulators: 64 })
    const { saturations } = finish(simulateLorawan(input))
    expect(saturations[0]).toMatchObject({ limit: 'collisions', gateway: 'g0', spreadingFactor: 12 })
    const factors = saturations.map(({ factor }) => factor)
    expect(factors).toEqual([...factors].sort((a, b) => a - b))
    const grown = Math.round(100 * saturations[0]!.factor)
    const more = aFleet({ devices: grown, dataRate: SF12, periodS: 900 }, { ...oneChannel, demodulators: 64 })
    const { deliveryRatio } = finish(simulateLorawan({ ...more, durationS: 300_000 }))
    expect(deliveryRatio).toBeCloseTo(0.9, 1)
  })

  test('behavior: with few demodulators and many channels it is the demodulators; with a short period the duty cycle', () => {
    const of = (options: object, more: object) =>
      finish(simulateLorawan(aFleet({ devices: 60, ...options }, more))).saturations[0]!.limit
    expect(of({ dataRate: 3, periodS: 900 }, { region: 'US915', demodulators: 1 })).toBe('demodulators')
    expect(of({ devices: 2, dataRate: SF12, periodS: 100 }, {})).toBe('duty cycle')
  })
})

describe('adaptive data rate', () => {
  const eu = regionById.get('EU868')!
  test('default: a device at its limit keeps the slowest rate and full power', () => {
    expect(settleAdr(eu, -142)).toEqual({ dataRate: 0, powerIndex: 0 })
  })
  test('default: 15 dB of margin are kept, then 2.5 dB a rate, then 2 dB a power step', () => {
    // noise -117.03 dBm, SF12 floor -20 dB: -122.03 dBm leaves no margin beyond the 15 dB
    expect(settleAdr(eu, -122.1)).toEqual({ dataRate: 0, powerIndex: 0 })
    expect(settleAdr(eu, -119.4)).toEqual({ dataRate: 1, powerIndex: 0 })
    expect(settleAdr(eu, -109.4)).toEqual({ dataRate: 5, powerIndex: 0 })
    expect(settleAdr(eu, -105)).toEqual({ dataRate: 5, powerIndex: 2 })
    expect(settleAdr(eu, -60)).toEqual({ dataRate: 5, powerIndex: 7 })
  })
  test('behavior: a stronger signal never gives a slower rate or more power', () => {
    for (const region of REGIONS) {
      let before = { dataRate: 0, powerIndex: 0 }
      for (let dbm = -150; dbm < -40; dbm += 0.25) {
        const now = settleAdr(region, dbm)
        expect(now.dataRate).toBeGreaterThanOrEqual(before.dataRate)
        if (now.dataRate === before.dataRate) expect(now.powerIndex).toBeGreaterThanOrEqual(before.powerIndex)
        before = now
      }
    }
  })
  test('behavior: with the dwell time on, AU915 starts at DR2', () => {
    expect(settleAdr(regionById.get('AU915')!, -150).dataRate).toBe(2)
  })
})

describe('regions', () => {
  test.each(REGIONS)('default: $id: every channel lies in a sub-band, every rate within SF7 to SF12', (region) => {
    for (const hz of region.channelsHz) expect(subBandOf(region, hz)).toBeGreaterThanOrEqual(0)
    for (const { spreadingFactor } of region.dataRates) expect(spreadingFactor).toBeGreaterThanOrEqual(7)
    expect(region.maxAdrDataRate).toBeLessThan(region.dataRates.length)
    expect(region.source.length).toBeGreaterThan(10)
  })
  // RP002-1.0.4 as in The Things Stack, pkg/band/testdata
  test.each([
    ['EU868', 868_100_000, 0.01, 16.15],
    ['EU868', 869_525_000, 0.1, 29.15],
    ['EU868', 864_000_000, 0.001, 16.15],
    ['AS923', 923_200_000, 0.01, 16],
    ['IN865', 865_062_500, 1, 16.15],
    ['US915', 903_900_000, 1, 23.15],
    ['AU915', 916_800_000, 1, 30],
  ])('default: %s at %d Hz: duty cycle %d, %d dBm', (id, hz, dutyCycle, maxEirpDbm) => {
    const region = regionById.get(id)!
    const band = region.subBands[subBandOf(region, hz)]!
    expect(band.dutyCycle).toBe(dutyCycle)
    expect(band.maxEirpDbm).toBeCloseTo(maxEirpDbm, 9)
  })
  test('behavior: between its sub-bands EU868 allows nothing', () => {
    expect(subBandOf(regionById.get('EU868')!, 868_650_000)).toBe(-1)
    expect(subBandOf(regionById.get('EU868')!, 869_300_000)).toBe(-1)
  })
})

test('default: 125 kHz, 6 dB of noise, SF12 is -137 dBm (Semtech); 500 kHz costs 6 dB', () => {
  expect(sensitivityDbm(12, 125_000, 6)).toBeCloseTo(-137, 1)
  expect(gatewaySensitivityDbm(7, 125_000)).toBe(-130)
  expect(gatewaySensitivityDbm(12, 500_000)).toBeCloseTo(-142.5 + 6.02, 2)
})

test('behavior: the calendar reads in order of time and device, however it was filled', () => {
  const random = createRandom('calendar')
  const calendar = createCalendar(300, 100, 3000)
  const due: [number, number][] = []
  const add = (device: number, t: number) => {
    calendar.add(device, t)
    if (t < 100) due.push([t, device])
  }
  for (let i = 0; i < 300; i++) add(i, Math.floor(20 * random.next()) / 4)
  const read: [number, number][] = []
  for (let device = calendar.next(); device >= 0; device = calendar.next()) {
    const t = calendar.timeS[device]!
    read.push([t, device])
    add(device, t + Math.floor(8 * random.next()) / 4 + (random.next() < 0.1 ? 30 : 0))
    if (read.length > 20_000) break
  }
  for (let k = 1; k < read.length; k++) expect(read[k]![0]).toBeGreaterThanOrEqual(read[k - 1]![0])
  const key = ([t, d]: [number, number]) => `${t} ${d}`
  expect(read.map(key).sort()).toEqual(due.slice(0, read.length).map(key).sort())
})

test('behavior: ends come soonest first, equal ones in order of slot', () => {
  const random = createRandom('ends')
  const ends = createKeyHeap()
  const times = Array.from({ length: 500 }, () => Math.floor(50 * random.next()))
  for (const [slot, t] of times.entries()) ends.add(slot, t)
  const order = Array.from({ length: 500 }, () => ends.take())
  expect(order).toEqual([...times.keys()].sort((a, b) => times[a]! - times[b]! || a - b))
  expect(ends.size()).toBe(0)
})

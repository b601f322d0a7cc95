import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import type { Verdict } from '../../../../src/model/trust.ts'
import type { FrameReading } from '../../../../src/proofs/frame.ts'
import { verdictOf } from '../../../../src/proofs/judge.ts'
import type { FeederModel } from '../../../../src/proofs/plausibility/feederModel.ts'
import { neighbours } from '../../../../src/proofs/plausibility/neighbours.ts'
import { createSurroundings } from '../../../../src/proofs/plausibility/surroundings.ts'
import { verifyBundle } from '../../../../src/proofs/verifyBundle.ts'
import { crypto, p256 } from '../../../support/signers.ts'
import { createWorld, START_MS, type TestDevice, type World } from '../../../support/world.ts'

const reading = (metric: number, value: number): FrameReading[] => [{ dtMs: 0, metric, scale: 0, flags: 1, value }]
const check = (world: World, model: FeederModel | null = null) =>
  verifyBundle(world.bundle(), { crypto, p256 }, { model })
const verdicts = async (world: World, model: FeederModel | null = null): Promise<Verdict[]> =>
  (await check(world, model)).records.map(verdictOf)

/** Street sensors that all read at once. */
function street(celsius: readonly number[], place: (i: number) => number = () => 51.1): World {
  const world = createWorld()
  const devices = celsius.map((_, i) => world.add({ kind: 'air-quality', latDeg: place(i) }))
  world.anchor(devices.map((device, i) => device.frame(START_MS, { readings: reading(11, celsius[i]!) })))
  return world
}

describe('neighbours', () => {
  test('error: IMPLAUSIBLE far from what three neighbours agree on; they stay', async () => {
    const world = street([20, 21, 19, 45])
    expect(await verdicts(world)).toEqual(['OK', 'OK', 'OK', 'IMPLAUSIBLE'])
    const { records } = await check(world)
    expect(records[3]!.contradicted).toMatch(/45 °C is more than 15 °C from the 20 °C that 3 neighbours within 3000 m/)
  })
  test.each([
    ['within what a city can differ', street([20, 21, 19, 34])],
    ['with too few neighbours', street([20, 21, 45])],
    ['too far from the others', street([20, 21, 19, 45], (i) => (i === 3 ? 51.14 : 51.1))],
    ['alone', street([45])],
  ])('behavior: believed %s', async (_, world) => {
    expect(new Set(await verdicts(world))).toEqual(new Set(['OK']))
  })
  test('behavior: two that stand beyond the border of a cell are still neighbours', async () => {
    const step = 2500 / 111_320
    expect(await verdicts(street([20, 20, 20, 45], (i) => 51.1 + (i === 3 ? step : 0)))).toContain('IMPLAUSIBLE')
    expect(await verdicts(street([20, 20, 20, 45], (i) => 51.1 - (i === 3 ? step : 0)))).toContain('IMPLAUSIBLE')
  })
  test('error: a forged message shouts nobody down, and another kind is no neighbour', async () => {
    const world = createWorld()
    const honest = world.add({ kind: 'air-quality' })
    const others = [
      world.add({ kind: 'air-quality' }),
      world.add({ kind: 'air-quality' }),
      world.add({ kind: 'air-quality' }),
    ]
    const meters = [1, 2, 3].map(() => world.add())
    const forged = others.map((device) => {
      const bytes = device.frame(START_MS, { readings: reading(11, 50) })
      bytes[bytes.length - 1]! ^= 1
      return bytes
    })
    world.anchor([
      honest.frame(START_MS, { readings: reading(11, 20) }),
      ...forged,
      ...meters.map((device) => device.frame(START_MS, { readings: reading(11, 50) })),
    ])
    expect((await verdicts(world))[0]).toBe('OK')
  })
  test('behavior: an old value says nothing of now', async () => {
    const world = createWorld()
    const devices = [0, 1, 2, 3].map(() => world.add({ kind: 'air-quality' }))
    world.anchor(devices.slice(0, 3).map((device) => device.frame(START_MS, { readings: reading(11, 20) })))
    world.anchor([devices[3]!.frame(START_MS + 3_600_000, { readings: reading(11, 45) })])
    expect(new Set(await verdicts(world))).toEqual(new Set(['OK']))
  })
})

test('behavior: a value is doubted exactly when it is farther than 15 °C from the median of at least three (seeded)', () => {
  const doubted = (value: number, others: readonly number[]): boolean =>
    neighbours.judge(11, START_MS, value, { neighbours: () => others, feeder: () => null }) !== null
  const celsius = fc.oneof(fc.integer({ min: -40, max: 60 }), fc.double({ min: -40, max: 60, noNaN: true }))
  let yes = 0
  fc.assert(
    fc.property(celsius, fc.array(celsius, { maxLength: 9 }), (value, others) => {
      const sorted = others.toSorted((a, b) => a - b)
      const middle = sorted.length >> 1
      const median = sorted.length % 2 === 1 ? sorted[middle]! : (sorted[middle - 1]! + sorted[middle]!) / 2
      const expected = others.length >= 3 && Math.abs(value - median) > 15
      if (expected) yes++
      expect(doubted(value, others)).toBe(expected)
    }),
    { seed: 11, numRuns: 2000 },
  )
  expect(yes).toBeGreaterThan(500)
  expect(yes).toBeLessThan(1500)
})

const HOUR_S = 3600
function feederOf(devices: readonly TestDevice[], loadW: number, ratedVa: number): FeederModel {
  const feeder = { devices: devices.map(({ address }) => address), ratedVa, loadW: Array(24).fill(loadW) as number[] }
  return { title: 'a model', utcOffsetH: 5, stepS: HOUR_S, feeders: [feeder] }
}
function metered(...watts: readonly number[]) {
  const world = createWorld()
  const devices = watts.map(() => world.add())
  world.anchor(devices.map((device, i) => device.frame(START_MS, { readings: reading(1, watts[i]!) })))
  return { world, devices }
}

describe('power balance', () => {
  test('error: IMPLAUSIBLE when the meters report more than the feeder carries; the largest is doubted, the rest stays', async () => {
    const { world, devices } = metered(20_000, 900_000, 30_000, -5_000)
    const model = feederOf(devices, 150_000, 400_000)
    expect(await verdicts(world, model)).toEqual(['OK', 'IMPLAUSIBLE', 'OK', 'OK'])
    expect((await check(world, model)).records[1]!.contradicted).toMatch(
      /report 955000 W, but a model gives the feeder 150000 W, and it carries 800000 W at most/,
    )
  })
  test('error: IMPLAUSIBLE for feeding in what no feeder takes', async () => {
    const { world, devices } = metered(20_000, -450_000)
    expect(await verdicts(world, feederOf(devices, 10_000, 200_000))).toEqual(['OK', 'IMPLAUSIBLE'])
  })
  test('error: as many are doubted as it takes', async () => {
    const { world, devices } = metered(500_000, 450_000, 30_000)
    expect(await verdicts(world, feederOf(devices, 100_000, 200_000))).toEqual(['IMPLAUSIBLE', 'IMPLAUSIBLE', 'OK'])
  })
  test('behavior: believed without a model, off its feeders, and up to its limit', async () => {
    const { world, devices } = metered(20_000, 780_000)
    expect(new Set(await verdicts(world))).toEqual(new Set(['OK']))
    expect(new Set(await verdicts(world, feederOf(devices.slice(0, 1), 1, 1_000_000)))).toEqual(new Set(['OK']))
    expect(new Set(await verdicts(world, feederOf(devices, 150_000, 400_000)))).toEqual(new Set(['OK']))
    expect(new Set(await verdicts(world, feederOf(devices, 270_000, 100_000)))).toEqual(new Set(['OK']))
  })
  test('behavior: the modelled hour is the city’s own', async () => {
    const { world, devices } = metered(700_000)
    const hours = Array.from({ length: 24 }, (_, h) =>
      h === (new Date(START_MS).getUTCHours() + 5) % 24 ? 250_000 : 0,
    )
    const model = (utcOffsetH: number): FeederModel => {
      const { feeders, ...rest } = feederOf(devices, 0, 1000)
      return { ...rest, utcOffsetH, feeders: [{ ...feeders[0]!, loadW: hours }] }
    }
    expect(await verdicts(world, model(5))).toEqual(['OK'])
    expect(await verdicts(world, model(6))).toEqual(['IMPLAUSIBLE'])
  })
})

describe('createSurroundings', () => {
  test('behavior: the set of messages decides, not the order in which they came or went (seeded)', async () => {
    const world = street([20, 21, 19, 45, 52, 18])
    const { records, directory } = await check(world)
    const expected = records.map(({ contradicted }) => contradicted)
    fc.assert(
      fc.property(fc.shuffledSubarray([...records.keys()], { minLength: 6 }), fc.nat(5), (order, again) => {
        const surroundings = createSurroundings(directory)
        for (const i of order) surroundings.put(records[i]!)
        surroundings.remove(records[again]!)
        surroundings.put(records[again]!)
        surroundings.put(records[again]!)
        expect(records.map((record) => surroundings.judge(record))).toEqual(expected)
        for (const record of records) surroundings.remove(record)
        expect([...surroundings.all()]).toEqual([])
        expect(records.map((record) => surroundings.judge(record))).toEqual(records.map(() => null))
      }),
      { seed: 5, numRuns: 40 },
    )
  })
})

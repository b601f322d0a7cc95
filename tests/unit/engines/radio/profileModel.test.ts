import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { createRandom } from '../../../../src/base/random.ts'
import { terrainIrregularity } from '../../../../src/engines/radio/itm/irregularity.ts'
import { evenProfile, type PathProfile, profileLossOf } from '../../../../src/engines/radio/profileModel.ts'
import { profileModelById, profileModels } from '../../../../src/engines/radio/profileModels/index.ts'

const rowOf = (id: string): Record<string, number> => {
  const row = Object.fromEntries(
    Object.entries(profileModelById.get(id)!.columns).map(([key, { min, max, initial }]) => [
      key,
      initial ?? (min + max) / 2,
    ]),
  )
  const low = { h_tx__meter: 30, h_rx__meter: 10 }
  if (id === 'itm-p2p') return { ...row, climate: 5, pol: 1, mdvar: 12, epsilon: 15, sigma: 0.005, f__mhz: 868, ...low }
  return { ...row, h_tx_m: 30, h_rx_m: 10, f_mhz: 868 }
}
const hills = (n = 200, seed = 'hills'): PathProfile => {
  const random = createRandom(seed)
  return evenProfile(
    100,
    Float64Array.from({ length: n }, () => 200 + 40 * random.next()),
  )
}

test('default: ids are unique, and every model names its source', () => {
  expect(profileModelById.size).toBe(profileModels.length)
  for (const { source } of profileModels) expect(source.length).toBeGreaterThan(5)
})

describe.each(profileModels)('$id', (model) => {
  const row = rowOf(model.id)

  test('default: answers a finite loss above free space less fading, and the figures on the way', () => {
    const { lossDb, steps } = profileLossOf(model, row, hills())
    expect(lossDb).toBeGreaterThan(90)
    expect(lossDb).toBeLessThan(300)
    for (const figure of Object.values(steps!)) expect(Number.isFinite(figure)).toBe(true)
  })

  test('behavior: the same row and profile give the same bits', () => {
    expect(profileLossOf(model, row, hills())).toEqual(profileLossOf(model, row, hills()))
  })

  test('error: RADIO_OUT_OF_RANGE names each column that leaves the range or is missing', () => {
    for (const [key, { min, max, initial, flagged }] of Object.entries(model.columns)) {
      const [low, high] = flagged ?? [min, max]
      const { [key]: _, ...without } = row
      for (const bad of [{ [key]: low - 1 }, { [key]: high + 1 }, { [key]: NaN }]) {
        expect(() => profileLossOf(model, { ...row, ...bad }, hills())).toThrowError(
          expect.objectContaining({ code: 'RADIO_OUT_OF_RANGE', message: expect.stringContaining(key) }),
        )
      }
      if (initial !== undefined) continue
      expect(() => profileLossOf(model, without, hills())).toThrowError(/nothing/)
    }
  })

  const spoilt: readonly (readonly [title: string, spoil: (profile: PathProfile) => PathProfile])[] = [
    ['one point', () => evenProfile(100, new Float64Array(1))],
    ['a height that is no number', (p) => ({ ...p, heightM: p.heightM.map((z, i) => (i === 7 ? NaN : z)) })],
    ['a distance that falls', (p) => ({ ...p, distanceM: p.distanceM.map((d, i) => (i === 7 ? 0 : d)) })],
    ['a first distance that is not 0', (p) => ({ ...p, distanceM: p.distanceM.map((d) => d + 1) })],
    ['negative clutter', (p) => ({ ...p, clutterM: p.clutterM.map(() => -1) })],
    ['heights of another length', (p) => ({ ...p, heightM: p.heightM.subarray(1) })],
    ['no end', (p) => ({ ...p, distanceM: p.distanceM.map((d, i) => (i === 199 ? Infinity : d)) })],
  ]
  test.each(spoilt)('error: RADIO_OUT_OF_RANGE for a profile with %s', (_, spoil) => {
    expect(() => profileLossOf(model, row, spoil(hills()))).toThrowError(
      expect.objectContaining({ code: 'RADIO_OUT_OF_RANGE', message: expect.stringContaining(model.id) }),
    )
  })
})

test('behavior: a single ridge costs Deygout its knife edge, and more with the correction of the method', () => {
  const ridge = evenProfile(500, Float64Array.of(0, 0, 60, 0, 0))
  const row = { f_mhz: 868, h_tx_m: 20, h_rx_m: 20 }
  const { steps } = profileLossOf(profileModelById.get('deygout')!, row, ridge)
  expect(steps!.nuMain).toBeGreaterThan(0)
  expect(steps!.nuLeft).toBeLessThan(-0.78)
  // J + T (10 + 0.04 D) with nothing on either side
  const j = 6.9 + 20 * Math.log10(Math.sqrt((steps!.nuMain! - 0.1) ** 2 + 1) + steps!.nuMain! - 0.1)
  expect(steps!.diffractionDb).toBeCloseTo(j + (1 - Math.exp(-j / 6)) * (10 + 0.04 * 2), 9)
})

test('behavior: a second ridge never makes the Deygout loss less', () => {
  fc.assert(
    fc.property(fc.integer({ min: 1, max: 9 }), fc.double({ min: 0, max: 200, noNaN: true }), (at, heightM) => {
      const model = profileModelById.get('deygout')!
      const row = { f_mhz: 868, h_tx_m: 20, h_rx_m: 20 }
      const one = new Float64Array(21)
      one[10] = 80
      const two = Float64Array.from(one)
      two[at] = Math.min(heightM, 4 * at)
      const db = (z: Float64Array) => profileLossOf(model, row, evenProfile(200, z)).steps!.diffractionDb!
      expect(db(two)).toBeGreaterThanOrEqual(db(one) - 1e-9)
    }),
    { seed: 5 },
  )
})

test.each(['p1812', 'itm-p2p'])('behavior: %s loses more over a ridge than over the same hills without it', (id) => {
  const plain = hills(120)
  const ridge = { ...plain, heightM: plain.heightM.map((z, i) => (i === 60 ? z + 300 : z)) }
  const model = profileModelById.get(id)!
  expect(profileLossOf(model, rowOf(id), ridge).lossDb).toBeGreaterThan(
    profileLossOf(model, rowOf(id), plain).lossDb + 3,
  )
})

test.each([
  ['too few points', hills(4), {}],
  ['a path shorter than 250 m', evenProfile(20, new Float64Array(6)), {}],
  ['a zone that does not exist', { ...hills(), zone: new Uint8Array(200).fill(2) }, {}],
  ['places without their spread', hills(), { pl: 90 }],
])('error: RADIO_OUT_OF_RANGE when p1812 is given %s', (_, profile, more) => {
  expect(() => profileLossOf(profileModelById.get('p1812')!, { ...rowOf('p1812'), ...more }, profile)).toThrowError(
    expect.objectContaining({ code: 'RADIO_OUT_OF_RANGE' }),
  )
})

test('behavior: p1812 over the sea takes the sea’s ground, and no spread of places', () => {
  const sea = { ...hills(), heightM: new Float64Array(200), zone: new Uint8Array(200).fill(1) }
  const model = profileModelById.get('p1812')!
  const row = { ...rowOf('p1812'), sigma_l_db: 6 }
  const median = profileLossOf(model, row, sea)
  expect(median.steps!.w).toBe(1)
  expect(median.steps!.dtm).toBe(0)
  expect(profileLossOf(model, { ...row, pl: 95 }, sea).lossDb).toBe(median.lossDb)
  expect(profileLossOf(model, { ...row, pl: 95 }, hills()).lossDb).toBeGreaterThan(
    profileLossOf(model, row, hills()).lossDb,
  )
})

test('behavior: irregularity is the interdecile range about the fitted line, found by sorting', () => {
  fc.assert(
    fc.property(fc.integer({ min: 5, max: 600 }), fc.string(), (intervals, seed) => {
      const random = createRandom(seed)
      const height = Float64Array.from({ length: intervals + 1 }, () => Math.floor(20 * random.next()))
      const got = terrainIrregularity(height, intervals, 1, 0, intervals)
      expect(got * (1 - 0.8 * Math.exp(-intervals / 50_000))).toBeCloseTo(bySorting(height, intervals), 9)
    }),
    { seed: 7 },
  )
})

/** The same by the definition, sample by sample. */
function bySorting(height: Float64Array, intervals: number): number {
  const tenth = Math.min(Math.max(4, Math.trunc(0.1 * (intervals + 8))), 25)
  const n = 10 * tenth - 5
  const sample = Array.from({ length: n }, (_, j) => {
    const x = (j * intervals) / (n - 1)
    const i = Math.min(Math.floor(x), intervals - 1)
    return height[i]! + (height[i + 1]! - height[i]!) * (x - i)
  })
  // the line: half weight at both ends, as the model fits it
  const half = -(n - 1) / 2
  const weight = (j: number) => (j === 0 || j === n - 1 ? 0.5 : 1)
  const mean = sample.reduce((sum, z, j) => sum + weight(j) * z, 0) / (n - 1)
  const moment = sample.reduce((sum, z, j) => sum + weight(j) * z * (half + j), 0)
  const slope = (12 * moment) / (((n - 1) ** 2 + 2) * (n - 1))
  const rest = sample.map((z, j) => z - mean - slope * (half + j)).sort((a, b) => b - a)
  return rest[tenth - 1]! - rest[n - tenth]!
}

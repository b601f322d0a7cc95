import { gzipSync } from 'node:zlib'
import { afterAll, describe, expect, test } from 'vitest'
import { encodeCity } from '../../../src/formats/cityFile/encodeCity.ts'
import { sha256Hex } from '../../../src/model/hash.ts'
import { emptyScenario } from '../../../src/model/scenario.ts'
import { writeScenarioFile } from '../../../src/model/scenarioFile.ts'
import { documentOf, scratch, veracity } from '../../support/commandLine.ts'
import { aProvenance } from '../../support/scenarios.ts'
import { aTown } from '../../support/town.ts'

const files = scratch()
afterAll(() => files.remove())

const bytes = encodeCity(aTown({ blocks: 6 }))
const cityPath = files.write('town.vcity.gz', gzipSync(bytes))
const scenarioPath = files.write(
  'plan.json',
  writeScenarioFile(emptyScenario({ city: 'town', sha256: sha256Hex(bytes) }, 'Nothing yet'), aProvenance()),
)
const grid = (study: string, ...more: string[]) => veracity('grid', study, scenarioPath, '--city', cityPath, ...more)

interface Day {
  readonly converged: boolean
  readonly steps: number
  readonly series: Record<string, number[]>
  readonly worst: { readonly branches: { loading: number; type: string }[]; readonly buses: { vPu: number }[] }
  readonly resultHash: string
}

interface Hosting {
  readonly rows: {
    station: number
    customers: number
    units: { p10: number; p50: number; p90: number; decidedBy: string }
    sentence: string
  }[]
  readonly resultHash: string
}

describe('grid day', () => {
  test('default: the series of a day, the worst of it, and a hash that comes again', async () => {
    const answer = await grid('day', '--json', '--worst', '3')
    expect(answer.code).toBe(0)
    const day = documentOf<Day>(answer)
    expect(day).toMatchObject({ converged: true, steps: 96, stepS: 900, tag: 'modelled' })
    const { loadW, sourceW, lossW, generationW } = day.series as Record<
      'loadW' | 'sourceW' | 'lossW' | 'generationW',
      number[]
    >
    loadW.forEach((load, t) => {
      expect(Math.abs(sourceW[t]! + generationW[t]! - load - lossW[t]!)).toBeLessThan(1e-6)
      expect(lossW[t]).toBeGreaterThan(0)
    })
    expect(day.worst.branches).toHaveLength(3)
    expect(day.worst.branches[0]!.loading).toBeGreaterThanOrEqual(day.worst.branches[1]!.loading)
    expect(day.worst.branches[0]!.type.length).toBeGreaterThan(0)
    expect(documentOf<Day>(await grid('day', '--json')).resultHash).toBe(day.resultHash)
  })
  test('default: without --json three lines', async () => {
    const { out, code } = await grid('day')
    expect(code).toBe(0)
    expect(out).toMatch(/^Peak [\d.]+ MW at \d\d:\d\d;.*\nHighest loading .*\nLowest voltage /)
  })
})

describe('grid hosting', () => {
  test('default: rows with bands, what decides, and a planner’s sentence each', async () => {
    const { rows, resultHash } = documentOf<Hosting>(
      await grid('hosting', '--json', '--draws', '10', '--stations', '3'),
    )
    expect(rows).toHaveLength(3)
    for (const { station, customers, units, sentence } of rows) {
      expect(customers).toBeGreaterThan(0)
      expect(units.p10).toBeLessThanOrEqual(units.p90)
      expect(sentence).toContain(`Station ${station} `)
      expect(sentence).toMatch(/P10–P90 \d+–\d+ over 10 draws .*; decided by (the assumed|the statutory)/)
      expect(sentence).toContain(units.decidedBy)
    }
    expect(rows[0]!.units.p50).toBeLessThanOrEqual(rows[2]!.units.p50)
    expect(documentOf<Hosting>(await grid('hosting', '--json', '--draws', '10', '--stations', '3')).resultHash).toBe(
      resultHash,
    )
  })
  test('args: a stronger charger leaves room for fewer', async () => {
    const first = async (...more: string[]) =>
      documentOf<Hosting>(await grid('hosting', '--json', '--draws', '5', '--stations', '1', ...more)).rows[0]!
    expect((await first('--kw', '50')).units.p50).toBeLessThan((await first()).units.p50)
  })
  test.each([
    ['no scenario', ['grid', 'hosting'], /expected one: a scenario file/],
    ['a share above 1', ['grid', 'hosting', scenarioPath, '--coincidence', '2'], /--coincidence is "2"/],
    ['a file that is none', ['grid', 'day', 'nowhere.json'], /cannot be read/],
  ])('error: %s: exit 2 and one clear line', async (_, argv, line) => {
    const { code, err } = await veracity(...argv)
    expect(code).toBe(2)
    expect(err).toMatch(line)
  })
})

import { gzipSync } from 'node:zlib'
import { afterAll, describe, expect, test } from 'vitest'
import { encodeCity } from '../../../src/formats/cityFile/encodeCity.ts'
import type { Asset } from '../../../src/model/asset.ts'
import { sha256Hex } from '../../../src/model/hash.ts'
import { type Edit, emptyScenario } from '../../../src/model/scenario.ts'
import { writeScenarioFile } from '../../../src/model/scenarioFile.ts'
import { documentOf, scratch, veracity } from '../../support/commandLine.ts'
import { aProvenance } from '../../support/scenarios.ts'
import { tinyCity } from '../../support/tinyCity.ts'

const files = scratch()
afterAll(() => files.remove())

const bytes = encodeCity({
  ...tinyCity([{ x: -10, y: -10, w: 20, h: 20, heightM: 27 }]),
  meta: { ...tinyCity([]).meta, id: 'astana' },
})
const cityPath = files.write('tiny.vcity.gz', gzipSync(bytes))
const assets: Asset[] = [
  { id: 'g', kind: 'lorawan-gateway', latDeg: 51.13, lonDeg: 71.43, network: 'helium-iot', params: {} },
  { id: 'f', kind: 'storage-rack', latDeg: 51.13, lonDeg: 71.44, network: 'filecoin', params: { rawTib: 64 } },
]
const scenario = {
  ...emptyScenario({ city: 'astana', sha256: sha256Hex(bytes) }, 'Two things'),
  edits: assets.map((after): Edit => ({ kind: 'asset', id: after.id, before: null, after })),
}
const scenarioPath = files.write('plan.json', writeScenarioFile(scenario, aProvenance()))
const run = (...more: string[]) =>
  veracity('run', scenarioPath, '--city', cityPath, '--draws', '300', '--json', ...more)

interface Report {
  readonly resultHash: string
  readonly assets: readonly {
    assetId: string
    era: string
    kpis: {
      id: string
      quantity: { value: number | null; unit: string; band?: { p10: number; p50: number; p90: number } }
    }[]
  }[]
  readonly provenance: Record<string, unknown>
  readonly findings: readonly { code: string }[]
  readonly disclaimers: readonly string[]
}

describe('run', () => {
  test('default: figures with P10, P50 and P90, provenance, hash and disclaimers', async () => {
    const answer = await run('--seed', '5')
    expect(answer.code).toBe(0)
    const report = documentOf<Report>(answer)
    expect(report.assets.map(({ assetId }) => assetId)).toEqual(['f', 'g'])
    const net = report.assets[0]!.kpis.find(({ id }) => id === 'net')!.quantity
    expect(net.unit).toBe('USD/month')
    expect(net.band!.p10).toBeLessThan(net.band!.p90)
    expect(report.provenance).toMatchObject({ engine: 'plan', seed: 5, dataHashes: { city: sha256Hex(bytes) } })
    expect(report.resultHash).toMatch(/^[0-9a-f]{64}$/)
    expect(report.findings).toEqual([])
    expect(report.disclaimers[0]).toMatch(/^Not investment advice/)
  })
  test('behavior: the same seed gives the same hash, another does not', async () => {
    const hash = async (seed: string) => documentOf<Report>(await run('--seed', seed)).resultHash
    expect(await hash('5')).toBe(await hash('5'))
    expect(await hash('5')).not.toBe(await hash('6'))
  })
  test('behavior: another rule set changes what is earned and is named', async () => {
    const report = documentOf<Report>(await run('--era', 'helium-iot@poc'))
    expect(report.assets[1]!.era).toBe('helium-iot@poc')
  })
  test('behavior: another city file than the scenario’s is told as a finding', async () => {
    const other = files.write(
      'other.json',
      writeScenarioFile({ ...scenario, base: { city: 'astana', sha256: 'f'.repeat(64) } }, aProvenance()),
    )
    const answer = await veracity('run', other, '--city', cityPath, '--draws', '50', '--json')
    expect(documentOf<Report>(answer).findings[0]!.code).toBe('CITY_DIFFERS')
    expect(answer.err).toContain('not the one')
  })
  test('default: as text, every figure has its unit and tag, and the reason why it does not pay', async () => {
    const { out, code } = await veracity('run', scenarioPath, '--city', cityPath, '--draws', '50')
    expect(code).toBe(0)
    expect(out).toMatch(/Earned a month: .* USD\/month .*\[modelled\]/)
    expect(out).toContain('It would within')
    expect(out).toContain('Not investment advice')
  })
  test.each([
    ['no scenario', ['run']],
    ['two scenarios', ['run', 'a', 'b']],
    ['a file that is not there', ['run', '/nonexistent.json']],
    ['a city as scenario', ['run', cityPath]],
    ['no threads', ['run', scenarioPath, '--workers', '0']],
    ['a seed in words', ['run', scenarioPath, '--seed', 'lucky']],
    ['a date that is none', ['run', scenarioPath, '--start', '2026-13-45']],
    ['an era that nobody has', ['run', scenarioPath, '--era', 'x']],
    ['a city file that is not there', ['run', scenarioPath, '--city', '/nonexistent']],
    ['a scenario as city', ['run', scenarioPath, '--city', scenarioPath]],
  ])('error: %s is 2 and one line on stderr', async (_, argv) => {
    const { code, err, out } = await veracity(...argv)
    expect(code).toBe(2)
    expect(err.split('\n').length).toBe(1)
    expect(out).toBe('')
  })
})

import { afterAll, describe, expect, test } from 'vitest'
import { networks } from '../../../src/networks/index.ts'
import { documentOf, scratch, veracity } from '../../support/commandLine.ts'

const files = scratch()
afterAll(() => files.remove())

interface Report {
  readonly era: string
  readonly status: string
  readonly resultHash: string
  readonly result: {
    readonly draws: number
    readonly npvUsd: { p10: number; p50: number; p90: number }
    readonly irr: { kind: string }
    readonly levelised: { unit: string; usd: { p50: number } } | null
  }
  readonly sensitivity: readonly { driver: string; total: { value: number } }[] | null
  readonly facts: readonly { title: string; source: string; grade: string }[]
}
const base = { format: 'veracity-economy', version: 1, network: 'filecoin', kind: 'storage-rack' }
let written = 0
const spec = (more: object = {}): string => files.write(`spec${++written}.json`, JSON.stringify({ ...base, ...more }))
const run = async (what: string, ...more: string[]): Promise<Report> =>
  documentOf<Report>(await veracity('economy', 'run', what, '--draws', '300', '--json', ...more))

describe('economy run', () => {
  test.each(networks.map(({ id }) => id))('default: %s by its id, with ordered bands, facts and a hash', async (id) => {
    const { result, facts, resultHash, status } = await run(id)
    const { p10, p50, p90 } = result.npvUsd
    expect(p10).toBeLessThanOrEqual(p50)
    expect(p50).toBeLessThanOrEqual(p90)
    expect(result.draws).toBe(300)
    expect(status).toBe('active')
    expect(facts.length).toBeGreaterThan(5)
    expect(resultHash).toMatch(/^[0-9a-f]{64}$/)
  })
  test('default: the same seed gives the same hash, another seed another', async () => {
    const path = spec()
    const [a, b, c] = [await run(path), await run(path), await run(path, '--seed', '2')]
    expect(b.resultHash).toBe(a.resultHash)
    expect(c.resultHash).not.toBe(a.resultHash)
  })
  test('behavior: dearer energy leaves less, another rate gives another value, and work has a unit', async () => {
    const plain = (await run(spec())).result.npvUsd.p50
    expect((await run(spec({ energyPriceUsd: 0.3 }))).result.npvUsd.p50).toBeLessThan(plain)
    expect((await run(spec({ discountRate: 0.01 }))).result.npvUsd.p50).not.toBe(plain)
    expect((await run(spec({ params: { rawTib: 64 } }))).result.levelised!.unit).toBe('TiB·month')
  })
  test('behavior: each way a price can move is drawn, and they differ', async () => {
    const hashes = new Set<string>()
    for (const price of [
      { kind: 'ou', volatilityPerYear: 1, reversionPerYear: 3 },
      { kind: 'gbm', volatilityPerYear: 1, driftPerYear: 0 },
      { kind: 'bootstrap', logReturns: [0.3, -0.2, 0.1, -0.4], blockMonths: 2 },
    ])
      hashes.add((await run(spec({ price }))).resultHash)
    expect(hashes.size).toBe(3)
  })
  test('behavior: a changed fact carries its reason, and a what-if says that it is one', async () => {
    const changes = [{ driver: 'uptime', value: 0.99, p10: 0.97, p90: 0.995, reason: 'own measurements' }]
    const { facts } = await run(spec({ changes }))
    expect(facts.find(({ source }) => source === 'changed: own measurements')!.grade).toBe('assumption')
    const lost = await run(spec({ network: 'render', kind: 'gpu-rack', era: 'render@rnp020' }))
    expect([lost.era, lost.status]).toEqual(['render@rnp020', 'closed'])
  })
  test('behavior: sensitivity names the drivers that decide, widest first', async () => {
    const { sensitivity } = await run(spec(), '--sensitivity')
    const totals = sensitivity!.map(({ total }) => total.value)
    expect(totals.length).toBeGreaterThan(4)
    expect(totals).toEqual([...totals].sort((a, b) => b - a))
  })
  test('default: as text it says what it rests on', async () => {
    const { out, code } = await veracity('economy', 'run', 'helium-mobile', '--draws', '100')
    expect(code).toBe(0)
    expect(out).toContain('helium-mobile@hip149 (active)')
    expect(out).toContain('P10')
    expect(out).toContain('Not investment advice')
  })

  test.each([
    ['another format', { format: 'veracity-scenario' }, /format is "veracity-scenario"/],
    ['a version to come', { version: 2 }, /version is 2, expected/],
    ['a kind that does not exist', { kind: 'windmill' }, /kind is "windmill", expected one of/],
    ['a member nobody knows', { windmill: 1 }, /no member "windmill"/],
    ['a parameter of another kind', { params: { gpus: 3 } }, /params.gpus is no parameter of storage-rack/],
    ['a parameter out of range', { params: { rawTib: 1e9 } }, /params.rawTib is 1000000000, expected 32 to 10240/],
    ['a rate that eats everything', { discountRate: -1 }, /discountRate is -1/],
    ['a day that is none', { startsOn: '2026-13-45' }, /startsOn is 2026-13-45/],
    ['a network that does not exist', { network: 'nonesuch' }, /no known network/],
    ['a kind its network does not pay', { network: 'near' }, /pays nothing for a Storage rack/],
    ['an era that does not exist', { era: 'filecoin@x' }, /has no rule set "filecoin@x"/],
    [
      'a driver that does not exist',
      { changes: [{ driver: 'x', value: 1, p10: 0, p90: 2, reason: 'why' }] },
      /"x" is no driver or cost here/,
    ],
    [
      'quantiles out of order',
      { changes: [{ driver: 'uptime', value: 1, p10: 2, p90: 0, reason: 'why' }] },
      /expected p10 ≤ value ≤ p90/,
    ],
    ['no reason', { changes: [{ driver: 'uptime', value: 1, p10: 0, p90: 2, reason: '' }] }, /changes.0.reason/],
    [
      'a correlation beyond one',
      { correlations: [{ a: 'uptime', b: 'token-price', rho: 2 }] },
      /correlations.0.rho is 2/,
    ],
    ['a correlation of nothing', { correlations: [{ a: 'uptime', b: 'x', rho: 0.5 }] }, /No numbers go together/],
    ['a price that moves in no known way', { price: { kind: 'moon' } }, /price/],
    ['a share beyond one', { site: { curtailedShare: 2 } }, /site.curtailedShare is 2/],
  ])('error: %s is 2 and one line', async (_, more, says) => {
    const path = files.write('bad.json', JSON.stringify({ ...base, ...more }))
    const { code, err } = await veracity('economy', 'run', path, '--draws', '10', '--json')
    expect(code).toBe(2)
    expect(err.split('\n').length).toBe(1)
    expect(err).toMatch(says)
  })
  test.each([
    ['no spec', ['economy', 'run']],
    ['two specs', ['economy', 'run', 'near', 'near']],
    ['neither file nor network', ['economy', 'run', 'nonesuch']],
    ['a name every object has', ['economy', 'run', 'constructor']],
    ['no draws', ['economy', 'run', 'near', '--draws', '0']],
    ['half a seed', ['economy', 'run', 'near', '--seed', '0.5']],
    ['no workers', ['economy', 'run', 'near', '--workers', '0']],
  ])('error: %s is 2 and one line', async (_, argv) => {
    const { code, err } = await veracity(...argv)
    expect(code).toBe(2)
    expect(err.split('\n').length).toBe(1)
  })
  test('error: text that is no JSON is 2 and one line', async () => {
    const { code, err } = await veracity('economy', 'run', files.write('no.json', '{"format":'))
    expect(code).toBe(2)
    expect(err).toMatch(/it is no JSON/)
  })
})

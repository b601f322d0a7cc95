import { afterEach, expect, test } from 'vitest'
import type { NodeRequest } from '../../../src/plan/plannedNode.ts'
import { createEconApi } from '../../../workers/econ.api.ts'
import { createEconomist, type Economist } from '../../../workers/econ.client.ts'
import { messageLine } from '../../support/messageLine.ts'

let economist: Economist
afterEach(() => economist.dispose())
const connect = () => {
  economist = createEconomist(messageLine(createEconApi()))
  return economist
}
const request = (id: string, more: object = {}): NodeRequest => ({
  asset: { id, kind: 'gpu-rack', latDeg: 51, lonDeg: 71, network: 'render', params: {}, ...more },
  site: { startDay: 20788, peopleReached: 0, coveredKm2: 0, curtailedShare: 0, pvKwhPerKwp: 1300, drawnKwhPerDay: 0 },
  energyPriceUsd: 0.05,
  tokenPriceScale: 1,
})
const run = (requests: readonly NodeRequest[], draws = 500) => ({ requests, draws, seed: 1, discountRate: 0.1 })

test('default: results come back in order, with report, terms and rising progress', async () => {
  const seen: number[] = []
  const answers = await connect().evaluate(run([request('a'), request('b', { params: { gpus: 2 } })]), {
    onProgress: (f) => seen.push(f),
  })
  expect(answers.map(({ assetId }) => assetId)).toEqual(['a', 'b'])
  expect(answers[0]!.result.outlayUsd.p50).toBeGreaterThan(answers[1]!.result.outlayUsd.p50)
  expect(answers[0]!.report.kpis.map(({ id }) => id)).toContain('net')
  expect(answers[0]!.report.facts.length).toBeGreaterThan(5)
  expect(answers[0]!.terms[0]).toMatchObject({ title: 'GPUs', value: 8, unit: '' })
  expect(seen).toEqual([...seen].sort((x, y) => x - y))
})

test('behavior: the same request gives the same answer', async () => {
  connect()
  expect(await economist.evaluate(run([request('a')]))).toEqual(await economist.evaluate(run([request('a')])))
})

test('behavior: abort rejects, and the worker takes the next job', async () => {
  connect()
  const stop = new AbortController()
  const job = economist.evaluate(run([request('a')], 1_000_000), {
    signal: stop.signal,
    onProgress: () => stop.abort(),
  })
  await expect(job).rejects.toMatchObject({ code: 'JOB_CANCELLED' })
  expect((await economist.evaluate(run([]))).length).toBe(0)
})

test('error: NETWORK_RULES keeps its details over the line, WORKER_DIED when it closes', async () => {
  await expect(connect().evaluate(run([request('a', { network: 'nonesuch' })]))).rejects.toMatchObject({
    code: 'NETWORK_RULES',
    details: { asset: 'a', network: 'nonesuch' },
  })
  const open = economist.evaluate(run([request('a')], 1_000_000))
  economist.dispose()
  await expect(open).rejects.toMatchObject({ code: 'WORKER_DIED' })
})

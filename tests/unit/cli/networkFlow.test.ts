import { afterAll, describe, expect, test } from 'vitest'
import type { BackhaulResult } from '../../../src/engines/backhaul/study.ts'
import { documentOf, scratch, veracity } from '../../support/commandLine.ts'

const files = scratch()
afterAll(() => files.remove())

const net = {
  format: 'veracity-backhaul',
  version: 1,
  links: [
    { id: 'up', from: 'gw', to: 'pop', capacityMbps: 10, delayMs: 2 },
    { id: 'core', from: 'pop', to: 'net', capacityMbps: 1000 },
  ],
  flows: [{ id: 'f', from: 'gw', to: 'net', demandMbps: [2, 5] }],
  trunks: [{ id: 'calls', offeredErlang: 5, circuits: 1 }],
}
const run = (document: unknown, ...more: string[]) =>
  veracity('network', 'flow', files.write('net.json', JSON.stringify(document)), ...more)

describe('network flow', () => {
  test('default: rates, utilisation, delay percentiles, failures and trunks as one document', async () => {
    const answer = await run(net, '--json')
    expect(answer.code).toBe(0)
    const document = documentOf<BackhaulResult & { sentence: string }>(answer)
    expect(document.flows[0]).toMatchObject({ id: 'f', rateBps: 5e6, bottleneck: '', hops: 2 })
    expect(document.links[0]).toMatchObject({ id: 'up', utilisation: 0.5, peakHour: 1 })
    expect(document.trunks[0]!.blocked).toBeCloseTo(0.8333333, 7)
    expect(document.violations).toEqual([])
    expect(document.sentence).toContain('up saturates first')
  })
  test('behavior: demand that is not carried ends with 1, and a delay without end is null', async () => {
    const flows = [{ id: 'f', from: 'gw', to: 'net', demandMbps: 20 }]
    const answer = await run({ ...net, flows }, '--json')
    expect(answer.code).toBe(1)
    expect(documentOf<BackhaulResult>(answer).flows[0]).toMatchObject({
      rateBps: 10e6,
      bottleneck: 'up',
      delayP99S: null,
    })
  })
  test('default: without --json a sentence, then a line for each flow, link and trunk', async () => {
    const { out } = await run(net)
    expect(out.split('\n').length).toBe(5)
    expect(out).toMatch(/flow f: 5\.000 Mbit\/s of 5\.000 Mbit\/s; P50 .* ms/)
  })
  test.each([
    ['another format', { ...net, format: 'else' }, /format/],
    ['a link without a capacity', { ...net, links: [{ id: 'x', from: 'a', to: 'b' }] }, /links\.0\.capacityMbps/],
    ['a flow to nowhere', { ...net, flows: [{ id: 'f', from: 'gw', to: 'moon', demandMbps: 1 }] }, /the node "moon"/],
    ['no demand', { ...net, flows: [{ id: 'f', from: 'gw', to: 'net', demandMbps: [] }] }, /demandMbps/],
    ['a member it does not know', { ...net, colour: 1 }, /colour/],
    ['no link', { ...net, links: [], flows: [] }, /no link/],
  ])('error: %s is one line and 2', async (_, document, words) => {
    const { code, err, out } = await run(document)
    expect(code).toBe(2)
    expect(err).toMatch(words)
    expect(err.split('\n').length).toBe(1)
    expect(out).toBe('')
  })
})

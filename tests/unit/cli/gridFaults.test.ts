import { afterAll, describe, expect, test } from 'vitest'
import { documentOf, scratch, veracity } from '../../support/commandLine.ts'
import { A_DSS_SCRIPT } from '../../support/dssScript.ts'
import { aPandapowerNet } from '../../support/pandapowerNet.ts'
import { aPgmInput } from '../../support/pgmInput.ts'

const files = scratch()
afterAll(() => files.remove())
const pgm = files.write('a.json', JSON.stringify(aPgmInput()))
const net = files.write('net.json', JSON.stringify(aPandapowerNet()))
const dss = files.write('a.dss', A_DSS_SCRIPT)

describe('grid faults', () => {
  test('default: currents at every node under the ids of the file', async () => {
    const answer = await veracity('grid', 'faults', pgm, '--json')
    expect(answer.code).toBe(0)
    const { nodes } = documentOf<{ nodes: { id: number; threePhaseA: number; peakA: number; leastA: number }[] }>(
      answer,
    )
    expect(nodes.map(({ id }) => id)).toEqual([1, 2, 3])
    expect(nodes[0]!.threePhaseA).toBeCloseTo((1.1 * 1e10) / (Math.sqrt(3) * 10_000), 3)
    for (const { threePhaseA, peakA, leastA } of nodes) {
      expect(peakA).toBeGreaterThan(threePhaseA)
      expect(leastA).toBeLessThan(threePhaseA)
    }
    expect((await veracity('grid', 'faults', pgm)).out.split('\n')[2]).toMatch(/^node 3: I"k3 [\d.]+ kA, peak/)
  })
  test('error: a source of endless power, a file with phases: exit 2, named', async () => {
    expect(await veracity('grid', 'faults', net)).toMatchObject({
      code: 2,
      err: expect.stringMatching(/ext_grid 0: its short-circuit power is endless/),
    })
    expect(await veracity('grid', 'faults', dss)).toMatchObject({
      code: 2,
      err: expect.stringMatching(/tells phases apart/),
    })
  })
})

describe('grid outages', () => {
  test('default: on a radial grid every outage loses load: exit 1, a row each', async () => {
    const answer = await veracity('grid', 'outages', net, '--json')
    expect(answer.code).toBe(1)
    const { secure, outages } = documentOf<{ secure: boolean; outages: { id: string; lostW: number }[] }>(answer)
    expect(secure).toBe(false)
    expect(outages).toEqual([
      expect.objectContaining({ id: 'line 3', lostW: 150_000 }),
      expect.objectContaining({ id: 'trafo 0', lostW: 150_000 }),
    ])
    expect((await veracity('grid', 'outages', net)).out).toMatch(
      /without line 3: 150\.0 kW lost.*\n.*\n0 of 2 outages pass/,
    )
  })
  test('args: --band is checked', async () => {
    expect(await veracity('grid', 'outages', net, '--band', '7')).toMatchObject({
      code: 2,
      err: expect.stringMatching(/--band is "7"/),
    })
  })
})

describe('grid estimate', () => {
  const reading = (device: string, value: number, more: Record<string, unknown> = {}) => ({
    device,
    quantity: 'voltage',
    node: 9,
    value,
    sigma: 0.002,
    proof: 4,
    ...more,
  })
  const estimate = (readings: unknown, ...more: string[]) =>
    veracity('grid', 'estimate', net, '--readings', files.write('readings.json', JSON.stringify(readings)), ...more)
  test('default: honest readings: exit 0; a liar among three is named: exit 1', async () => {
    const honest = await estimate(
      [reading('a', 0.965), reading('b', 0.966), reading('c', 0.9655, { node: 10 })],
      '--json',
    )
    expect(honest.code).toBe(0)
    expect(documentOf<{ converged: boolean; suspects: string[] }>(honest)).toMatchObject({
      converged: true,
      suspects: [],
    })
    const lying = await estimate([reading('a', 0.965), reading('b', 0.93), reading('c', 0.9655, { node: 10 })])
    expect(lying).toMatchObject({ code: 1, out: expect.stringMatching(/^2 of 3 readings used; .*\nb: contradicted/) })
  })
  test.each([
    ['no readings', undefined, /--readings is missing/],
    ['a level that is none', [reading('a', 1, { proof: 9 })], /0\.proof/],
    ['no place', [reading('a', 1, { node: undefined })], /expected a node or a branch/],
    ['an unknown node', [reading('a', 1, { node: 77 })], /reading of a: node is 77/],
  ])('error: %s: exit 2 and one clear line', async (_, readings, line) => {
    const answer = readings === undefined ? await veracity('grid', 'estimate', net) : await estimate(readings)
    expect(answer).toMatchObject({ code: 2, err: expect.stringMatching(line) })
  })
})

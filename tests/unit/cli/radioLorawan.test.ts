import { gzipSync } from 'node:zlib'
import { afterAll, describe, expect, test } from 'vitest'
import type { LorawanResult } from '../../../src/engines/lorawan/summary.ts'
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

const list = {
  format: 'veracity-lorawan',
  version: 1,
  region: 'EU868',
  eirpDbm: 14,
  gateways: ['roof', 'mast'],
  devices: [
    { periodS: 600, payloadBytes: 20, lossDb: { mast: 120, roof: 110 } },
    { periodS: 600, payloadBytes: 20, dataRate: 0, lossDb: { roof: 130 } },
    { periodS: 600, payloadBytes: 20, dataRate: 'adr', lossDb: {} },
  ],
}
const run = (document: unknown, ...more: string[]) =>
  veracity('radio', 'lorawan', files.write('list.json', JSON.stringify(document)), '--json', ...more)

type Document = LorawanResult & { readonly sentence: string }

describe('radio lorawan', () => {
  test('default: delivery of every device, airtime of every gateway, a sentence', async () => {
    const answer = await run(list)
    expect(answer.code).toBe(0)
    const document = documentOf<Document>(answer)
    expect(document.perDevice).toHaveLength(3)
    expect(document.perDevice[0]).toBe(1)
    expect(document.perDevice[2]).toBe(0)
    expect(document.dataRate[1]).toBe(0)
    expect(document.gateways.map(({ id }) => id)).toEqual(['roof', 'mast'])
    expect(document.gateways[0]!.airtime).toBeGreaterThan(document.gateways[1]!.airtime)
    expect(document.sentence).toMatch(/of the packets of 3 devices arrive.*lost to: too weak/)
  })

  test('behavior: the same seed prints the same document, another does not', async () => {
    const out = async (seed: string) => (await run(list, '--seed', seed)).out
    expect(await out('7')).toBe(await out('7'))
    expect(await out('7')).not.toBe(await out('8'))
  })

  const city = tinyCity(Array.from({ length: 6 }, (_, i) => ({ x: 60 * i, y: 0, w: 20, h: 20, heightM: 20 })))
  const bytes = encodeCity(city)
  const cityPath = files.write('tiny.vcity.gz', gzipSync(bytes))
  const scenarioOf = (...assets: Asset[]) => {
    const edits = assets.map((after): Edit => ({ kind: 'asset', id: after.id, before: null, after }))
    const scenario = { ...emptyScenario({ city: city.meta.id, sha256: sha256Hex(bytes) }, 'Plan'), edits }
    return files.write('plan.json', writeScenarioFile(scenario, aProvenance()))
  }
  const gateway: Asset = {
    id: 'g',
    kind: 'lorawan-gateway',
    latDeg: city.meta.originLatDeg,
    lonDeg: city.meta.originLonDeg,
    network: 'helium-iot',
    params: {},
  }

  test('default: the gateways of a scenario serve sensors in its buildings', async () => {
    const options = ['--city', cityPath, '--devices', '40', '--hours', '6', '--json']
    const answer = await veracity('radio', 'lorawan', scenarioOf(gateway), ...options)
    expect(answer.code).toBe(0)
    const { devices, sent, deliveryRatio, gateways } = documentOf<Document>(answer)
    expect(devices).toBe(40)
    expect(sent).toBeGreaterThan(700)
    expect(deliveryRatio).toBeGreaterThan(0.95)
    expect(gateways[0]!.id).toBe('g')
  })

  test('error: PLACEMENT_REFUSED for a plan without a gateway', async () => {
    const { code, err } = await veracity('radio', 'lorawan', scenarioOf(), '--city', cityPath)
    expect(code).toBe(2)
    expect(err).toContain('no LoRaWAN gateway')
  })

  test.each([
    ['a region that does not exist', { ...list, region: 'MOON' }, [], /region is "MOON", expected one of: EU868/],
    ['a gateway that is not listed', { ...list, gateways: ['roof'] }, [], /device 0 names the gateway "mast"/],
    ['two gateways of one id', { ...list, gateways: ['roof', 'roof', 'mast'] }, [], /same id/],
    ['a device without a payload', { ...list, devices: [{ periodS: 1, lossDb: {} }] }, [], /devices\.0\.payloadBytes/],
    ['a member it does not know', { ...list, moon: 1 }, [], /moon/],
    ['too much power', { ...list, eirpDbm: 30 }, [], /radiate 30 dBm, expected at most 16.15 dBm/],
    ['another format', { format: 'else' }, [], /scenario/i],
    ['a word that is none', list, ['--collisions', 'kind'], /--collisions is "kind", expected one of: capture, aloha/],
    ['no time', list, ['--hours', '0'], /--hours/],
  ])('error: %s is one line and 2', async (_, document, more, words) => {
    const { code, err, out } = await run(document, ...more)
    expect(code).toBe(2)
    expect(err).toMatch(words)
    expect(err.split('\n').length).toBe(1)
    expect(out).toBe('')
  })

  test('error: FORMAT_BROKEN for a file that is no JSON', async () => {
    const { code, err } = await veracity('radio', 'lorawan', files.write('x.json', '{'))
    expect(code).toBe(2)
    expect(err).toContain('no JSON document')
  })
})

import { afterAll, afterEach, describe, expect, test } from 'vitest'
import type { Hex } from '../../src/base/hex.ts'
import { defineSource } from '../../src/chain/source.ts'
import { SHOWN_VERDICTS, VERDICTS, type Verdict } from '../../src/model/trust.ts'
import { OFFLINE_VERDICTS } from '../../src/proofs/evidence.ts'
import type { FrameReading } from '../../src/proofs/frame.ts'
import type { FeederModel } from '../../src/proofs/plausibility/feederModel.ts'
import type { Pipeline } from '../../workers/verify/pipeline.ts'
import { scratch, veracity } from '../support/commandLine.ts'
import { createMockNet, type MockNet, startPipeline } from '../support/mockNet.ts'
import { type Collected, collect, connectVerifier } from '../support/verifySink.ts'
import { createWorld, hex32, START_MS, type World } from '../support/world.ts'

// Every verdict that rests on bytes can be exported, and leads to itself again: on the command line, offline, with
// nothing but the file; and dropped onto a page.

let running: Pipeline | null = null
const files = scratch()
afterEach(async () => {
  await running?.stop()
  running = null
})
afterAll(() => files.remove())

interface Scene {
  readonly world: World
  readonly net: MockNet
  model: FeederModel | null // known to the page too
}
/** Prepares a lie. */
type Story = (scene: Scene) => void
const story = (tell: Story): Story => tell
const flipped = (bytes: Uint8Array, at: number): Uint8Array => bytes.map((b, i) => (i === at ? b ^ 1 : b))
const reading = (metric: number, value: number): FrameReading[] => [{ dtMs: 0, metric, scale: 0, flags: 1, value }]

/** How each verdict comes about; or why there is nothing to export of it but words. Several ways where they differ. */
const STORIES: Record<Verdict, Readonly<Record<string, Story>> | string> = {
  OK: {
    'an honest message': story(({ world }) => {
      const device = world.add({ curve: 'p256' })
      world.anchor([device.frame(START_MS), world.add().frame(START_MS)])
    }),
  },
  BAD_SIGNATURE: { 'a bit': story(({ world }) => world.anchor([flipped(world.add().frame(START_MS), 123)])) },
  UNKNOWN_DEVICE: { 'a stranger': story(({ world }) => world.anchor([world.add({}, false).frame(START_MS)])) },
  REVOKED: {
    'a thief': story(({ world }) => {
      const device = world.add()
      world.revoke(device)
      world.anchor([device.frame(START_MS)])
    }),
  },
  DUPLICATE: {
    'a replay': story(({ world }) => {
      const device = world.add()
      const first = device.frame(START_MS)
      world.anchor([first])
      world.anchor([device.frame(START_MS + 5000)])
      world.anchor([first])
    }),
  },
  WRONG_DOMAIN: {
    'another chain': story(({ world }) => {
      world.anchor([world.add().frame(START_MS, { domain: { ...world.domain, chainId: 1 } })])
    }),
  },
  GAP: {
    'three readings lost': story(({ world }) => {
      const device = world.add()
      world.anchor([device.frame(START_MS)])
      world.anchor([device.frame(START_MS + 5000, { skip: 3 })])
    }),
  },
  LOG_FORK: {
    'another log root': story(({ world }) => {
      const device = world.add()
      world.anchor([device.frame(START_MS)])
      world.anchor([device.frame(START_MS + 5000)], { logRoot: hex32(66) })
    }),
  },
  CLOCK_SKEW: {
    'an hour behind': story(({ world }) => {
      world.anchor([world.add().frame(START_MS)], { atMs: START_MS + 3_600_000 })
    }),
  },
  IMPLAUSIBLE: {
    'out of range': story(({ world }) => {
      world.anchor([world.add({ kind: 'air-quality' }).frame(START_MS, { readings: reading(11, 90) })])
    }),
    'unlike its neighbours': story(({ world }) => {
      const devices = [1, 2, 3, 4].map(() => world.add({ kind: 'air-quality' }))
      for (const [i, device] of devices.entries()) {
        world.anchor([device.frame(START_MS + i * 1000, { readings: reading(11, i === 1 ? 50 : 20) })])
      }
    }),
    'more than its feeder carries': story((scene) => {
      const { world } = scene
      const devices = [1, 2, 3].map(() => world.add())
      world.anchor(devices.map((device, i) => device.frame(START_MS, { readings: reading(1, i === 2 ? 1e6 : 2e3) })))
      const feeder = { devices: devices.map(({ address }) => address), ratedVa: 250_000, loadW: [100_000] }
      scene.model = { title: 'a model', utcOffsetH: 5, stepS: 86_400, feeders: [feeder] }
    }),
  },
  MALFORMED: {
    'no frame': story(({ world }) => world.anchor([world.add().frame(START_MS), Uint8Array.of(1, 2, 3)])),
    'no batch': story(({ world }) => {
      const { dataHash } = world.anchor([world.add().frame(START_MS)])
      const body = Uint8Array.of(1, 2, 3)
      world.rewrite(dataHash, body)
    }),
  },
  BAD_PROOF: {
    'another root': story(({ world }) => {
      Object.assign(world.anchor([world.add().frame(START_MS)]), { batchRoot: hex32(67) })
    }),
    'another count': story(({ world }) => world.anchor([world.add().frame(START_MS)], { count: 2 })),
  },
  DATA_MISSING: {
    'other bytes delivered': story(({ world, net }) => {
      world.anchor([world.add().frame(START_MS)])
      net.lies.body = (_, body) => body && flipped(body, body.length - 80)
    }),
  },
  PENDING: 'it is no verdict yet',
  UNREACHABLE: 'nobody answered',
  INDEXER_INCOMPLETE: 'what somebody did not say leaves no bytes',
  NOT_ON_CHAIN: 'only the chain can say what is not on it',
  RPCS_DISAGREE: 'what endpoints answered is not signed by them',
  PROOF_FAILED: 'it rests on a block header, and is tested with the header proofs',
  HEAD_STALE: 'it is about now',
  REORGED: 'only the chain can say what it replaced',
}

async function exported(verdict: Verdict, tell: Story): Promise<{ evidence: string; page: Collected; key: Hex }> {
  const world = createWorld()
  const net = createMockNet(world)
  const page = collect()
  const scene: Scene = { world, net, model: null }
  tell(scene)
  running = startPipeline(net, world, page)
  running.setModel(scene.model)
  const rowOf = () => [...page.frames.values()].find((row) => row.verdict === verdict)
  await page.until(
    verdict,
    () => rowOf() !== undefined && page.status?.backlogFrames === (verdict === 'DATA_MISSING' ? 1 : 0),
  )
  const { key } = rowOf()!
  return { evidence: running.evidence(key)!, page, key }
}

describe('evidence', () => {
  const cases = VERDICTS.flatMap((verdict) => {
    const stories = STORIES[verdict]
    return typeof stories === 'string' ? [] : Object.entries(stories).map(([how, one]) => [verdict, how, one] as const)
  })
  test('behavior: there is a story of every verdict that a re-check can decide', () => {
    const told = VERDICTS.filter((verdict) => typeof STORIES[verdict] !== 'string')
    expect(new Set([...told, 'PROOF_FAILED'])).toEqual(new Set([...OFFLINE_VERDICTS, 'PROOF_FAILED']))
  })
  test.each(cases)('default: %s (%s) leads to itself, on the command line and on a page', async (verdict, _, one) => {
    const { evidence, key } = await exported(verdict, one)
    expect(JSON.parse(evidence)).toMatchObject({
      format: 'veracity-evidence',
      recheck: 'npx veracity verify FILE',
      frame: { key, verdict },
    })
    const { readings } = JSON.parse(evidence) as { readings: { origin: string; tag: string; source: string }[] }
    const tag = SHOWN_VERDICTS.includes(verdict) ? 'modelled' : 'assumed'
    for (const each of readings)
      expect(each).toMatchObject({ origin: 'simulated', tag, source: expect.stringMatching(/^0x/) })
    const answer = await veracity('verify', files.write(`${verdict}.json`, evidence), '--json')
    expect(answer.err).toBe('')
    expect(JSON.parse(answer.out)).toMatchObject({ stated: verdict, found: verdict, contradictions: [] })
    const page = connectVerifier()
    const opened = await page.openBundle(new TextEncoder().encode(evidence))
    expect(opened).toMatchObject({ kind: 'evidence', stated: verdict, contradictions: [], witnessed: false })
    expect(opened.explanations).toHaveLength(1)
    expect(opened.explanations[0]!.frame).toMatchObject({ key, verdict })
    expect(opened.explanations[0]!.checks.length).toBeGreaterThan(0)
    page.dispose()
  })
  test.each(cases)('error: %s (%s) edited into anything else contradicts its own bytes', async (verdict, _, one) => {
    const { evidence } = await exported(verdict, one)
    for (const other of OFFLINE_VERDICTS.filter((v) => v !== verdict)) {
      const forged = evidence.replaceAll(`"verdict":"${verdict}"`, `"verdict":"${other}"`)
      const answer = await veracity('verify', files.write('forged.json', forged), '--json')
      expect(answer.code).toBe(1)
      expect(JSON.parse(answer.out)).toMatchObject({
        found: verdict,
        contradictions: [`It states ${other}; its bytes say ${verdict}.`],
      })
    }
  })
  test('error: an origin edited upwards contradicts the registration, whatever the tag says', async () => {
    const { evidence } = await exported('OK', (STORIES.OK as Readonly<Record<string, Story>>)['an honest message']!)
    for (const origin of ['real-device', 'replayed']) {
      const forged = evidence.replaceAll('"origin":"simulated"', `"origin":"${origin}"`)
      const answer = await veracity('verify', files.write('origin.json', forged), '--json')
      expect(answer.code).toBe(1)
      expect(JSON.parse(answer.out)).toMatchObject({
        contradictions: ['It gives readings another origin than their device has.'],
      })
    }
    const nowhere = evidence.replaceAll('"origin":"simulated",', '')
    expect((await veracity('verify', files.write('nowhere.json', nowhere))).code).toBe(2)
  })
  test('error: without the premise it states, a power balance contradicts itself', async () => {
    const stories = STORIES.IMPLAUSIBLE as Readonly<Record<string, Story>>
    const { evidence } = await exported('IMPLAUSIBLE', stories['more than its feeder carries']!)
    const { model, ...rest } = JSON.parse(evidence) as { model: FeederModel }
    expect(model.feeders).toHaveLength(1)
    const answer = await veracity('verify', files.write('bare.json', JSON.stringify(rest)), '--json')
    expect(JSON.parse(answer.out)).toMatchObject({
      found: 'OK',
      contradictions: ['It states IMPLAUSIBLE; its bytes say OK.'],
    })
  })
  test('error: a verdict without bytes is exported as a notice, which nobody takes for evidence', async () => {
    const world = createWorld()
    const net = createMockNet(world)
    const page = collect()
    const hint = defineSource({
      ...{ id: 'ponder', title: 'Test indexer', standing: 'hint', isConfigured: () => true },
      async run({ heads, signal }, sink) {
        for await (const { head } of heads(signal)) {
          sink.anchors([{ ...world.anchors[0]!, dataHash: hex32(92) }])
          sink.complete(head.number)
          sink.state('ok', 'Index is up.')
        }
      },
    })
    world.anchor([world.add().frame(START_MS)])
    running = startPipeline(net, world, page, { config: { indexer: 'indexer' }, hint })
    await page.until('the notice', () => page.verdicts().NOT_ON_CHAIN === 1)
    const notice = running.evidence(hex32(92))!
    expect(JSON.parse(notice)).toMatchObject({ format: 'veracity-notice', frame: { verdict: 'NOT_ON_CHAIN' } })
    const answer = await veracity('verify', files.write('notice.json', notice))
    expect(answer.code).toBe(2)
    expect(answer.err).toMatch(/notice, not evidence/)
  })
})

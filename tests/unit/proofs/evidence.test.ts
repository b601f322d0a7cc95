import { describe, expect, test } from 'vitest'
import { SHOWN_VERDICTS, type Verdict } from '../../../src/model/trust.ts'
import { buildEvidence, verifyEvidence } from '../../../src/proofs/evidence.ts'
import { explainFrame } from '../../../src/proofs/explain.ts'
import { verifyBundle } from '../../../src/proofs/verifyBundle.ts'
import { crypto, p256 } from '../../support/signers.ts'
import { createWorld, START_MS, type World } from '../../support/world.ts'

const tools = { crypto, p256 }
const flip = (bytes: Uint8Array, at: number): Uint8Array => bytes.map((b, i) => (i === at ? b ^ 1 : b))

async function evidenceOf(world: World, index: number): Promise<string> {
  const checked = await verifyBundle(world.bundle(), tools)
  const record = checked.records[index]!
  return buildEvidence(tools, {
    explanation: explainFrame(crypto, checked.domain, record),
    device: record.device,
    directoryProven: false,
    bundle: checked.bundle,
  })
}

const cases: Record<string, (world: World) => number> = {
  OK: (world) => {
    world.anchor([world.add({ curve: 'p256' }).frame(START_MS)])
    return 0
  },
  BAD_SIGNATURE: (world) => {
    world.anchor([flip(world.add().frame(START_MS), 123)])
    return 0
  },
  UNKNOWN_DEVICE: (world) => {
    world.anchor([world.add({}, false).frame(START_MS)])
    return 0
  },
  REVOKED: (world) => {
    const device = world.add()
    world.revoke(device)
    world.anchor([device.frame(START_MS)])
    return 0
  },
  DUPLICATE: (world) => {
    const device = world.add()
    const frame = device.frame(START_MS)
    world.anchor([frame])
    world.anchor([device.frame(START_MS + 5000), frame])
    return 2
  },
  GAP: (world) => {
    const device = world.add()
    world.anchor([device.frame(START_MS)])
    world.anchor([device.frame(START_MS + 5000, { skip: 3 })])
    return 1
  },
  MALFORMED: (world) => {
    world.anchor([world.add().frame(START_MS), Uint8Array.of(1)])
    return 1
  },
  CLOCK_SKEW: (world) => {
    world.anchor([world.add().frame(START_MS)], { atMs: START_MS + 3_600_000 })
    return 0
  },
  LOG_FORK: (world) => {
    world.anchor([world.add().frame(START_MS)], { logRoot: `0x${'ab'.repeat(32)}` })
    return 0
  },
}

describe('verifyEvidence', () => {
  test.each(Object.entries(cases))(
    'default: evidence of %s leads to the same verdict again',
    async (verdict, build) => {
      const world = createWorld()
      const evidence = await evidenceOf(world, build(world))
      const { stated, explanation, contradictions } = await verifyEvidence(evidence, tools)
      expect(stated).toBe(verdict)
      expect(explanation.frame.verdict).toBe(verdict)
      expect(contradictions).toEqual([])
      if (!SHOWN_VERDICTS.includes(verdict as Verdict)) expect(evidence).not.toContain('"tag":"modelled"')
    },
  )
  test('error: a verdict edited in either direction is a contradiction', async () => {
    const good = createWorld()
    const bad = createWorld()
    const okFile = await evidenceOf(good, cases.OK!(good))
    const badFile = await evidenceOf(bad, cases.BAD_SIGNATURE!(bad))
    const edit = (file: string, from: string, to: string) => file.replaceAll(`"verdict":"${from}"`, `"verdict":"${to}"`)
    const contradictions = async (file: string) => (await verifyEvidence(file, tools)).contradictions
    expect(await contradictions(edit(okFile, 'OK', 'BAD_SIGNATURE'))).toEqual([
      'It states BAD_SIGNATURE; its bytes say OK.',
    ])
    expect(await contradictions(edit(badFile, 'BAD_SIGNATURE', 'OK'))).toEqual([
      'It states OK; its bytes say BAD_SIGNATURE.',
    ])
    expect(await contradictions(okFile.replaceAll('"value":101', '"value":9101'))).toEqual([
      'It lists other readings than the message holds.',
    ])
    expect(await contradictions(okFile.replace('"chainId":31337', '"chainId":4689'))).toEqual([
      'It states chain 4689; its bytes say 31337.',
    ])
  })
  test.each([
    ['text', 'hello', 'FORMAT_BROKEN'],
    ['other JSON', '{"format":"veracity-scenario"}', 'FORMAT_BROKEN'],
    ['an empty object', '{}', 'FORMAT_BROKEN'],
  ])('error: %s is no evidence', async (_, file, code) => {
    await expect(verifyEvidence(file, tools)).rejects.toMatchObject({ code })
  })
  test('error: BUNDLE_BROKEN when the bytes were changed, cut, or are another message’s', async () => {
    const world = createWorld()
    const file = await evidenceOf(world, cases.OK!(world))
    const code = { code: 'BUNDLE_BROKEN' }
    await expect(verifyEvidence(file.replace('"bundle":"VkJOMQ', '"bundle":"VkJOMR'), tools)).rejects.toMatchObject(
      code,
    )
    await expect(verifyEvidence(file.replace('"bundle":"', '"bundle":"!'), tools)).rejects.toMatchObject(code)
    await expect(verifyEvidence(file.replace(/"key":"0x..../, '"key":"0x0000'), tools)).rejects.toMatchObject(code)
  })
})

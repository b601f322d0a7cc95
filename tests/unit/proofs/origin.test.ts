import { describe, expect, test } from 'vitest'
import type { Origin } from '../../../src/base/honesty.ts'
import { buildEvidence, type EvidenceParts, verifyEvidence } from '../../../src/proofs/evidence.ts'
import { explainFrame } from '../../../src/proofs/explain.ts'
import { type CheckedBundle, verifyBundle } from '../../../src/proofs/verifyBundle.ts'
import { crypto, p256, someReadings } from '../../support/signers.ts'
import { createWorld, START_MS } from '../../support/world.ts'

// A simulated reading must never come out as measured, whatever the sender does.

interface Trick {
  readonly chainId: number
  readonly claim: Origin
  readonly flags: number // the simulated bit, set or cleared
  readonly witnessed: boolean // whether a chain endpoint confirmed the directory
}
async function play({ chainId, claim, flags, witnessed }: Trick) {
  const world = createWorld({ chainId })
  const device = world.add({ origin: claim })
  world.anchor([device.frame(START_MS, { readings: someReadings(2, { flags }) })])
  const witness = {
    ask: async () => [{ says: 'knows', who: 'a', why: '' } as const],
    needed: 1,
    registrations: world.registrations,
    statuses: [],
  }
  const checked = await verifyBundle(world.bundle(), { crypto, p256 }, witnessed ? { witness } : {})
  return { checked, evidence: exportOf(checked) }
}
function exportOf(checked: CheckedBundle, change: Partial<EvidenceParts> = {}): string {
  const [record] = checked.records
  const explanation = explainFrame(crypto, checked.domain, record!)
  const { directoryProven, bundle } = checked
  return buildEvidence({ crypto }, { explanation, device: record!.device, directoryProven, bundle, ...change })
}
const tagsIn = (evidence: string): string[] =>
  (JSON.parse(evidence) as { readings: { tag: string }[] }).readings.map(({ tag }) => tag)

const claims = ['real-device', 'replayed', 'simulated'] as const
const tricks = [31337, 1337, 4689].flatMap((chainId) =>
  claims.flatMap((claim) =>
    [0, 1].flatMap((flags) => [false, true].map((witnessed) => ({ chainId, claim, flags, witnessed }))),
  ),
)
const honest = ({ chainId, claim, flags, witnessed }: Trick): boolean =>
  chainId === 4689 && claim !== 'simulated' && flags === 0 && witnessed

describe('origin', () => {
  test.each(tricks)(
    'behavior: chain $chainId, claim $claim, bit $flags, directory proven $witnessed',
    async (trick) => {
      const { checked, evidence } = await play(trick)
      const [row] = checked.directory.rows(trick.chainId, checked.directoryProven)
      expect(row!.origin === 'simulated').toBe(!honest(trick))
      expect(tagsIn(evidence)).toEqual(Array(2).fill(honest(trick) ? 'measured' : 'modelled'))
    },
  )
  test('behavior: a bit that somebody else set does not make a real device simulated', async () => {
    const world = createWorld({ chainId: 4689 })
    const device = world.add({ origin: 'real-device' })
    const forged = device.frame(START_MS, { readings: someReadings(2, { flags: 0 }) }).slice()
    forged[108 + 7]! ^= 1 // flags of the first reading (public/spec/frame.md)
    world.anchor([forged])
    world.anchor([device.frame(START_MS + 5000, { readings: someReadings(2, { flags: 0 }) })])
    const witness = {
      ask: async () => [{ says: 'knows', who: 'a', why: '' } as const],
      needed: 1,
      registrations: world.registrations,
      statuses: [],
    }
    const checked = await verifyBundle(world.bundle(), { crypto, p256 }, { witness })
    expect(checked.records.map(({ signature }) => signature)).toEqual(['invalid', 'valid'])
    expect(checked.records[0]!.simulated).toBe(true)
    expect(checked.directory.rows(4689, true)[0]!.origin).toBe('real-device')
  })
  test('behavior: one simulated reading among real ones makes the device simulated for ever', async () => {
    const world = createWorld({ chainId: 4689 })
    const device = world.add({ origin: 'real-device' })
    const mixed = someReadings(2, { flags: 0 }).map((r, i) => ({ ...r, flags: i }))
    world.anchor([device.frame(START_MS, { readings: mixed })])
    world.anchor([device.frame(START_MS + 5000, { readings: someReadings(2, { flags: 0 }) })])
    const witness = {
      ask: async () => [{ says: 'knows', who: 'a', why: '' } as const],
      needed: 1,
      registrations: world.registrations,
      statuses: [],
    }
    const checked = await verifyBundle(world.bundle(), { crypto, p256 }, { witness })
    expect(checked.directory.rows(4689, true)[0]!.origin).toBe('simulated')
  })
  test('error: a bundle relabelled for a real chain holds no valid frame', async () => {
    const { checked } = await play({ chainId: 31337, claim: 'real-device', flags: 0, witnessed: true })
    const relabelled = await verifyBundle({ ...checked.bundle, chainId: 4689 }, { crypto, p256 })
    expect(tagsIn(exportOf(relabelled))).toEqual(['assumed', 'assumed'])
  })
  test('error: an evidence file edited to say measured contradicts its own bytes', async () => {
    const { evidence } = await play({ chainId: 31337, claim: 'real-device', flags: 0, witnessed: true })
    const forged = evidence.replaceAll('"tag":"modelled"', '"tag":"measured"')
    expect((await verifyEvidence(forged, { crypto, p256 })).contradictions).toEqual([
      'It calls readings measured that are not.',
    ])
    expect((await verifyEvidence(evidence, { crypto, p256 })).contradictions).toEqual([])
  })
  test('error: evidence of a device the directory does not know is assumed at best', async () => {
    const { checked } = await play({ chainId: 4689, claim: 'real-device', flags: 0, witnessed: false })
    const unknown = await verifyBundle({ ...checked.bundle, devices: [] }, { crypto, p256 })
    expect(tagsIn(exportOf(unknown, { directoryProven: true }))).toEqual(['assumed', 'assumed'])
  })
})

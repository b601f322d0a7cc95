import { describe, expect, test } from 'vitest'
import { METRICS } from '../../../src/model/device.ts'
import type { FrameRow, Verdict } from '../../../src/model/trust.ts'
import { explainFrame } from '../../../src/proofs/explain.ts'
import { frameRow } from '../../../src/proofs/frameRow.ts'
import { createReadingBuffer } from '../../../src/proofs/readingBuffer.ts'
import { type BundleOptions, type CheckedBundle, verifyBundle } from '../../../src/proofs/verifyBundle.ts'
import { crypto, p256, someReadings } from '../../support/signers.ts'
import { createWorld, START_MS, type World } from '../../support/world.ts'

const check = (world: World, options?: BundleOptions): Promise<CheckedBundle> =>
  verifyBundle(world.bundle(), { crypto, p256 }, options)
const rowsOf = ({ records }: CheckedBundle): FrameRow[] => records.map((record) => frameRow(crypto, record))
const verdicts = async (world: World, options?: BundleOptions): Promise<Verdict[]> =>
  rowsOf(await check(world, options)).map(({ verdict }) => verdict)

/** What reaches the scene. */
const shown = ({ records }: CheckedBundle): number[] => {
  const buffer = createReadingBuffer(4)
  for (const record of records) buffer.append(record)
  return [...buffer.take().value]
}
const flip = (bytes: Uint8Array, at: number, bit = 1): Uint8Array => bytes.map((b, i) => (i === at ? b ^ bit : b))

describe('verdicts', () => {
  test('default: honest frames of both curves are OK at level 3, and all their readings pass', async () => {
    const world = createWorld()
    const [a, b] = [world.add(), world.add({ curve: 'p256' })]
    world.anchor([a.frame(START_MS), b.frame(START_MS)])
    world.anchor([a.frame(START_MS + 5000), b.frame(START_MS + 5000)])
    const checked = await check(world)
    expect(rowsOf(checked).map(({ verdict, level }) => [verdict, level])).toEqual(Array(4).fill(['OK', 3]))
    expect(shown(checked)).toEqual([100, 101, 102, 100, 101, 102, 100, 101, 102, 100, 101, 102])
    expect(checked.batches.map(({ log }) => log)).toEqual(['extends', 'extends'])
  })

  test.each(['secp256k1', 'p256'] as const)(
    'error: BAD_SIGNATURE for any altered byte of a value or header (%s)',
    async (curve) => {
      const world = createWorld()
      const device = world.add({ curve })
      const good = device.frame(START_MS)
      world.anchor([54, 57, 103, 115, 120, 123, 130].map((at) => flip(good, at)))
      const found = await verdicts(world)
      // bytes 54 and 57 are the epoch, 103 the time, 115 the flags, the others values and times of readings
      expect(new Set(found)).toEqual(new Set(['BAD_SIGNATURE']))
      expect(shown(await check(world))).toEqual([])
    },
  )
  test('error: BAD_SIGNATURE when another registered device signs in its name, or the curve is swapped', async () => {
    const world = createWorld()
    const [victim, thief] = [world.add(), world.add()]
    const forged = thief.signer.sign({
      epoch: 0,
      seqFirst: 0,
      prev: new Uint8Array(32),
      t0Ms: START_MS,
      readings: someReadings(2),
      device: victim.signer.address,
    })
    world.anchor([forged, flip(victim.frame(START_MS), 5, 3)])
    expect(await verdicts(world)).toEqual(['BAD_SIGNATURE', 'BAD_SIGNATURE'])
  })
  test('error: UNKNOWN_DEVICE for a key nobody registered, and for one registered later', async () => {
    const world = createWorld()
    const stranger = world.add({ seed: 77 }, false)
    const late = world.add()
    world.anchor([stranger.frame(START_MS), late.frame(START_MS)])
    Object.assign(world.registrations[0]!, { blockNumber: 11, logIndex: 1 })
    expect(await verdicts(world)).toEqual(['UNKNOWN_DEVICE', 'UNKNOWN_DEVICE'])
  })
  test('error: UNKNOWN_DEVICE before its record is valid', async () => {
    const world = createWorld()
    const device = world.add()
    Object.assign(world.registrations[0]!, { validFromMs: START_MS + 60_000 })
    world.anchor([device.frame(START_MS)])
    world.anchor([device.frame(START_MS + 60_000)])
    expect(await verdicts(world)).toEqual(['UNKNOWN_DEVICE', 'GAP'])
  })
  test('error: UNKNOWN_DEVICE when the record’s key does not belong to its address', async () => {
    const world = createWorld()
    const [device, other] = [world.add(), world.add()]
    Object.assign(world.registrations[0]!, { publicKey: other.signer.publicKey })
    world.anchor([device.frame(START_MS)])
    expect(await verdicts(world)).toEqual(['UNKNOWN_DEVICE'])
  })
  test('error: WRONG_DOMAIN for another chain and for another registry, though well signed', async () => {
    const world = createWorld()
    const device = world.add()
    world.anchor([
      device.frame(START_MS, { domain: { ...world.domain, chainId: 1 } }),
      device.frame(START_MS, { domain: { ...world.domain, registry: new Uint8Array(20) } }),
    ])
    expect(await verdicts(world)).toEqual(['WRONG_DOMAIN', 'WRONG_DOMAIN'])
  })
  test('error: MALFORMED for bytes that are no frame, beside honest ones', async () => {
    const world = createWorld()
    const device = world.add()
    world.anchor([device.frame(START_MS), Uint8Array.of(1, 2, 3), flip(device.frame(START_MS), 0)])
    const checked = await check(world)
    expect(rowsOf(checked).map(({ verdict }) => verdict)).toEqual(['OK', 'MALFORMED', 'MALFORMED'])
    expect(rowsOf(checked)[1]).toMatchObject({ device: -1, level: 0, readings: 0 })
  })
  test('error: REVOKED from the revoking block on; what was anchored before stays', async () => {
    const world = createWorld()
    const device = world.add()
    world.anchor([device.frame(START_MS)])
    world.revoke(device)
    world.anchor([device.frame(START_MS + 5000)])
    expect(await verdicts(world)).toEqual(['OK', 'REVOKED'])
    expect(shown(await check(world))).toEqual([100, 101, 102])
  })
  test('error: REVOKED in the same block only after the revocation', async () => {
    const world = createWorld()
    const device = world.add()
    const anchor = world.anchor([device.frame(START_MS)])
    world.statuses.push({
      device: device.address,
      kind: 'revoked',
      timeMs: START_MS,
      blockNumber: anchor.blockNumber,
      logIndex: 1,
    })
    expect(await verdicts(world)).toEqual(['OK'])
    Object.assign(anchor, { logIndex: 2 })
    expect(await verdicts(world)).toEqual(['REVOKED'])
  })
  test('behavior: a back-dated compromise mark warns, and deletes nothing', async () => {
    const world = createWorld()
    const device = world.add()
    world.anchor([device.frame(START_MS), device.frame(START_MS + 10_000)])
    world.markCompromised(device, START_MS + 8000)
    const checked = await check(world)
    expect(rowsOf(checked).map(({ verdict }) => verdict)).toEqual(['OK', 'OK'])
    const results = checked.records.map(
      (r) => explainFrame(crypto, checked.domain, r).checks.find(({ id }) => id === 'revocation')?.result,
    )
    expect(results).toEqual(['passed', 'warned'])
  })
  test('error: DUPLICATE for a replayed frame; its readings are not counted twice', async () => {
    const world = createWorld()
    const device = world.add()
    const first = device.frame(START_MS)
    world.anchor([first])
    world.anchor([device.frame(START_MS + 5000), first])
    const checked = await check(world)
    expect(rowsOf(checked).map(({ verdict }) => verdict)).toEqual(['OK', 'OK', 'DUPLICATE'])
    expect(shown(checked)).toHaveLength(6)
  })
  test('error: DUPLICATE for a whole batch anchored again', async () => {
    const world = createWorld()
    const [a, b] = [world.add(), world.add()]
    const frames = [a.frame(START_MS), b.frame(START_MS)]
    world.anchor(frames)
    world.anchor(frames)
    expect(await verdicts(world)).toEqual(['OK', 'OK', 'DUPLICATE', 'DUPLICATE'])
  })
  test('behavior: GAP counts the readings that never came, and still shows what did', async () => {
    const world = createWorld()
    const device = world.add()
    world.anchor([device.frame(START_MS)])
    world.anchor([device.frame(START_MS + 5000, { skip: 7 })])
    const checked = await check(world)
    expect(rowsOf(checked)[1]).toMatchObject({ verdict: 'GAP', missingBefore: 7 })
    expect(shown(checked)).toHaveLength(6)
  })
  test('behavior: GAP after an altered frame: the true one never arrived', async () => {
    const world = createWorld()
    const device = world.add()
    world.anchor([device.frame(START_MS)])
    world.anchor([flip(device.frame(START_MS + 5000), 123)])
    world.anchor([device.frame(START_MS + 10_000)])
    expect(await verdicts(world)).toEqual(['OK', 'BAD_SIGNATURE', 'GAP'])
  })
  test('behavior: GAP for a chain whose beginning is missing, only when every batch is there', async () => {
    const world = createWorld()
    const device = world.add()
    world.anchor([device.frame(START_MS, { skip: 9 })])
    expect(await verdicts(world)).toEqual(['GAP'])
    const partial = createWorld()
    const [other, silent] = [partial.add(), partial.add()]
    partial.anchor([silent.frame(START_MS)])
    partial.anchor([other.frame(START_MS, { skip: 9 })])
    const bundle = { ...partial.bundle(), parts: partial.bundle().parts.slice(1) }
    expect(rowsOf(await verifyBundle(bundle, { crypto, p256 })).map(({ verdict }) => verdict)).toEqual(['OK'])
  })
  test('behavior: CLOCK_SKEW beyond two minutes ahead and ten behind, shown with its offset', async () => {
    const world = createWorld()
    const device = world.add()
    const at = (offsetMs: number): void => {
      const tMs = START_MS + 3_600_000 * (world.anchors.length + 1)
      world.anchor([device.frame(tMs)], { atMs: tMs + 2000 + offsetMs })
    }
    for (const offset of [-120_000, -121_000, 600_000, 601_000]) at(offset)
    const rows = rowsOf(await check(world))
    expect(rows.map(({ verdict }) => verdict)).toEqual(['OK', 'CLOCK_SKEW', 'OK', 'CLOCK_SKEW'])
    expect(rows.map(({ clockOffsetMs }) => clockOffsetMs)).toEqual([-120_000, -121_000, 600_000, 601_000])
    expect(shown(await check(world))).toHaveLength(12)
  })
  test('error: IMPLAUSIBLE outside the metric’s range or faster than it can change, and its number stays taken', async () => {
    const world = createWorld()
    const device = world.add({ kind: 'air-quality' })
    const celsius = (...values: number[]) =>
      values.map((value, i) => ({ dtMs: i * 1000, metric: 11, scale: 0, flags: 1, value }))
    const span = METRICS.find(({ id }) => id === 11)!
    world.anchor([
      device.frame(START_MS, { readings: celsius(20, 21) }),
      device.frame(START_MS + 10_000, { readings: celsius(span.max + 1) }),
      device.frame(START_MS + 20_000, { readings: celsius(20, 20 + span.maxPerS + 1) }),
      device.frame(START_MS + 30_000, { readings: celsius(span.min, span.min + span.maxPerS) }),
    ])
    const checked = await check(world)
    expect(rowsOf(checked).map(({ verdict }) => verdict)).toEqual(['OK', 'IMPLAUSIBLE', 'IMPLAUSIBLE', 'OK'])
    expect(rowsOf(checked)[3]!.missingBefore).toBe(0)
    expect(shown(checked)).toEqual([20, 21, span.min, span.min + span.maxPerS])
  })
  test('behavior: readings of an unknown metric are left out, not judged', async () => {
    const world = createWorld()
    const device = world.add()
    const readings = [
      { dtMs: 0, metric: 1, scale: 0, flags: 1, value: 5 },
      { dtMs: 0, metric: 999, scale: 9, flags: 1, value: 9e15 },
    ]
    world.anchor([device.frame(START_MS, { readings })])
    const checked = await check(world)
    expect(rowsOf(checked)[0]!.verdict).toBe('OK')
    expect(shown(checked)).toEqual([5])
  })

  test('error: BAD_PROOF when the frames do not add up to the anchored root', async () => {
    const world = createWorld()
    const device = world.add()
    const anchor = world.anchor([device.frame(START_MS), device.frame(START_MS + 5000)])
    Object.assign(anchor, { batchRoot: `0x${'ab'.repeat(32)}` })
    const rows = rowsOf(await check(world))
    expect(rows.map(({ verdict, level }) => [verdict, level])).toEqual(Array(2).fill(['BAD_PROOF', 2]))
  })
  test.each([
    ['the count', { count: 3 }, 'BAD_PROOF'],
    ['the number', { seq: 4 }, 'BAD_PROOF'],
    ['the gateway', { gateway: `0x${'01'.repeat(20)}` }, 'BAD_PROOF'],
    ['the first time', { tMinMs: START_MS - 1 }, 'BAD_PROOF'],
    ['the last time', { tMaxMs: START_MS + 60_000 }, 'BAD_PROOF'],
    ['the data hash', { dataHash: `0x${'02'.repeat(32)}` }, 'DATA_MISSING'],
  ] as const)('error: a body whose anchor states another %s is refused whole', async (_, change, verdict) => {
    const world = createWorld()
    Object.assign(world.anchor([world.add().frame(START_MS)]), change)
    const checked = await check(world)
    expect(checked.records).toEqual([])
    expect(checked.faults.map(({ fault }) => fault.verdict)).toEqual([verdict])
  })
  test('error: LOG_FORK from the first log root that does not add up', async () => {
    const world = createWorld()
    const device = world.add()
    world.anchor([device.frame(START_MS)])
    world.anchor([device.frame(START_MS + 5000)], { logRoot: `0x${'cd'.repeat(32)}` })
    world.anchor([device.frame(START_MS + 10_000)])
    expect(await verdicts(world)).toEqual(['OK', 'LOG_FORK', 'LOG_FORK'])
  })
  test('error: LOG_FORK when a gateway anchors one number twice', async () => {
    const world = createWorld()
    const device = world.add()
    world.anchor([device.frame(START_MS)])
    const twin = { ...world.anchors[0]!, blockNumber: 99, logRoot: `0x${'cd'.repeat(32)}` as const }
    const bundle = world.bundle()
    const checked = await verifyBundle({ ...bundle, anchors: [...bundle.anchors, twin] }, { crypto, p256 })
    expect(rowsOf(checked)[0]!.verdict).toBe('LOG_FORK')
  })

  const witness = (agreed: number, asked: number, world: World): BundleOptions => ({
    witness: {
      ask: async () =>
        Array.from({ length: asked }, (_, i) => ({ says: i < agreed ? 'knows' : 'denies', who: `rpc${i}`, why: '' })),
      needed: asked,
      registrations: world.registrations,
      statuses: world.statuses,
    },
  })
  test('behavior: level 4 only when every endpoint asked knows the anchor', async () => {
    const world = createWorld()
    const device = world.add()
    world.anchor([device.frame(START_MS)])
    const row = async (agreed: number, asked: number) => rowsOf(await check(world, witness(agreed, asked, world)))[0]
    expect(await row(1, 1)).toMatchObject({ verdict: 'OK', level: 4 })
    expect(await row(3, 3)).toMatchObject({ verdict: 'OK', level: 4 })
    expect(await row(0, 2)).toMatchObject({ verdict: 'NOT_ON_CHAIN', level: 2 })
    expect(await row(1, 2)).toMatchObject({ verdict: 'RPCS_DISAGREE', level: 2 })
  })
  test('error: REVOKED when the chain knows of a revocation that the bundle leaves out', async () => {
    const world = createWorld()
    const device = world.add()
    world.revoke(device)
    world.anchor([device.frame(START_MS)])
    const hidden = { ...world.bundle(), statuses: [] }
    expect(rowsOf(await verifyBundle(hidden, { crypto, p256 }))[0]!.verdict).toBe('OK')
    expect(rowsOf(await verifyBundle(hidden, { crypto, p256 }, witness(1, 1, world)))[0]!.verdict).toBe('REVOKED')
  })
  test('error: UNREACHABLE for P-256 where WebCrypto is withheld; secp256k1 goes on', async () => {
    const world = createWorld()
    const [a, b] = [world.add(), world.add({ curve: 'p256' })]
    world.anchor([a.frame(START_MS), b.frame(START_MS)])
    const checked = await verifyBundle(world.bundle(), { crypto, p256: null })
    expect(rowsOf(checked).map(({ verdict }) => verdict)).toEqual(['OK', 'UNREACHABLE'])
  })

  test('behavior: the first failed check of the explanation is the one the verdict names', async () => {
    const world = createWorld()
    const device = world.add()
    const frame = device.frame(START_MS)
    world.anchor([frame, flip(frame, 123), frame, Uint8Array.of(9)])
    const checked = await check(world)
    const failed = checked.records.map(
      (r) => explainFrame(crypto, checked.domain, r).checks.find(({ result }) => result === 'failed')?.id,
    )
    expect(failed).toEqual([undefined, 'signature', 'sequence', 'decode'])
  })
})

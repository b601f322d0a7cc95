import { describe, expect, test } from 'vitest'
import { fromHex, type Hex, toHex } from '../../../../src/base/hex.ts'
import type { Anchor } from '../../../../src/proofs/anchor.ts'
import type { Bundle, BundleHeader } from '../../../../src/proofs/bundle.ts'
import { decodeBundle } from '../../../../src/proofs/decodeBundle.ts'
import { encodeBundle } from '../../../../src/proofs/encodeBundle.ts'
import { explainFrame } from '../../../../src/proofs/explain.ts'
import { toIotexAddress } from '../../../../src/proofs/iotex/address.ts'
import type { IotexCheckpoint } from '../../../../src/proofs/iotex/checkpoint.ts'
import { decodeEnclosedBlock, encodeEnclosedBlock } from '../../../../src/proofs/iotex/enclosedBlock.ts'
import { levelOf, verdictOf } from '../../../../src/proofs/judge.ts'
import { verifyBundle } from '../../../../src/proofs/verifyBundle.ts'
import { anchorReceipt, createIotexChain, plainReceipt } from '../../../support/iotexChain.ts'
import { crypto, p256 } from '../../../support/signers.ts'
import { createWorld, START_MS } from '../../../support/world.ts'

const CHAIN = 4689
const world = createWorld({ chainId: CHAIN })
const device = world.add()
for (let n = 0; n < 3; n++) world.anchor([device.frame(START_MS + 60_000 * n)])
const chain = createIotexChain(CHAIN)
const plain = world.bundle()
const { anchorLog } = plain.contracts
const NOW_MS = START_MS + 3_600_000
const checkpoint = chain.checkpoint(NOW_MS - 60_000)
const STRANGE: Hex = `0x${'11'.repeat(32)}`

/** The block that an anchor stands in, with two other receipts around the anchoring one. */
function blockOf(anchor: Anchor, receipt = anchorReceipt(anchorLog, anchor), timeMs = anchor.anchoredAtMs + 300) {
  const { blockNumber } = anchor
  const receipts = [plainReceipt(blockNumber, 1), receipt, plainReceipt(blockNumber, 2)]
  return chain.block(blockNumber, timeMs, receipts, { signers: chain.delegates.slice(0, 17) })
}
const enclose = (anchor: Anchor, block = blockOf(anchor)): { anchor: Anchor; header: BundleHeader } => {
  const hash = toHex(block.hash)
  const header = { number: anchor.blockNumber, hash, header: block.header, proof: encodeEnclosedBlock(block) }
  return { anchor: { ...anchor, blockHash: hash }, header }
}
const enclosed = plain.anchors.map((anchor) => enclose(anchor))
const bundle: Bundle = {
  ...plain,
  anchors: enclosed.map(({ anchor }) => anchor),
  headers: enclosed.map(({ header }) => header),
}
async function found(change: Partial<Bundle> = {}, checkpoints: IotexCheckpoint[] = [checkpoint], nowMs = NOW_MS) {
  const input = decodeBundle(crypto, encodeBundle(crypto, { ...bundle, ...change }))
  const { records } = await verifyBundle(input, { crypto, p256 }, { iotex: { checkpoints, nowMs } })
  return records.map((record) => `${levelOf(record)} ${verdictOf(record)}`)
}
/** The second anchor's block replaced; its hash is what the anchor then names. */
function withBlock(block: ReturnType<typeof blockOf>, change: Partial<Anchor> = {}): Partial<Bundle> {
  const { anchor, header } = enclose(plain.anchors[1]!, block)
  return {
    anchors: bundle.anchors.map((one, i) => (i === 1 ? { ...anchor, ...change } : one)),
    headers: bundle.headers.map((one, i) => (i === 1 ? header : one)),
  }
}

describe('a bundle on IoTeX that encloses blocks', () => {
  test('default: who pins the epoch’s delegates has every anchor at level 5, and is told what that is worth', async () => {
    expect(await found()).toEqual(['5 OK', '5 OK', '5 OK'])
    const { records, domain } = await verifyBundle(
      bundle,
      { crypto, p256 },
      { iotex: { checkpoints: [checkpoint], nowMs: NOW_MS } },
    )
    expect(explainFrame(crypto, domain, records[0]!).checks.find(({ id }) => id === 'header')).toMatchObject({
      result: 'passed',
      detail: expect.stringMatching(/two thirds of the delegates .* as good as the checkpoint\.$/),
    })
  })
  test('behavior: two epochs need two checkpoints', async () => {
    const [first, second] = [bundle.anchors[0]!.blockNumber, bundle.anchors[1]!.blockNumber]
    const one = { ...checkpoint, toHeight: first }
    const two = { ...checkpoint, fromHeight: second, epoch: 70_001 }
    expect(await found({}, [one])).toEqual(['5 OK', '3 OK', '3 OK'])
    expect(await found({}, [one, two])).toEqual(['5 OK', '5 OK', '5 OK'])
  })
  test.each([
    ['no checkpoint', [], NOW_MS],
    ['a stale one', [checkpoint], NOW_MS + 4 * 86_400_000],
    ['one of the testnet', [{ ...checkpoint, chainId: 4690 }], NOW_MS],
  ])(
    'behavior: with %s everything stays at level 3, and nothing is said to be wrong',
    async (_, checkpoints, nowMs) => {
      expect(await found({}, checkpoints, nowMs)).toEqual(['3 OK', '3 OK', '3 OK'])
    },
  )
  test('behavior: without blocks it is what it always was', async () => {
    expect(await found({ headers: [] })).toEqual(['3 OK', '3 OK', '3 OK'])
  })
})

describe('a bundle on IoTeX whose blocks lie', () => {
  const anchor = plain.anchors[1]!
  const elsewhere = { ...anchor, batchRoot: STRANGE }
  test.each([
    ['no receipt of the anchor', () => withBlock(blockOf(anchor, plainReceipt(anchor.blockNumber, 3)))],
    ['the receipt of another anchor', () => withBlock(blockOf(anchor, anchorReceipt(anchorLog, elsewhere)))],
    ['a receipt that failed', () => withBlock(blockOf(anchor, anchorReceipt(anchorLog, anchor, { status: 106 })))],
    ['the event of another contract', () => withBlock(blockOf(anchor, anchorReceipt(`0x${'22'.repeat(20)}`, anchor)))],
    ['a receipt of another height', () => withBlock(blockOf(anchor, anchorReceipt(anchorLog, anchor, { height: 9 })))],
    ['another time', () => withBlock(blockOf(anchor, undefined, anchor.anchoredAtMs + 1300))],
    [
      'the block of another height',
      () => withBlock(blockOf({ ...anchor, blockNumber: anchor.blockNumber + 500 }, anchorReceipt(anchorLog, anchor))),
    ],
  ])('error: PROOF_FAILED for a final block with %s', async (_, make) => {
    expect(await found(make())).toEqual(['5 OK', '2 PROOF_FAILED', '5 GAP'])
  })
  test('error: PROOF_FAILED for a header that hashes to something else', async () => {
    const headers = bundle.headers.map((one, i) => (i === 1 ? { ...one, header: bundle.headers[0]!.header } : one))
    expect(await found({ headers })).toEqual(['5 OK', '2 PROOF_FAILED', '5 GAP'])
  })
  test.each([
    [
      'sixteen endorsements',
      () =>
        chain.block(anchor.blockNumber, anchor.anchoredAtMs, [anchorReceipt(anchorLog, anchor)], {
          signers: chain.delegates.slice(0, 16),
        }),
    ],
    [
      'proposals',
      () => chain.block(anchor.blockNumber, anchor.anchoredAtMs, [anchorReceipt(anchorLog, anchor)], { topic: 0 }),
    ],
    ['a receipt left out', () => ({ ...blockOf(anchor), receipts: blockOf(anchor).receipts.slice(1) })],
  ])('error: never level 5 by a block with %s', async (_, make) => {
    expect(await found(withBlock(make()))).toEqual(['5 OK', '3 OK', '5 OK'])
  })
  test('behavior: the contract is named in receipts as io1…', () => {
    expect(toIotexAddress(fromHex(anchorLog)!)).toMatch(/^io1[02-9ac-hj-np-z]{38}$/)
  })
})

describe('the enclosed block', () => {
  const bytes = bundle.headers[0]!.proof
  test('default: is read as it was written', () => {
    const block = decodeEnclosedBlock(bytes)
    if (typeof block === 'string') throw new Error(block)
    expect(encodeEnclosedBlock(block)).toEqual(bytes)
  })
  test('error: every cut, and a byte too many', () => {
    for (let length = 0; length < bytes.length; length++)
      expect(decodeEnclosedBlock(bytes.subarray(0, length))).toBeTypeOf('string')
    expect(decodeEnclosedBlock(Uint8Array.of(...bytes, 0))).toMatch(/1 bytes follow/)
  })
})

import { describe, expect, test } from 'vitest'
import type { Hex } from '../../../../src/base/hex.ts'
import type { Bundle, BundleHeader } from '../../../../src/proofs/bundle.ts'
import { decodeBundle } from '../../../../src/proofs/decodeBundle.ts'
import { encodeBundle } from '../../../../src/proofs/encodeBundle.ts'
import { explainFrame } from '../../../../src/proofs/explain.ts'
import { cutHeaders } from '../../../../src/proofs/header/cutHeaders.ts'
import { decodeEnclosedProof, encodeEnclosedProof } from '../../../../src/proofs/header/enclosedProof.ts'
import { levelOf, verdictOf } from '../../../../src/proofs/judge.ts'
import { verifyBundle } from '../../../../src/proofs/verifyBundle.ts'
import { proveBundle } from '../../../support/provenChain.ts'
import { crypto, p256 } from '../../../support/signers.ts'
import { createWorld, START_MS } from '../../../support/world.ts'

const world = createWorld()
const device = world.add()
for (let n = 0; n < 5; n++) {
  world.anchor([device.frame(START_MS + 60_000 * n)])
  world.mine(n)
}
const { head, ...bundle } = proveBundle(world.bundle())
const PIN = [head.hash]
const STRANGE: Hex = `0x${'11'.repeat(32)}`

/** Levels and verdicts of all frames, in short. */
async function found(change: Partial<Bundle>, pins: readonly Hex[] = PIN): Promise<string[]> {
  const input = decodeBundle(crypto, encodeBundle(crypto, { ...bundle, ...change }))
  const { records } = await verifyBundle(input, { crypto, p256 }, { pins })
  return records.map((record) => `${levelOf(record)} ${verdictOf(record)}`)
}
const all = (text: string): string[] => Array(5).fill(text)
const headersWith = (at: number, change: (header: BundleHeader) => Partial<BundleHeader>): BundleHeader[] =>
  bundle.headers.map((header, i) =>
    i === (at + bundle.headers.length) % bundle.headers.length ? { ...header, ...change(header) } : header,
  )
const anchorsWith = (change: object) => bundle.anchors.map((anchor, i) => (i === 2 ? { ...anchor, ...change } : anchor))
const proof = decodeEnclosedProof(head.proof)
if (typeof proof === 'string') throw new Error(proof)

describe('a bundle that encloses headers', () => {
  test('default: who pins the head has every anchor at level 5', async () => {
    expect(await found({})).toEqual(all('5 OK'))
  })
  test('behavior: who pins nothing, or another block, has level 3', async () => {
    expect(await found({}, [])).toEqual(all('3 OK'))
    expect(await found({}, [STRANGE])).toEqual(all('3 OK'))
  })
  test('behavior: a pin in the middle proves nothing by the head, whose state root it does not cover', async () => {
    expect(await found({}, [bundle.headers[3]!.hash])).toEqual(all('3 OK'))
  })
  test('behavior: a missing header cuts off what lies before it', async () => {
    const cut = bundle.headers.filter(({ number }) => number !== bundle.anchors[3]!.blockNumber - 1)
    expect(await found({ headers: cut })).toEqual(['3 OK', '3 OK', '3 OK', '5 OK', '5 OK'])
  })
  test('behavior: a second pin bridges a missing header', async () => {
    const cut = bundle.headers.filter(({ number }) => number !== bundle.anchors[3]!.blockNumber - 1)
    expect(await found({ headers: cut }, [head.hash, bundle.anchors[0]!.blockHash])).toEqual([
      '5 OK',
      '3 OK',
      '3 OK',
      '5 OK',
      '5 OK',
    ])
  })
  test('behavior: without any header it is what it always was', async () => {
    expect(await found({ headers: [] })).toEqual(all('3 OK'))
  })
  test('behavior: the explanation says to which block, and that the viewer pinned it', async () => {
    const { records, domain } = await verifyBundle(bundle, { crypto, p256 }, { pins: PIN })
    const { checks, frame } = explainFrame(crypto, domain, records[0]!)
    expect(frame.level).toBe(5)
    expect(checks.find(({ id }) => id === 'header')).toMatchObject({
      result: 'passed',
      detail: expect.stringMatching(/the viewer pinned\.$/),
      expected: `block ${head.hash}`,
    })
  })
  test('behavior: a pin is above endpoints that deny the anchor, or contradict each other', async () => {
    const [knows, denies] = (['knows', 'denies'] as const).map((says) => ({ says, who: 'a', why: '' }))
    for (const answers of [
      [denies!, denies!],
      [knows!, denies!],
    ]) {
      const witness = {
        ask: async () => answers,
        needed: 2,
        registrations: world.registrations,
        statuses: [],
      }
      const { records, domain } = await verifyBundle(bundle, { crypto, p256 }, { pins: PIN, witness })
      expect(records.map((record) => `${levelOf(record)} ${verdictOf(record)}`)).toEqual(all('5 OK'))
      expect(explainFrame(crypto, domain, records[0]!).checks.find(({ id }) => id === 'anchor')!.result).toBe('warned')
      const unpinned = await verifyBundle(bundle, { crypto, p256 }, { witness })
      expect(unpinned.records.map(verdictOf)).toEqual(
        Array(5).fill(answers[0] === denies ? 'NOT_ON_CHAIN' : 'RPCS_DISAGREE'),
      )
    }
  })
  test('behavior: cut to one anchor, it still proves that one, and no other', async () => {
    const headers = cutHeaders(bundle.headers, [bundle.anchors[2]!])
    expect(headers.length).toBeLessThan(bundle.headers.length)
    expect(await found({ headers })).toEqual(['3 OK', '3 OK', '5 OK', '3 OK', '3 OK'])
  })
})

describe('a bundle whose headers lie', () => {
  test.each([
    ['batch root', { batchRoot: STRANGE }, '2 BAD_PROOF'],
    ['log root', { logRoot: STRANGE }, '2 PROOF_FAILED'],
    ['block time', { anchoredAtMs: bundle.anchors[2]!.anchoredAtMs + 1000 }, '2 PROOF_FAILED'],
    ['block hash of an enclosed block', { blockHash: bundle.headers[0]!.hash }, '2 PROOF_FAILED'],
  ])('error: an anchor with another %s is refused with or without a pin', async (_, change, expected) => {
    for (const pins of [PIN, []]) {
      expect((await found({ anchors: anchorsWith(change) }, pins))[2]).toBe(expected)
    }
  })
  test('error: an anchor moved to a block that is not enclosed never reaches level 5', async () => {
    expect((await found({ anchors: anchorsWith({ blockHash: STRANGE }) }))[2]).toBe('3 OK')
  })
  test('error: a header of its block that hashes to something else', async () => {
    const { blockNumber } = bundle.anchors[2]!
    const at = bundle.headers.findIndex(({ number }) => number === blockNumber)
    const headers = headersWith(at, ({ header }) => ({ header: header.map((b, i) => (i === 40 ? b ^ 1 : b)) }))
    expect((await found({ headers }))[2]).toBe('2 PROOF_FAILED')
  })
  test('error: a header given for another number', async () => {
    const first = bundle.headers[0]!
    const headers = headersWith(0, () => ({ number: first.number - 1 }))
    expect((await found({ headers }))[0]).toBe('2 PROOF_FAILED')
  })
  test.each([
    ['is empty', () => new Uint8Array(0), '3 OK'],
    ['is cut', () => head.proof.subarray(0, -1), '3 OK'],
    ['has a byte too many', () => Uint8Array.of(...head.proof, 0), '3 OK'],
    ['lacks the account', () => encodeEnclosedProof({ ...proof, account: [] }), '2 PROOF_FAILED'],
    [
      'has the account’s nodes in reverse',
      () => encodeEnclosedProof({ ...proof, account: [...proof.account].reverse() }),
      '2 PROOF_FAILED',
    ],
    [
      'has a node too many in every slot',
      () =>
        encodeEnclosedProof({ ...proof, slots: proof.slots.map((s) => ({ ...s, nodes: [...s.nodes, s.nodes[0]!] })) }),
      '2 PROOF_FAILED',
    ],
    [
      'has empty slots',
      () => encodeEnclosedProof({ ...proof, slots: proof.slots.map((s) => ({ ...s, nodes: [] })) }),
      '2 PROOF_FAILED',
    ],
    [
      'gives each slot for the next batch',
      () => encodeEnclosedProof({ ...proof, slots: proof.slots.map((s) => ({ ...s, seq: (s.seq + 1) % 5 })) }),
      '2 PROOF_FAILED',
    ],
    ['has no slots', () => encodeEnclosedProof({ ...proof, slots: [] }), '3 OK'],
  ])('error: the head’s proof %s', async (_, make, expected) => {
    expect(await found({ headers: headersWith(-1, () => ({ proof: make() })) })).toEqual(all(expected))
  })
  test('error: the proof stands beside the header of an earlier block', async () => {
    const headers = bundle.headers.map((header, i) => ({ ...header, proof: i === 0 ? head.proof : new Uint8Array(0) }))
    const rows = await found({ headers })
    expect(rows.slice(1)).toEqual(all('2 PROOF_FAILED').slice(1))
  })
  test('error: 2,000 flipped bits of headers and proof, spread evenly: never a level 5 by something altered', async () => {
    const bytes = bundle.headers.reduce((sum, { header, proof: nodes }) => sum + header.length + nodes.length, 0)
    const step = Math.floor((8 * bytes) / 2_000)
    let lowered = 0
    for (let n = 0; n < 2_000; n++) {
      let bit = n * step
      const headers = bundle.headers.map((header) => {
        const flip = (part: Uint8Array): Uint8Array => {
          const mine = bit >= 0 && bit < 8 * part.length
          const copy = mine ? part.slice() : part
          if (mine) copy[bit >> 3]! ^= 1 << (bit & 7)
          bit -= 8 * part.length
          return copy
        }
        return { ...header, header: flip(header.header), proof: flip(header.proof) }
      })
      const { records } = await verifyBundle({ ...bundle, headers }, { crypto, p256 }, { pins: PIN })
      if (records.some((record) => levelOf(record) < 5)) lowered++
    }
    expect(lowered).toBe(2_000)
  })
})

describe('the enclosed proof', () => {
  test('default: is read as it was written, its slots in order', () => {
    const mixed = { ...proof, slots: [...proof.slots].reverse() }
    expect(decodeEnclosedProof(encodeEnclosedProof(mixed))).toEqual(proof)
  })
  test('error: every cut is refused', () => {
    for (let length = 0; length < head.proof.length; length++)
      expect(decodeEnclosedProof(head.proof.subarray(0, length))).toBeTypeOf('string')
  })
  test.each([
    ['a slot twice', [proof.slots[0]!, proof.slots[0]!]],
    ['a number above 2^53', [{ ...proof.slots[0]!, seq: 2 ** 54 }]],
  ])('error: %s', (_, slots) => {
    expect(decodeEnclosedProof(encodeEnclosedProof({ ...proof, slots }))).toBeTypeOf('string')
  })
  const one = Uint8Array.of(0, 1, 0, 1, 0xc0)
  test.each([
    ['a path to a node that is not there', [0, 0, 1, 0, 0, 0, 0, 0, 0], /not there/],
    ['a node that no path uses', [...one, 0, 0, 0, 0, 0], /the one way/],
    ['a node given twice', [0, 2, 0, 1, 0xc0, 0, 1, 0xc0, 2, 0, 0, 0, 1, 0, 0, 0, 0], /the one way/],
    ['nodes out of turn', [0, 2, 0, 1, 0xc0, 0, 1, 0xc1, 2, 0, 1, 0, 0, 0, 0, 0, 0], /the one way/],
    ['a byte too many', [...one, 1, 0, 0, 0, 0, 0, 0, 0], /the one way/],
  ])('error: %s', (_, bytes, sentence) => {
    expect(decodeEnclosedProof(Uint8Array.from(bytes))).toMatch(sentence)
  })
  test('default: nodes that paths share are written once', () => {
    const shared = proof.slots.flatMap(({ nodes }) => nodes).reduce((sum, node) => sum + node.length, 0)
    expect(head.proof.length).toBeLessThan(shared)
  })
  test('error: more slots than fit', () => {
    expect(decodeEnclosedProof(Uint8Array.of(0, 0, 0, 255, 255, 255, 255))).toMatch(/does not fit/)
  })
  test('error: BUNDLE_BROKEN headers out of order', () => {
    const bytes = encodeBundle(crypto, bundle)
    const twice = encodeBundle(crypto, { ...bundle, headers: [bundle.headers[0]!, bundle.headers[0]!] })
    expect(decodeBundle(crypto, bytes).headers).toEqual(bundle.headers)
    expect(() => decodeBundle(crypto, twice)).toThrow(/Header 1 is out of order/)
  })
})

import { describe, expect, test } from 'vitest'
import { TwinError } from '../../../src/base/errors.ts'
import { type Hex, toHex } from '../../../src/base/hex.ts'
import { type Rpc, RpcRefusal } from '../../../src/chain/rpc.ts'
import type { Anchor } from '../../../src/proofs/anchor.ts'
import { createBatchCase } from '../../../src/proofs/frameRecord.ts'
import { encodeBlockHeader } from '../../../src/proofs/header/ethHeader.ts'
import { createHeaderProver, type HeaderProverParts } from '../../../workers/verify/headerProver.ts'
import { anchorState, provenBlock } from '../../support/provenChain.ts'
import { crypto } from '../../support/signers.ts'
import { createWorld, START_MS } from '../../support/world.ts'

const LOG: Hex = `0x${'a1'.repeat(20)}`
const { signal } = new AbortController()
const world = createWorld()
const device = world.add()
for (let n = 0; n < 6; n++) world.anchor([device.frame(START_MS + 5000 * n)])
const made = world.anchors[3]!
const state = anchorState(LOG, world.anchors.slice(0, 4))
const later = anchorState(LOG, world.anchors)
const hashOf = (block: object): Hex => toHex(crypto.keccak256(encodeBlockHeader(block)!))
const own = provenBlock(made.blockNumber, made.anchoredAtMs, `0x${'22'.repeat(32)}`, state.root)
const head = provenBlock(99, made.anchoredAtMs + 90_000, `0x${'33'.repeat(32)}`, later.root)
const anchor: Anchor = { ...made, blockHash: hashOf(own) }

type Nodes = readonly Uint8Array[]
const hex = (nodes: Nodes): Hex[] => nodes.map((node) => toHex(node))
const proofOf = (of: typeof state, change: (nodes: Nodes) => Nodes = (nodes) => nodes) => ({
  accountProof: hex(of.account),
  storageProof: [{ proof: hex(change(of.slot(anchor))) }],
})
const refuse = (): never => {
  throw new RpcRefusal(-32601, 'method not found')
}
const dead = (): never => {
  throw new TwinError('CHAIN_UNREACHABLE', 'The chain endpoint does not answer.')
}

/** What the endpoint answers to each question; honest unless changed. */
interface Answers {
  own(): unknown
  head(): unknown
  proofThere(): unknown
  proofNow(): unknown
}
const honest: Answers = {
  own: () => own,
  head: () => head,
  proofThere: () => proofOf(state),
  proofNow: () => proofOf(later),
}

async function prove(change: Partial<Answers> = {}, parts: Partial<HeaderProverParts> = {}) {
  const answers = { ...honest, ...change }
  const asked: string[] = []
  const rpc: Rpc = {
    url: 'http://rpc',
    async request(method, params) {
      asked.push(method)
      await Promise.resolve()
      if (method === 'eth_getBlockByHash') return answers.own()
      if (method === 'eth_getBlockByNumber') return answers.head()
      if (method !== 'eth_getProof') throw new Error(method)
      return typeof params[2] === 'object' ? answers.proofThere() : answers.proofNow()
    },
  }
  const prover = createHeaderProver({
    rpc,
    crypto,
    anchorLog: LOG,
    agreeOn: async () => true,
    stands: () => true,
    ...parts,
  })
  const batch = { ...createBatchCase(anchor), anchorState: 'confirmed' as const }
  const changed = await prover.prove(batch, signal)
  return { prover, batch, changed, asked, proof: batch.headerProof }
}

describe('createHeaderProver', () => {
  test('default: by the state of the anchor’s own block', async () => {
    const { proof, changed } = await prove()
    expect(changed).toBe(true)
    expect(proof).toMatchObject({
      state: 'proven',
      by: 'endpoints',
      block: made.blockNumber,
      blockHash: anchor.blockHash,
    })
  })
  test('behavior: where that state is gone, by the newest one, and the block’s own header', async () => {
    const { proof } = await prove({ proofThere: refuse })
    expect(proof).toMatchObject({ state: 'proven', block: 99, blockHash: hashOf(head) })
    if (proof?.state === 'proven') expect(proof.enclosed.map(({ number }) => number)).toEqual([made.blockNumber, 99])
  })
  test('behavior: what was proven once is not asked for again, and at once only once', async () => {
    const { prover, batch, asked } = await prove()
    const before = asked.length
    expect(await prover.prove(batch, signal)).toBe(false)
    const other = { ...createBatchCase(anchor), anchorState: 'confirmed' as const }
    expect(await Promise.all([prover.prove(other, signal), prover.prove(other, signal)])).toEqual([true, true])
    expect(asked.length).toBe(2 * before)
  })
  test.each(['claimed', 'absent', 'split', 'withdrawn'] as const)(
    'behavior: nothing is asked for an anchor that is %s',
    async (anchorState) => {
      const { prover, asked } = await prove()
      const before = asked.length
      expect(await prover.prove({ ...createBatchCase(anchor), anchorState }, signal)).toBe(false)
      expect(asked.length).toBe(before)
    },
  )
  test.each([
    ['has no such block', { own: () => null }, /no header of that block/],
    ['has no eth_getProof', { proofThere: refuse, proofNow: refuse }, /no storage proofs/],
    ['has no newest block', { proofThere: refuse, head: () => null }, /no newest block/],
    ['gives headers of another kind', { own: () => ({ hash: anchor.blockHash, number: '0x1' }) }, /no Ethereum header/],
    ['answers rubbish for a proof', { proofThere: () => 'proof', proofNow: () => [] }, /no storage proofs/],
    [
      'leaves the slot out',
      { proofThere: () => ({ accountProof: [], storageProof: [] }), proofNow: refuse },
      /no storage proofs/,
    ],
    [
      'gives nodes that are no bytes',
      { proofThere: () => ({ accountProof: ['0xz'], storageProof: [{ proof: [] }] }), proofNow: refuse },
      /no storage proofs/,
    ],
  ])('behavior: open, and never a failure, when the endpoint %s', async (_, change, sentence) => {
    const { proof } = await prove(change)
    expect(proof).toMatchObject({ state: 'open', sentence: expect.stringMatching(sentence) })
  })
  test('behavior: open when the other endpoints do not agree on the newest block', async () => {
    const { proof } = await prove({ proofThere: refuse }, { agreeOn: async () => false })
    expect(proof).toMatchObject({ state: 'open', sentence: expect.stringMatching(/nobody vouches/) })
  })
  const flip = (nodes: Nodes): Nodes =>
    nodes.map((node, i) => (i === nodes.length - 1 ? node.map((b, j) => (j === 9 ? b ^ 1 : b)) : node))
  test.each([
    ['alters a node', { proofThere: () => proofOf(state, flip) }, /does not hash/],
    ['cuts the proof', { proofThere: () => proofOf(state, (nodes) => nodes.slice(0, -1)) }, /ends before the key/],
    ['gives an empty proof', { proofThere: () => proofOf(state, () => []) }, /ends before the key/],
    ['reorders the nodes', { proofThere: () => proofOf(state, (nodes) => [...nodes].reverse()) }, /does not hash/],
    ['adds a node', { proofThere: () => proofOf(state, (nodes) => [...nodes, nodes[0]!]) }, /nodes follow/],
    [
      'gives the slot of another batch',
      { proofThere: () => ({ ...proofOf(state), storageProof: [{ proof: hex(state.slot(world.anchors[1]!)) }] }) },
      /Slot: /,
    ],
    ['gives the proof of another state', { proofThere: () => proofOf(later) }, /does not hash/],
    ['alters a field of the header', { own: () => ({ ...own, stateRoot: `0x${'44'.repeat(32)}` }) }, /hashes to 0x/],
    ['gives another block', { own: () => head }, /hashes to 0x/],
    [
      'alters a node of the newest state',
      { proofThere: refuse, proofNow: () => proofOf(later, flip) },
      /does not hash/,
    ],
  ])('error: failed when the endpoint %s', async (_, change, sentence) => {
    const { proof, batch } = await prove(change)
    expect(proof).toMatchObject({ state: 'failed', sentence: expect.stringMatching(sentence) })
    expect(batch.headerProof).toBe(proof)
  })
  test('behavior: while a reorg is under way a failure is not believed', async () => {
    const { proof, changed } = await prove({ own: () => head }, { stands: () => false })
    expect([proof, changed]).toEqual([null, false])
  })
  test('behavior: an endpoint that is away leaves everything as it was, and may be asked again', async () => {
    let away = true
    const { prover, batch, changed } = await prove({ own: () => (away ? dead() : own) })
    expect([batch.headerProof, changed]).toEqual([null, false])
    away = false
    expect(await prover.prove(batch, signal)).toBe(true)
    expect(batch.headerProof).toMatchObject({ state: 'proven' })
  })
})

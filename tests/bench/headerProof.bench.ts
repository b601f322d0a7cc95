import { verifyMerkleProof } from '@ethereumjs/mpt'
import { bench, describe } from 'vitest'
import { fromHex } from '../../src/base/hex.ts'
import { createBatchChecker } from '../../src/proofs/checkBatch.ts'
import { createDirectory } from '../../src/proofs/directory.ts'
import { explainFrame } from '../../src/proofs/explain.ts'
import { createBatchCase } from '../../src/proofs/frameRecord.ts'
import { anchorSlot } from '../../src/proofs/header/anchorSlot.ts'
import { createHeaderJudge } from '../../src/proofs/header/judgeHeaders.ts'
import { createSlotProver } from '../../src/proofs/header/slotProof.ts'
import { createTrieReader } from '../../src/proofs/header/trie.ts'
import { levelOf } from '../../src/proofs/judge.ts'
import { createTreeHash, inclusionPath, verifyInclusion } from '../../src/proofs/merkle.ts'
import { anchorState, proveBundle } from '../support/provenChain.ts'
import { crypto, p256 } from '../support/signers.ts'
import { createWorld, START_MS } from '../support/world.ts'

// One clicked device, all of whose data is local: signature, inclusion among 4,096 frames, headers hashed and linked, the
// account and the slot proven up to the state root, the explanation in words. Bar of the product: 5 ms.

const LEAVES = 4096
const world = createWorld()
const device = world.add()
const p256Device = world.add({ curve: 'p256' })
const frames = [device.frame(START_MS), p256Device.frame(START_MS)]
const tree = createTreeHash(crypto.keccak256)
const others = Array.from({ length: LEAVES - 2 }, (_, i) => tree.leaf(Uint8Array.of(i >> 8, i & 255)))
const leaves = [...frames.map((frame) => tree.leaf(frame)), ...others]
// the anchored batch itself is small; the path is that of a full one
const paths = frames.map((_, index) => inclusionPath(tree, leaves, index))
for (let n = 0; n < 8; n++) world.anchor(n === 5 ? frames : [world.add({ seed: 90 + n }).frame(START_MS)])
const bundle = proveBundle(world.bundle())
const anchor = bundle.anchors[5]!
const trusted = { by: 'pin', hashes: [bundle.head.hash] } as const
const directory = createDirectory(crypto)
for (const registration of world.registrations) directory.register(registration)
const checker = createBatchChecker({ crypto, p256, domain: world.domain, directory })

const root = (() => {
  let node = leaves.slice()
  while (node.length > 1)
    node = Array.from({ length: node.length / 2 }, (_, i) => tree.node(node[2 * i]!, node[2 * i + 1]!))
  return node[0]!
})()

async function prove(index: number): Promise<void> {
  const batch = createBatchCase(anchor)
  const [record] = await checker.checkFrames([{ bytes: frames[index]!, index, inclusionFault: null }], batch)
  if (!verifyInclusion(tree, leaves[index]!, index, LEAVES, paths[index]!, root)) throw new Error('not included')
  batch.headerProof = createHeaderJudge(crypto, bundle.contracts.anchorLog, bundle.headers).judge(anchor, trusted)
  if (levelOf(record!) !== 5) throw new Error(`level ${levelOf(record!)}`)
  explainFrame(crypto, world.domain, record!)
}

/** Median of many runs, in milliseconds. */
async function medianMs(run: () => Promise<unknown> | unknown, runs = 201): Promise<number> {
  for (let i = 0; i < 20; i++) await run()
  const times: number[] = []
  for (let i = 0; i < runs; i++) {
    const start = performance.now()
    await run()
    times.push(performance.now() - start)
  }
  return times.sort((a, b) => a - b)[runs >> 1]!
}

// a state as deep as a public chain's: many slots and accounts beside ours
const many = createWorld()
const busy = many.add()
for (let n = 0; n < 300; n++) many.anchor([busy.frame(START_MS + 1000 * n)])
const state = anchorState(bundle.contracts.anchorLog, many.anchors)
const prover = createSlotProver(crypto.keccak256)
const contract = fromHex(bundle.contracts.anchorLog)!
const slot = { account: state.account, slot: state.slot(many.anchors[123]!) }
const proveSlot = (): void => {
  const fault = prover.faultOf(state.root, contract, many.anchors[123]!, slot)
  if (fault) throw new Error(fault)
}

// the same two proofs by @ethereumjs/mpt, which checks nothing else either
const accountKey = crypto.keccak256(contract)
const slotKey = crypto.keccak256(anchorSlot(crypto.keccak256, fromHex(many.anchors[123]!.gateway)!, 123))
const trie = createTrieReader(crypto.keccak256)
const storageRoot = (trie.read(state.root, accountKey, slot.account) as Uint8Array).subarray(-65, -33)
const peerProve = async (): Promise<void> => {
  const account = await verifyMerkleProof(accountKey, slot.account.slice(), { root: state.root })
  const value = await verifyMerkleProof(slotKey, slot.slot.slice(), { root: storageRoot })
  if (!account || !value) throw new Error('the peer refuses')
}

const click = await medianMs(() => prove(0))
const clickP256 = await medianMs(() => prove(1))
const ours = await medianMs(proveSlot)
const peer = await medianMs(peerProve)
console.log(
  [
    `one clicked device, signature to header, ${bundle.headers.length} headers: ${click.toFixed(3)} ms secp256k1, ${clickP256.toFixed(3)} ms P-256 (bar 5 ms)`,
    `account and slot proof alone, ${slot.account.length + slot.slot.length} nodes: ${(1000 * ours).toFixed(0)} µs; @ethereumjs/mpt ${(1000 * peer).toFixed(0)} µs, ${(peer / ours).toFixed(1)} × as long`,
  ].join('\n'),
)

describe('one clicked device, its data local', () => {
  bench('secp256k1, signature to header', async () => prove(0), { time: 500 })
  bench('P-256, signature to header', async () => prove(1), { time: 500 })
  bench('account and slot proof alone', proveSlot, { time: 500 })
  bench('account and slot proof alone, @ethereumjs/mpt', peerProve, { time: 500 })
})

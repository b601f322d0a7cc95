import { encodeAbiParameters, keccak256, toHex as viemHex } from 'viem'
import { describe, expect, test } from 'vitest'
import { fromHex, type Hex, toHex } from '../../../../src/base/hex.ts'
import { anchorSlotHash } from '../../../../src/chain/confirmAnchor.ts'
import { anchorFieldsHash, anchorSlot } from '../../../../src/proofs/header/anchorSlot.ts'
import { encodeRlpList, encodeRlpString } from '../../../../src/proofs/header/rlp.ts'
import { createSlotProver } from '../../../../src/proofs/header/slotProof.ts'
import { anchorState } from '../../../support/provenChain.ts'
import { crypto } from '../../../support/signers.ts'
import { buildTrie } from '../../../support/trie.ts'
import { createWorld, START_MS } from '../../../support/world.ts'

const world = createWorld()
const device = world.add()
for (let n = 0; n < 12; n++) world.anchor([device.frame(START_MS + 5000 * n)])
const anchor = world.anchors[7]!
const LOG: Hex = `0x${'a1'.repeat(20)}`
const contract = fromHex(LOG)!
const state = anchorState(LOG, world.anchors)
const prover = createSlotProver(crypto.keccak256)
const proof = { account: state.account, slot: state.slot(anchor) }
const flipped = (bytes: Uint8Array, bit: number): Uint8Array => {
  const copy = bytes.slice()
  copy[bit >> 3]! ^= 1 << (bit & 7)
  return copy
}

describe('anchorSlot and anchorFieldsHash', () => {
  test('default: the slot is where Solidity keeps mapping(address => mapping(uint64 => bytes32)) at slot 1', () => {
    for (const [gateway, seq] of [
      [anchor.gateway, 7],
      [`0x${'ff'.repeat(20)}` as Hex, 0],
      [`0x${'01'.repeat(20)}` as Hex, 2 ** 53 - 1],
    ] as const) {
      const inner = keccak256(encodeAbiParameters([{ type: 'address' }, { type: 'uint256' }], [gateway, 1n]))
      const outer = keccak256(encodeAbiParameters([{ type: 'uint64' }, { type: 'bytes32' }], [BigInt(seq), inner]))
      expect(viemHex(anchorSlot(crypto.keccak256, fromHex(gateway)!, seq))).toBe(outer)
    }
  })
  test('default: the hash of the fields is the one that viem encodes', () => {
    for (const one of world.anchors) expect(toHex(anchorFieldsHash(crypto.keccak256, one))).toBe(anchorSlotHash(one))
  })
})

describe('createSlotProver', () => {
  test('default: every anchor of the state is proven', () => {
    for (const one of world.anchors)
      expect(prover.faultOf(state.root, contract, one, { ...proof, slot: state.slot(one) })).toBeNull()
  })
  test('error: not one flipped bit of the proof or the root is accepted', () => {
    let bits = 0
    for (const part of ['account', 'slot'] as const) {
      for (const [i, node] of proof[part].entries()) {
        for (let bit = 0; bit < 8 * node.length; bit++, bits++) {
          const nodes = proof[part].map((one, j) => (i === j ? flipped(one, bit) : one))
          if (prover.faultOf(state.root, contract, anchor, { ...proof, [part]: nodes }) === null)
            throw new Error(`bit ${bit} of ${part} node ${i} was accepted`)
        }
      }
    }
    expect(bits).toBeGreaterThan(8_000)
    for (let bit = 0; bit < 256; bit++)
      expect(prover.faultOf(flipped(state.root, bit), contract, anchor, proof)).not.toBeNull()
  })
  test.each([
    ['another batch root', { batchRoot: `0x${'11'.repeat(32)}` }],
    ['another log root', { logRoot: `0x${'11'.repeat(32)}` }],
    ['another log size', { logSize: 99 }],
    ['another count', { count: 99 }],
    ['another first time', { tMinMs: START_MS - 1 }],
    ['another last time', { tMaxMs: START_MS - 1 }],
    ['another body', { dataHash: `0x${'11'.repeat(32)}` }],
    ['another block time', { anchoredAtMs: anchor.anchoredAtMs + 1000 }],
    ['another number', { seq: 8 }],
    ['another gateway', { gateway: `0x${'11'.repeat(20)}` }],
  ] as const)('error: an anchor with %s', (_, change) => {
    expect(prover.faultOf(state.root, contract, { ...anchor, ...change }, proof)).toMatch(
      /another hash|not in the trie|does not hash/,
    )
  })
  test.each([
    ['another contract', fromHex(`0x${'a2'.repeat(20)}`)!, proof, /^Account: /],
    ['no nodes at all', contract, { account: [], slot: [] }, /^Account: The proof ends/],
    ['no nodes of the slot', contract, { ...proof, slot: [] }, /^Slot: The proof ends/],
    ['account and slot exchanged', contract, { account: proof.slot, slot: proof.account }, /^Account: Node 0/],
    ['a node too many', contract, { ...proof, account: [...proof.account, proof.account[0]!] }, /nodes follow/],
    ['the slot of another batch', contract, { ...proof, slot: state.slot(world.anchors[3]!) }, /^Slot: /],
  ] as const)('error: a proof with %s', (_, of, given, sentence) => {
    expect(prover.faultOf(state.root, of, anchor, given)).toMatch(sentence)
  })

  const accountKey = crypto.keccak256(contract)
  const four = (storageRoot: Uint8Array): Uint8Array[] => [
    encodeRlpString(Uint8Array.of(1)),
    encodeRlpString(new Uint8Array(0)),
    encodeRlpString(storageRoot),
    encodeRlpString(crypto.keccak256(contract)),
  ]
  const slotKey = crypto.keccak256(anchorSlot(crypto.keccak256, fromHex(anchor.gateway)!, anchor.seq))
  const under = (value: Uint8Array, account = four) => {
    const storage = buildTrie([[slotKey, value]])
    const top = buildTrie([[accountKey, encodeRlpList(account(storage.root))]])
    return prover.faultOf(top.root, contract, anchor, { account: top.proof(accountKey), slot: storage.proof(slotKey) })
  }
  const word = anchorFieldsHash(crypto.keccak256, anchor)
  test('default: a trie of this slot alone', () => {
    expect(under(encodeRlpString(word))).toBeNull()
  })
  test.each([
    ['an account of three parts', under(encodeRlpString(word), (root) => four(root).slice(0, 3)), /not in its form/],
    [
      'an account of five parts',
      under(encodeRlpString(word), (root) => [...four(root), four(root)[0]!]),
      /not in its form/,
    ],
    [
      'an account with a list',
      under(encodeRlpString(word), (root) => [encodeRlpList([]), ...four(root).slice(1)]),
      /form/,
    ],
    [
      'a code hash of 31 bytes',
      under(encodeRlpString(word), (r) => [...four(r).slice(0, 3), encodeRlpString(word.subarray(1))]),
      /form/,
    ],
    ['a value of 33 bytes', under(encodeRlpString(Uint8Array.of(...word, 1))), /no number of 32 bytes/],
    [
      'a value with a leading zero',
      under(encodeRlpString(Uint8Array.of(0, ...word.subarray(1)))),
      /no number of 32 bytes/,
    ],
    ['a value that is a list', under(encodeRlpList([encodeRlpString(word)])), /no number of 32 bytes/],
    ['an empty value', under(encodeRlpString(new Uint8Array(0))), /another hash/],
    ['a short value', under(encodeRlpString(Uint8Array.of(5))), /another hash/],
  ])('error: %s', (_, fault, sentence) => {
    expect(fault).toMatch(sentence)
  })
})

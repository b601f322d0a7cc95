import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { encodeRlpList, encodeRlpString } from '../../../../src/proofs/header/rlp.ts'
import { createTrieReader } from '../../../../src/proofs/header/trie.ts'
import { crypto } from '../../../support/signers.ts'
import { buildTrie } from '../../../support/trie.ts'

const trie = createTrieReader(crypto.keccak256)
const keyOf = (n: number): Uint8Array => crypto.keccak256(Uint8Array.of(n >> 8, n & 255))
const worth = (n: number): Uint8Array => crypto.keccak256(Uint8Array.of(7, n >> 8, n & 255))
const pairs = Array.from({ length: 200 }, (_, n) => [keyOf(n), worth(n)] as const)
const { root, proof } = buildTrie(pairs)
const key = keyOf(17)
const nodes = proof(key)
const flipped = (bytes: Uint8Array, bit: number): Uint8Array => {
  const copy = bytes.slice()
  copy[bit >> 3]! ^= 1 << (bit & 7)
  return copy
}

describe('createTrieReader', () => {
  test('default: every key of a trie is proven, with its value', () => {
    for (const [one, value] of pairs) expect(trie.read(root, one, proof(one))).toEqual(value)
  })
  test('default: a trie of one key is one leaf', () => {
    const single = buildTrie([[key, Uint8Array.of(5)]])
    expect(trie.read(single.root, key, single.proof(key))).toEqual(Uint8Array.of(5))
  })
  test('behavior: short nodes inside their parents are followed', () => {
    // two keys that differ in the last nibble only, with values of one byte: their leaves are short
    const twin = flipped(key, 8 * 31)
    const small = buildTrie([
      [key, Uint8Array.of(1)],
      [twin, Uint8Array.of(2)],
    ])
    expect(small.proof(key)).toHaveLength(1) // the extension holds the branch, and that the leaves
    expect(trie.read(small.root, key, small.proof(key))).toEqual(Uint8Array.of(1))
    expect(trie.read(small.root, twin, small.proof(twin))).toEqual(Uint8Array.of(2))
  })
  test('error: not one flipped bit of a proof is accepted', () => {
    let refused = 0
    let bits = 0
    nodes.forEach((node, i) => {
      for (let bit = 0; bit < 8 * node.length; bit++, bits++) {
        const altered = nodes.map((one, j) => (i === j ? flipped(one, bit) : one))
        if (typeof trie.read(root, key, altered) === 'string') refused++
      }
    })
    expect(bits).toBeGreaterThan(5_000)
    expect(refused).toBe(bits)
  })
  test('error: not one flipped bit of root or key is accepted', () => {
    for (let bit = 0; bit < 256; bit++) {
      expect(trie.read(flipped(root, bit), key, nodes)).toBeTypeOf('string')
      expect(trie.read(root, flipped(key, bit), nodes)).toBeTypeOf('string')
    }
  })
  test.each([
    ['no nodes', [], /ends before the key/],
    ['the last node missing', nodes.slice(0, -1), /ends before the key/],
    ['the first node missing', nodes.slice(1), /Node 0 .* does not hash/],
    ['nodes in reverse', [...nodes].reverse(), /Node 0 .* does not hash/],
    ['two nodes exchanged', [nodes[1]!, nodes[0]!, ...nodes.slice(2)], /Node 0 .* does not hash/],
    ['the first node twice', [nodes[0]!, ...nodes], /Node 1 .* does not hash/],
    ['the last node twice', [...nodes, nodes.at(-1)!], /1 nodes follow/],
    ['a stranger at the end', [...nodes, Uint8Array.of(0xc0)], /1 nodes follow/],
    ['an empty node', [new Uint8Array(0)], /does not hash/],
    ['the proof of another key', proof(keyOf(18)), /./],
    ['an empty list as a node', nodes.map(() => Uint8Array.of(0xc0)), /does not hash/],
  ])('error: refuses %s', (_, altered, sentence) => {
    expect(trie.read(root, key, altered)).toMatch(sentence)
  })
  test('error: that a key is absent proves nothing, however sound the nodes are', () => {
    const proofs = pairs.map(([one]) => proof(one))
    for (let n = 500; n < 520; n++) {
      const absent = keyOf(n)
      expect(trie.read(root, absent, proof(absent))).toMatch(/not in the trie|ends before/)
      for (const other of proofs) expect(trie.read(root, absent, other)).toBeTypeOf('string')
    }
  })
  test.each([
    ['a root of 31 bytes', root.subarray(1), key],
    ['a key of 31 bytes', root, key.subarray(1)],
    ['a key of 33 bytes', root, Uint8Array.of(...key, 0)],
  ])('args: %s', (_, badRoot, badKey) => {
    expect(trie.read(badRoot, badKey, nodes)).toBe('Root and key must have 32 bytes.')
  })

  const leafOf = (path: readonly number[], value = encodeRlpString(Uint8Array.of(1))): Uint8Array =>
    encodeRlpList([encodeRlpString(Uint8Array.from(path)), value])
  const empty = encodeRlpString(new Uint8Array(0))
  test.each([
    ['flags above three', leafOf([0x40, ...key]), /path that is not canonical/],
    ['an even path with a digit beside its flags', leafOf([0x21, ...key]), /path that is not canonical/],
    ['an empty path', encodeRlpList([empty, empty]), /path that is not canonical/],
    ['a path as a list', encodeRlpList([encodeRlpList([]), empty]), /path that is not canonical/],
    ['a path longer than the key', leafOf([0x20, ...key, 1]), /path that is not canonical/],
    ['a leaf of a shorter key', leafOf([0x20, ...key.subarray(0, 31)]), /shorter key/],
    ['a list as value', leafOf([0x20, ...key], encodeRlpList([])), /no value/],
    ['an extension by nothing', leafOf([0x00], encodeRlpString(root)), /extension by nothing/],
    ['a reference of 31 bytes', leafOf([0x00, ...key], encodeRlpString(root.subarray(1))), /31 bytes, expected 32/],
    ['three parts', encodeRlpList([empty, empty, empty]), /3 parts/],
    [
      'a branch with a value',
      encodeRlpList([...Array(16).fill(empty), encodeRlpString(Uint8Array.of(9))]),
      /holds a value/,
    ],
    ['a branch without the key', encodeRlpList(Array(17).fill(empty)), /not in the trie/],
    [
      'a long node inside its parent',
      encodeRlpList([...Array(16).fill(leafOf([0x20, ...key])), empty]),
      /should stand by itself/,
    ],
    ['rubbish', Uint8Array.of(1, 2, 3), /not canonical RLP/],
  ])('error: a root node that is honest about its hash, but %s', (_, node, sentence) => {
    expect(trie.read(crypto.keccak256(node), key, [node])).toMatch(sentence)
  })

  test('behavior: random tries of any size prove all their keys and nothing else (seed 11)', () => {
    const keys = fc.uniqueArray(fc.uint8Array({ minLength: 32, maxLength: 32 }), {
      minLength: 1,
      maxLength: 40,
      selector: (bytes) => bytes.join(),
    })
    fc.assert(
      fc.property(keys, fc.uint8Array({ minLength: 1, maxLength: 40 }), fc.nat(), (all, value, pick) => {
        const made = buildTrie(all.map((one) => [one, value]))
        for (const one of all) expect(trie.read(made.root, one, made.proof(one))).toEqual(value)
        const path = made.proof(all[pick % all.length]!)
        const bit = pick % (8 * path.at(-1)!.length)
        const altered = path.map((node, i) => (i === path.length - 1 ? flipped(node, bit) : node))
        expect(trie.read(made.root, all[pick % all.length]!, altered)).toBeTypeOf('string')
      }),
      { seed: 11, numRuns: 150 },
    )
  })
})

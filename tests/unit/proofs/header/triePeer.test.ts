import { createMerkleProof, createMPT, verifyMerkleProof } from '@ethereumjs/mpt'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { createTrieReader } from '../../../../src/proofs/header/trie.ts'
import { crypto } from '../../../support/signers.ts'
import { buildTrie } from '../../../support/trie.ts'

// The same tries and proofs beside @ethereumjs/mpt, an implementation by others.

const trie = createTrieReader(crypto.keccak256)
/** Keys that share long beginnings, so that extensions and short nodes inside their parents occur. */
const keyOf = (n: number): Uint8Array => {
  const key = crypto.keccak256(Uint8Array.of(n % 7))
  key[31] = n & 255
  if (n % 3 === 0) key[20]! ^= n
  return key
}
const keys = fc.uniqueArray(fc.nat(255), { minLength: 1, maxLength: 40 })

async function peerOf(numbers: readonly number[], value: Uint8Array) {
  const peer = await createMPT()
  for (const n of numbers) await peer.put(keyOf(n), value)
  return peer
}

describe('createTrieReader beside @ethereumjs/mpt', () => {
  test('default: the same roots, and what the one proves the other accepts (seed 21)', async () => {
    await fc.assert(
      fc.asyncProperty(keys, fc.uint8Array({ minLength: 1, maxLength: 33 }), async (numbers, value) => {
        const peer = await peerOf(numbers, value)
        const own = buildTrie(numbers.map((n) => [keyOf(n), value]))
        expect(peer.root()).toEqual(own.root)
        for (const n of numbers) {
          // the peer lists nodes that stand inside their parents once more by themselves
          const nodes = (await createMerkleProof(peer, keyOf(n))).filter((node, i) => i === 0 || node.length >= 32)
          expect(nodes).toEqual(own.proof(keyOf(n)))
          expect(trie.read(peer.root(), keyOf(n), nodes)).toEqual(value)
          expect(await verifyMerkleProof(keyOf(n), own.proof(keyOf(n)), { root: own.root })).toEqual(value)
        }
      }),
      { seed: 21, numRuns: 40 },
    )
  })
  test('error: whatever this one accepts of an altered proof, the other accepts too: it is never laxer (seed 22)', async () => {
    let accepted = 0
    await fc.assert(
      fc.asyncProperty(keys, fc.nat(), fc.nat(), fc.nat(3), async (numbers, pick, bit, kind) => {
        const value = Uint8Array.of(7, 8, 9)
        const own = buildTrie(numbers.map((n) => [keyOf(n), value]))
        const key = keyOf(numbers[pick % numbers.length]!)
        const nodes = own.proof(key).map((node) => node.slice())
        const node = nodes[bit % nodes.length]!
        if (kind === 0) node[(bit >> 3) % node.length]! ^= 1 << (bit & 7)
        if (kind === 1) nodes.splice(bit % nodes.length, 1)
        if (kind === 2) nodes.splice(bit % nodes.length, 0, node)
        const found = trie.read(own.root, key, nodes)
        if (typeof found === 'string') return
        accepted++
        expect(kind).toBe(3) // untouched
        expect(await verifyMerkleProof(key, nodes, { root: own.root })).toEqual(found)
      }),
      { seed: 22, numRuns: 400 },
    )
    expect(accepted).toBeGreaterThan(50)
  })
})

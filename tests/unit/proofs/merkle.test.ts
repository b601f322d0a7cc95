import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { fromHex, toHex } from '../../../src/base/hex.ts'
import { createFrontier } from '../../../src/proofs/frontier.ts'
import {
  consistencyPath,
  createTreeHash,
  inclusionPath,
  rootOf,
  verifyConsistency,
  verifyInclusion,
} from '../../../src/proofs/merkle.ts'
import { crypto } from '../../support/signers.ts'

// Entries and roots of the reference test of Certificate Transparency (google/certificate-transparency,
// cpp/merkletree/merkle_tree_test.cc; the same entries are used by RFC 9162 implementations), SHA-256.
const ENTRIES = ['', '00', '10', '2021', '3031', '40414243', '5051525354555657', '606162636465666768696a6b6c6d6e6f']
const ROOTS = [
  'e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855',
  '6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d',
  'fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125',
  'aeb6bcfe274b70a14fb067a5e5578264db0fa9b51af5e0ba159158f329e06e77',
  'd37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7',
  '4e3bbb1f7b478dcfe71fb631631519a3bca12c9aefca1612bfce4c13a86264d4',
  '76e67dadbcdf1e10e1b74ddc608abd2f98dfb16fbce75277b5232a127f2087ef',
  'ddb89be403809e325750d3d263cd78929c2942b7942a34b77e122c9594a74c8c',
  '5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328',
]
const sha = createTreeHash(crypto.sha256)
const tree = createTreeHash(crypto.keccak256)
const leavesOf = (n: number): Uint8Array[] =>
  Array.from({ length: n }, (_, i) => tree.leaf(Uint8Array.of(i & 255, i >> 8)))
const flipped = (bytes: Uint8Array, bit: number): Uint8Array =>
  bytes.map((byte, i) => (i === bit >> 3 ? byte ^ (1 << (bit & 7)) : byte))

describe('rootOf', () => {
  test('default: the published roots of 0 to 8 entries', () => {
    const leaves = ENTRIES.map((entry) => sha.leaf(fromHex(`0x${entry}`)!))
    expect(ROOTS.map((_, n) => toHex(rootOf(sha, leaves.slice(0, n))).slice(2))).toEqual(ROOTS)
  })
  test('behavior: the frontier gives the same root at every size', () => {
    const frontier = createFrontier(tree)
    const leaves = leavesOf(70)
    expect(frontier.root()).toEqual(rootOf(tree, []))
    leaves.forEach((leaf, i) => {
      frontier.append(leaf)
      expect(frontier.root()).toEqual(rootOf(tree, leaves.slice(0, i + 1)))
    })
    expect(frontier.size).toBe(70)
  })
})

describe('verifyInclusion', () => {
  test('default: every leaf of every size up to 40', () => {
    const leaves = leavesOf(40)
    for (let n = 1; n <= 40; n++) {
      const some = leaves.slice(0, n)
      const root = rootOf(tree, some)
      for (let i = 0; i < n; i++) {
        const path = inclusionPath(tree, some, i)
        expect(verifyInclusion(tree, some[i]!, i, n, path, root)).toBe(true)
        for (let j = 0; j < n; j++) if (j !== i) expect(verifyInclusion(tree, some[i]!, j, n, path, root)).toBe(false)
      }
    }
  })
  test('behavior: every single bit of leaf, path and root counts', () => {
    const leaves = leavesOf(11)
    const root = rootOf(tree, leaves)
    const path = inclusionPath(tree, leaves, 9)
    for (let bit = 0; bit < 256; bit++) {
      expect(verifyInclusion(tree, flipped(leaves[9]!, bit), 9, 11, path, root)).toBe(false)
      expect(verifyInclusion(tree, leaves[9]!, 9, 11, path, flipped(root, bit))).toBe(false)
      path.forEach((hash, k) => {
        const bad = path.with(k, flipped(hash, bit))
        expect(verifyInclusion(tree, leaves[9]!, 9, 11, bad, root)).toBe(false)
      })
    }
  })
  test('error: tricks with sizes, depths and kinds of node', () => {
    const leaves = leavesOf(8)
    const root = rootOf(tree, leaves)
    const path = inclusionPath(tree, leaves, 3)
    const left = tree.node(leaves[2]!, leaves[3]!)
    const bad: readonly (readonly [string, boolean])[] = [
      ['a node under the true size', verifyInclusion(tree, left, 1, 8, path.slice(1), root)],
      ['an empty path', verifyInclusion(tree, leaves[3]!, 3, 8, [], root)],
      ['an empty path to itself in a larger tree', verifyInclusion(tree, root, 0, 8, [], root)],
      ['a path too short', verifyInclusion(tree, leaves[3]!, 3, 8, path.slice(0, -1), root)],
      ['a path too long', verifyInclusion(tree, leaves[3]!, 3, 8, [...path, path[0]!], root)],
      ['a size of 0', verifyInclusion(tree, leaves[3]!, 0, 0, [], root)],
      ['an index at the size', verifyInclusion(tree, leaves[3]!, 8, 8, path, root)],
      ['a negative index', verifyInclusion(tree, leaves[3]!, -1, 8, path, root)],
      ['a fractional index', verifyInclusion(tree, leaves[3]!, 2.5, 8, path, root)],
      ['a smaller size', verifyInclusion(tree, leaves[3]!, 3, 4, path, root)],
      ['a larger size', verifyInclusion(tree, leaves[3]!, 3, 16, path, root)],
      ['a hash of 31 bytes', verifyInclusion(tree, leaves[3]!, 3, 8, [path[0]!.slice(1), ...path.slice(1)], root)],
    ]
    expect(bad.filter(([, accepted]) => accepted).map(([trick]) => trick)).toEqual([])
  })
  test('behavior: a node is never the hash of an entry, whatever the entry', () => {
    const [a, b] = leavesOf(2)
    const entry = new Uint8Array([...a!, ...b!])
    expect(tree.leaf(entry)).not.toEqual(tree.node(a!, b!))
  })
})

describe('verifyConsistency', () => {
  test('default: every pair of sizes up to 24, and no other pair of sizes or roots', () => {
    const leaves = leavesOf(24)
    const roots = Array.from({ length: 25 }, (_, n) => rootOf(tree, leaves.slice(0, n)))
    for (let m = 0; m <= 24; m++) {
      for (let n = m; n <= 24; n++) {
        const path = consistencyPath(tree, leaves.slice(0, n), m)
        expect(verifyConsistency(tree, m, n, roots[m]!, roots[n]!, path)).toBe(true)
        if (m > 0 && m < n) {
          expect(verifyConsistency(tree, m, n, flipped(roots[m]!, 3), roots[n]!, path)).toBe(false)
          expect(verifyConsistency(tree, m, n, roots[m]!, flipped(roots[n]!, 3), path)).toBe(false)
          expect(verifyConsistency(tree, m, n, roots[m]!, roots[n]!, path.slice(0, -1))).toBe(false)
          expect(verifyConsistency(tree, m, n, roots[m]!, roots[n]!, [...path, roots[1]!])).toBe(false)
          path.forEach((hash, k) => {
            expect(verifyConsistency(tree, m, n, roots[m]!, roots[n]!, path.with(k, flipped(hash, 200)))).toBe(false)
          })
        }
      }
    }
  })
  test('error: a rewritten log has no proof (seeded)', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 30 }), fc.integer({ min: 0, max: 29 }), fc.nat(29), (n, extra, at) => {
        const leaves = leavesOf(n + extra + 1)
        const old = leaves.slice(0, n)
        const rewritten = leaves.with(at % n, tree.leaf(Uint8Array.of(9, 9, 9)))
        const path = consistencyPath(tree, rewritten, n)
        return !verifyConsistency(tree, n, rewritten.length, rootOf(tree, old), rootOf(tree, rewritten), path)
      }),
      { seed: 3, numRuns: 200 },
    )
  })
  test('error: sizes the wrong way round, and from nothing to something with a path', () => {
    const leaves = leavesOf(5)
    const root = rootOf(tree, leaves)
    expect(verifyConsistency(tree, 5, 3, root, root, [])).toBe(false)
    expect(verifyConsistency(tree, 0, 5, tree.empty(), root, [root])).toBe(false)
    expect(verifyConsistency(tree, 0, 5, root, root, [])).toBe(false)
    expect(verifyConsistency(tree, 5, 5, root, root, [root])).toBe(false)
    expect(verifyConsistency(tree, 4, 5, root, root, [])).toBe(false)
  })
})

import { describe, expect, test } from 'vitest'
import { fromHex, toHex } from '../../src/base/hex.ts'
import {
  consistencyPath,
  createTreeHash,
  inclusionPath,
  rootOf,
  verifyConsistency,
  verifyInclusion,
} from '../../src/proofs/merkle.ts'
import { crypto } from '../support/signers.ts'

// Entries, roots, inclusion and consistency proofs of the reference test of Certificate Transparency
// (google/certificate-transparency, cpp/merkletree/merkle_tree_test.cc; transparency-dev/merkle,
// testonly/reference_test.go), SHA-256. The tree of RFC 6962 is the tree of RFC 9162.

const bytes = (hex: string): Uint8Array => fromHex(`0x${hex}`)!
const tree = createTreeHash(crypto.sha256)
const leaves = ['', '00', '10', '2021', '3031', '40414243', '5051525354555657', '606162636465666768696a6b6c6d6e6f'].map(
  (entry) => tree.leaf(bytes(entry)),
)
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
].map(bytes)

const INCLUSION = [
  { index: 0, size: 1, path: [] },
  {
    index: 0,
    size: 8,
    path: [
      '96a296d224f285c67bee93c30f8a309157f0daa35dc5b87e410b78630a09cfc7',
      '5f083f0a1a33ca076a95279832580db3e0ef4584bdff1f54c8a360f50de3031e',
      '6b47aaf29ee3c2af9af889bc1fb9254dabd31177f16232dd6aab035ca39bf6e4',
    ],
  },
  {
    index: 5,
    size: 8,
    path: [
      'bc1a0643b12e4d2d7c77918f44e0f4f79a838b6cf9ec5b5c283e1f4d88599e6b',
      'ca854ea128ed050b41b35ffc1b87b8eb2bde461e9e3b5596ece6b9d5975a0ae0',
      'd37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7',
    ],
  },
  { index: 2, size: 3, path: ['fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125'] },
  {
    index: 1,
    size: 5,
    path: [
      '6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d',
      '5f083f0a1a33ca076a95279832580db3e0ef4584bdff1f54c8a360f50de3031e',
      'bc1a0643b12e4d2d7c77918f44e0f4f79a838b6cf9ec5b5c283e1f4d88599e6b',
    ],
  },
].map(({ path, ...rest }) => ({ ...rest, path: path.map(bytes) }))

const CONSISTENCY = [
  { from: 1, to: 1, path: [] },
  {
    from: 1,
    to: 8,
    path: [
      '96a296d224f285c67bee93c30f8a309157f0daa35dc5b87e410b78630a09cfc7',
      '5f083f0a1a33ca076a95279832580db3e0ef4584bdff1f54c8a360f50de3031e',
      '6b47aaf29ee3c2af9af889bc1fb9254dabd31177f16232dd6aab035ca39bf6e4',
    ],
  },
  {
    from: 6,
    to: 8,
    path: [
      '0ebc5d3437fbe2db158b9f126a1d118e308181031d0a949f8dededebc558ef6a',
      'ca854ea128ed050b41b35ffc1b87b8eb2bde461e9e3b5596ece6b9d5975a0ae0',
      'd37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7',
    ],
  },
  {
    from: 2,
    to: 5,
    path: [
      '5f083f0a1a33ca076a95279832580db3e0ef4584bdff1f54c8a360f50de3031e',
      'bc1a0643b12e4d2d7c77918f44e0f4f79a838b6cf9ec5b5c283e1f4d88599e6b',
    ],
  },
].map(({ path, ...rest }) => ({ ...rest, path: path.map(bytes) }))

const hex = (path: readonly Uint8Array[]): string[] => path.map(toHex)
const flipped = (hash: Uint8Array): Uint8Array => hash.map((byte, i) => (i === 7 ? byte ^ 0x10 : byte))

/** Every way of spoiling a path that the reference test tries. */
const spoilt = (path: readonly Uint8Array[], root: Uint8Array): [string, Uint8Array[]][] => [
  ...path.map((hash, k): [string, Uint8Array[]] => [`hash ${k} altered`, path.with(k, flipped(hash))]),
  ...path.map((_, k): [string, Uint8Array[]] => [`hash ${k} left out`, path.filter((__, i) => i !== k)]),
  ['the root appended', [...path, root]],
  ['the root put before', [root, ...path]],
  ['nothing appended', [...path, new Uint8Array(0)]],
  ['zeros appended', [...path, new Uint8Array(32)]],
  ['zeros put before', [new Uint8Array(32), ...path]],
  ...(path.length > 0 ? [['emptied', []] as [string, Uint8Array[]]] : []),
  ...(path.length > 1 ? [['reversed', [...path].reverse()] as [string, Uint8Array[]]] : []),
]

describe('RFC 9162 trees', () => {
  test('default: the published roots of 0 to 8 entries', () => {
    expect(ROOTS.map((_, n) => toHex(rootOf(tree, leaves.slice(0, n))))).toEqual(hex(ROOTS))
    expect(toHex(tree.empty())).toBe(toHex(ROOTS[0]!))
  })
  test.each(INCLUSION)(
    'default: the published path of leaf $index of $size is made, and accepted',
    ({ index, size, path }) => {
      expect(hex(inclusionPath(tree, leaves.slice(0, size), index))).toEqual(hex(path))
      expect(verifyInclusion(tree, leaves[index]!, index, size, path, ROOTS[size]!)).toBe(true)
    },
  )
  test.each(CONSISTENCY)(
    'default: the published proof from $from to $to is made, and accepted',
    ({ from, to, path }) => {
      expect(hex(consistencyPath(tree, leaves.slice(0, to), from))).toEqual(hex(path))
      expect(verifyConsistency(tree, from, to, ROOTS[from]!, ROOTS[to]!, path)).toBe(true)
    },
  )
  test.each(INCLUSION)('error: every spoilt path of leaf $index of $size', ({ index, size, path }) => {
    const leaf = leaves[index]!
    const root = ROOTS[size]!
    const accepted = [
      ...spoilt(path, root).filter(([, bad]) => verifyInclusion(tree, leaf, index, size, bad, root)),
      ...[-1, 1, 0.5, 2 ** 53].filter((d) => verifyInclusion(tree, leaf, index + d, size, path, root)),
      // not "one less": sizes 7 and 8 give leaf 0 the same turns, and the RFC lets the root decide between them
      ...[-size, -size / 2, 0.5, Infinity].filter((d) => verifyInclusion(tree, leaf, index, size + d, path, root)),
      ...ROOTS.filter((other) => other !== root && verifyInclusion(tree, leaf, index, size, path, other)),
      ...leaves.filter((other) => other !== leaf && verifyInclusion(tree, other, index, size, path, root)),
    ]
    expect(accepted).toEqual([])
  })
  test.each(CONSISTENCY)('error: every spoilt proof from $from to $to', ({ from, to, path }) => {
    const [old, now] = [ROOTS[from]!, ROOTS[to]!]
    const accepted = [
      ...spoilt(path, now).filter(([, bad]) => verifyConsistency(tree, from, to, old, now, bad)),
      ...[flipped(old), ...(from === to ? [] : [now])].filter((o) => verifyConsistency(tree, from, to, o, now, path)),
      ...[flipped(now), ...(from === to ? [] : [old])].filter((n) => verifyConsistency(tree, from, to, old, n, path)),
      ...[-1, 0.5, to].filter((d) => verifyConsistency(tree, from + d, to, old, now, path)),
    ]
    expect(accepted).toEqual([])
  })
})

describe('what is no tree', () => {
  test('error: nothing is included in a tree of size 0, its own root least of all', () => {
    for (const leaf of [tree.empty(), tree.leaf(new Uint8Array(0)), ...leaves]) {
      for (const index of [0, 1, -1]) {
        expect(verifyInclusion(tree, leaf, index, 0, [], tree.empty())).toBe(false)
        expect(verifyInclusion(tree, leaf, index, 0, [leaf], tree.empty())).toBe(false)
      }
    }
  })
  test('behavior: every tree grows from the empty one, with an empty proof and the empty root only', () => {
    for (const [size, root] of ROOTS.entries()) {
      expect(verifyConsistency(tree, 0, size, tree.empty(), root, [])).toBe(true)
      expect(verifyConsistency(tree, 0, size, tree.empty(), root, [root])).toBe(false)
      if (size > 0) expect(verifyConsistency(tree, 0, size, root, root, [])).toBe(false)
      if (size > 0) expect(verifyConsistency(tree, size, 0, root, tree.empty(), [])).toBe(false)
    }
  })
  test('error: a leaf as a node, a node as a leaf, and a path of the wrong depth, at every place of every size', () => {
    let tried = 0
    for (let size = 2; size <= 8; size++) {
      const root = ROOTS[size]!
      for (let index = 0; index < size; index++) {
        const path = inclusionPath(tree, leaves.slice(0, size), index)
        const sibling = path[0]!
        const inner = [tree.node(leaves[index]!, sibling), tree.node(sibling, leaves[index]!)]
        for (const node of inner) {
          // a node in place of the leaf below it, at its own place in the row above
          expect(verifyInclusion(tree, node, index, size, path.slice(1), root)).toBe(false)
          expect(verifyInclusion(tree, node, index >> 1, size, path.slice(1), root)).toBe(false)
          // an entry made of two hashes does not hash to their node
          expect(
            verifyInclusion(tree, tree.leaf(new Uint8Array([...leaves[index]!, ...sibling])), index, size, path, root),
          ).toBe(false)
          tried++
        }
        expect(verifyInclusion(tree, root, index, size, [], root)).toBe(false)
        expect(verifyInclusion(tree, leaves[index]!, index, size, [...path, root], root)).toBe(false)
        expect(verifyInclusion(tree, leaves[index]!, index, size, path.slice(0, -1), root)).toBe(false)
      }
    }
    expect(tried).toBe(70)
  })
})

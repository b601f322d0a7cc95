import { sameBytes } from '../base/hex.ts'
import type { Hash } from './crypto.ts'

// The tree of RFC 9162, section 2.1, over any hash: leaf = H(0x00 ‖ entry), node = H(0x01 ‖ left ‖ right).
// Sizes are part of every proof, so a leaf cannot pass for a node nor a position for another.

export interface TreeHash {
  leaf(entry: Uint8Array): Uint8Array
  node(left: Uint8Array, right: Uint8Array): Uint8Array
  /** Root of the tree without entries: hash of nothing. */
  empty(): Uint8Array
}

const LEAF = Uint8Array.of(0)

export function createTreeHash(hash: Hash): TreeHash {
  const pair = new Uint8Array(65)
  pair[0] = 1
  return {
    leaf: (entry) => hash(entry, LEAF),
    node(left, right) {
      pair.set(left, 1)
      pair.set(right, 33)
      return hash(pair)
    },
    empty: () => hash(new Uint8Array(0)),
  }
}

/** Root over leaf hashes. The last node of an odd row rises as it is, which gives RFC 9162's left-full shape. */
export function rootOf(tree: TreeHash, leaves: readonly Uint8Array[]): Uint8Array {
  if (leaves.length === 0) return tree.empty()
  let row: Uint8Array[] = leaves.slice()
  while (row.length > 1) {
    let n = 0
    for (let i = 0; i + 1 < row.length; i += 2) row[n++] = tree.node(row[i]!, row[i + 1]!)
    if (row.length % 2 === 1) row[n++] = row[row.length - 1]!
    row = row.slice(0, n)
  }
  return row[0]!
}

/** The largest power of two below n. */
function splitOf(n: number): number {
  let k = 1
  while (2 * k < n) k *= 2
  return k
}

/** The proof that leaf `index` stands under the root of `leaves` (RFC 9162, 2.1.3.1), from the leaf upwards. */
export function inclusionPath(tree: TreeHash, leaves: readonly Uint8Array[], index: number): Uint8Array[] {
  if (!(index >= 0 && index < leaves.length)) throw new RangeError(`Leaf ${index} is not among ${leaves.length}.`)
  if (leaves.length === 1) return []
  const k = splitOf(leaves.length)
  return index < k
    ? [...inclusionPath(tree, leaves.slice(0, k), index), rootOf(tree, leaves.slice(k))]
    : [...inclusionPath(tree, leaves.slice(k), index - k), rootOf(tree, leaves.slice(0, k))]
}

const isSize = (n: number): boolean => Number.isSafeInteger(n) && n >= 0

/** Whether `path` leads from leaf `index` of `size` to `root` (RFC 9162, 2.1.3.2). Nothing is included in a tree of size 0. */
export function verifyInclusion(
  tree: TreeHash,
  leaf: Uint8Array,
  index: number,
  size: number,
  path: readonly Uint8Array[],
  root: Uint8Array,
): boolean {
  if (!isSize(index) || !isSize(size) || index >= size || !path.every((hash) => hash.length === 32)) return false
  let fn = index
  let sn = size - 1
  let r = leaf
  for (const p of path) {
    if (sn === 0) return false
    if (fn % 2 === 1 || fn === sn) {
      r = tree.node(p, r)
      while (fn % 2 === 0 && fn !== 0) {
        fn /= 2
        sn = Math.floor(sn / 2)
      }
    } else r = tree.node(r, p)
    fn = Math.floor(fn / 2)
    sn = Math.floor(sn / 2)
  }
  return sn === 0 && sameBytes(r, root)
}

/** The proof that the tree of the first `oldSize` leaves is a beginning of this one (RFC 9162, 2.1.4.1). */
export function consistencyPath(tree: TreeHash, leaves: readonly Uint8Array[], oldSize: number): Uint8Array[] {
  if (!(oldSize >= 0 && oldSize <= leaves.length))
    throw new RangeError(`Size ${oldSize} is not within ${leaves.length}.`)
  if (oldSize === 0 || oldSize === leaves.length) return []
  return subProof(tree, leaves, oldSize, true)
}

function subProof(tree: TreeHash, leaves: readonly Uint8Array[], m: number, whole: boolean): Uint8Array[] {
  if (m === leaves.length) return whole ? [] : [rootOf(tree, leaves)]
  const k = splitOf(leaves.length)
  return m <= k
    ? [...subProof(tree, leaves.slice(0, k), m, whole), rootOf(tree, leaves.slice(k))]
    : [...subProof(tree, leaves.slice(k), m - k, false), rootOf(tree, leaves.slice(0, k))]
}

/**
 * Whether the tree (newSize, newRoot) begins with the tree (oldSize, oldRoot) (RFC 9162, 2.1.4.2).
 * Sizes that the RFC leaves open: from 0 only the empty root and an empty path pass; equal sizes need equal roots and an empty path.
 */
export function verifyConsistency(
  tree: TreeHash,
  oldSize: number,
  newSize: number,
  oldRoot: Uint8Array,
  newRoot: Uint8Array,
  path: readonly Uint8Array[],
): boolean {
  if (!isSize(oldSize) || !isSize(newSize) || oldSize > newSize || !path.every((hash) => hash.length === 32))
    return false
  if (oldSize === newSize) return path.length === 0 && sameBytes(oldRoot, newRoot)
  if (oldSize === 0) return path.length === 0 && sameBytes(oldRoot, tree.empty())
  const isPowerOfTwo = splitOf(oldSize + 1) === oldSize
  const [first, ...rest] = isPowerOfTwo ? [oldRoot, ...path] : path
  if (!first) return false
  let fn = oldSize - 1
  let sn = newSize - 1
  while (fn % 2 === 1) {
    fn = Math.floor(fn / 2)
    sn = Math.floor(sn / 2)
  }
  let fr = first
  let sr = first
  for (const c of rest) {
    if (sn === 0) return false
    if (fn % 2 === 1 || fn === sn) {
      fr = tree.node(c, fr)
      sr = tree.node(c, sr)
      while (fn % 2 === 0 && fn !== 0) {
        fn /= 2
        sn = Math.floor(sn / 2)
      }
    } else sr = tree.node(sr, c)
    fn = Math.floor(fn / 2)
    sn = Math.floor(sn / 2)
  }
  return sn === 0 && sameBytes(fr, oldRoot) && sameBytes(sr, newRoot)
}

import { encodeRlpList, encodeRlpString } from '../../src/proofs/header/rlp.ts'
import { crypto } from './signers.ts'

interface Entry {
  readonly nibbles: readonly number[]
  readonly value: Uint8Array
}

interface Node {
  readonly bytes: Uint8Array
  /** The node below that leads to a key; null at a leaf, or where the key is not in the trie. */
  next(nibbles: readonly number[]): Node | null
}

const nibblesOf = (key: Uint8Array): number[] => [...key].flatMap((byte) => [byte >> 4, byte & 15])
const EMPTY = encodeRlpString(new Uint8Array(0))

/** A path as the trie writes it: the flags' nibble first, and a zero one after it when the length is even. */
function hexPrefix(nibbles: readonly number[], isLeaf: boolean): Uint8Array {
  const flag = (isLeaf ? 2 : 0) + (nibbles.length % 2)
  const all = nibbles.length % 2 === 1 ? [flag, ...nibbles] : [flag, 0, ...nibbles]
  return encodeRlpString(Uint8Array.from({ length: all.length / 2 }, (_, i) => 16 * all[2 * i]! + all[2 * i + 1]!))
}

/** How a parent names a node: by hash, or by the node itself when it is short. */
const refOf = ({ bytes }: Node): Uint8Array => (bytes.length < 32 ? bytes : encodeRlpString(crypto.keccak256(bytes)))

function nodeOf(entries: readonly Entry[], depth: number): Node {
  const { nibbles: first, value } = entries[0]!
  if (entries.length === 1) {
    const bytes = encodeRlpList([hexPrefix(first.slice(depth), true), encodeRlpString(value)])
    return { bytes, next: () => null }
  }
  let shared = depth
  while (entries.every(({ nibbles }) => nibbles[shared] === first[shared])) shared++
  if (shared > depth) {
    const child = nodeOf(entries, shared)
    const bytes = encodeRlpList([hexPrefix(first.slice(depth, shared), false), refOf(child)])
    const follows = (key: readonly number[]): boolean =>
      key.slice(depth, shared).every((n, i) => n === first[depth + i])
    return { bytes, next: (key) => (follows(key) ? child : null) }
  }
  const children = Array.from({ length: 16 }, (_, digit) => {
    const below = entries.filter(({ nibbles }) => nibbles[depth] === digit)
    return below.length > 0 ? nodeOf(below, depth + 1) : null
  })
  const bytes = encodeRlpList([...children.map((child) => (child ? refOf(child) : EMPTY)), EMPTY])
  return { bytes, next: (key) => children[key[depth]!] ?? null }
}

/**
 * A Merkle-Patricia trie of 32-byte keys, built plainly and without cunning, for tests.
 *
 * Returns  its root, and for each key the nodes that lead towards it; short nodes stand inside their parents
 */
export function buildTrie(pairs: readonly (readonly [key: Uint8Array, value: Uint8Array])[]) {
  const top = nodeOf(
    pairs.map(([key, value]) => ({ nibbles: nibblesOf(key), value })),
    0,
  )
  return {
    root: crypto.keccak256(top.bytes),
    proof(key: Uint8Array): Uint8Array[] {
      const nibbles = nibblesOf(key)
      const nodes = [top.bytes]
      for (let node = top.next(nibbles); node; node = node.next(nibbles)) {
        if (node.bytes.length >= 32) nodes.push(node.bytes)
      }
      return nodes
    },
  }
}

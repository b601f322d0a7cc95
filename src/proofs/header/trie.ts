import { sameBytes } from '../../base/hex.ts'
import type { Hash } from '../crypto.ts'
import { createRlpList, type RlpList, readRlpList } from './rlp.ts'

// The modified Merkle-Patricia trie of the Ethereum Yellow Paper, appendix D, over keys that were hashed to 32 bytes.
// A proof is the path's nodes from the root down: one node each step, in that order, and not one more.

const NIBBLES = 64
const HASH_BYTES = 32

/** Reads values out of tries by proof. One per thread: it owns scratch memory. */
export interface TrieReader {
  /**
   * Follows a proof from the root to the value of a key.
   *
   * Returns  the value as a view into the last node; or the one sentence that says why the proof does not hold.
   *          That a key is absent is such a sentence too: nothing here is proven by absence.
   */
  read(root: Uint8Array, key: Uint8Array, nodes: readonly Uint8Array[]): Uint8Array | string
}

export function createTrieReader(keccak256: Hash): TrieReader {
  const items = createRlpList(17)
  return {
    read(root, key, nodes) {
      if (root.length !== HASH_BYTES || key.length !== HASH_BYTES) return 'Root and key must have 32 bytes.'
      let expected = root // the hash that the next node must have
      let depth = 0 // nibbles of the key that are behind
      for (let n = 0; n < nodes.length; n++) {
        const bytes = nodes[n]!
        if (!sameBytes(keccak256(bytes), expected)) return `Node ${n} of the proof does not hash to its reference.`
        let from = 0
        let to = bytes.length
        // nodes of fewer than 32 bytes stand inside their parent; so one node of the proof may hold several of the path
        for (;;) {
          if (!readRlpList(bytes, from, to, items)) return `Node ${n} of the proof is not canonical RLP.`
          let child: number
          if (items.count === 17) {
            if (depth === NIBBLES) return `Node ${n} of the proof branches below the end of the key.`
            if (items.isList[16] === 1 || items.from[16] !== items.to[16])
              return `Node ${n} of the proof holds a value.`
            child = nibbleAt(key, depth++)
          } else if (items.count === 2) {
            const length = matchPath(bytes, items, key, depth)
            if (length < 0) return PATH_FAULTS[-length - 1]!.replace('#', String(n))
            depth += length
            if (isLeaf(bytes, items)) {
              if (depth !== NIBBLES) return `Node ${n} of the proof is a leaf of a shorter key.`
              if (n !== nodes.length - 1) return `${nodes.length - 1 - n} nodes follow the last one of the path.`
              return items.isList[1] === 1 ? `Node ${n} of the proof has no value.` : view(bytes, items, 1)
            }
            if (length === 0) return `Node ${n} of the proof is an extension by nothing.`
            child = 1
          } else return `Node ${n} of the proof has ${items.count} parts, expected 2 or 17.`
          if (items.isList[child] === 0) {
            const size = items.to[child]! - items.from[child]!
            if (size === 0) return 'The key is not in the trie.'
            if (size !== HASH_BYTES) return `Node ${n} of the proof refers to a node by ${size} bytes, expected 32.`
            expected = view(bytes, items, child)
            break
          }
          from = items.at[child]!
          to = items.to[child]!
          if (to - from >= HASH_BYTES) return `Node ${n} of the proof holds a node that should stand by itself.`
        }
      }
      return 'The proof ends before the key does.'
    },
  }
}

const PATH_FAULTS = ['Node # of the proof has a path that is not canonical.', 'The key is not in the trie.'] as const
const BAD_PATH = -1
const OTHER_KEY = -2

const view = (bytes: Uint8Array, items: RlpList, i: number): Uint8Array => bytes.subarray(items.from[i]!, items.to[i]!)
const nibbleAt = (key: Uint8Array, n: number): number => (n % 2 === 0 ? key[n >> 1]! >> 4 : key[n >> 1]! & 15)
const isLeaf = (bytes: Uint8Array, items: RlpList): boolean => bytes[items.from[0]!]! >= 0x20

/** How many nibbles of the key the path of a two-part node covers; negative when it is not canonical, or not the key's. */
function matchPath(bytes: Uint8Array, items: RlpList, key: Uint8Array, depth: number): number {
  const from = items.from[0]!
  const size = items.to[0]! - from
  if (items.isList[0] === 1 || size === 0) return BAD_PATH
  const flags = bytes[from]! >> 4
  if (flags > 3) return BAD_PATH
  const isOdd = flags % 2 === 1
  if (!isOdd && (bytes[from]! & 15) !== 0) return BAD_PATH
  const length = 2 * (size - 1) + (isOdd ? 1 : 0)
  if (depth + length > NIBBLES) return BAD_PATH
  const skip = isOdd ? 1 : 2 // nibbles of the flags
  for (let i = 0; i < length; i++) {
    const place = skip + i
    const byte = bytes[from + (place >> 1)]!
    if ((place % 2 === 0 ? byte >> 4 : byte & 15) !== nibbleAt(key, depth + i)) return OTHER_KEY
  }
  return length
}

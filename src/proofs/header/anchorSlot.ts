import { fromHex } from '../../base/hex.ts'
import type { Anchor } from '../anchor.ts'
import type { Hash } from '../crypto.ts'

const MAPPING_SLOT = 1 // `anchorHash` in AnchorLog: after `gateways`; the owner is immutable and has no slot
const WORD = 32

/** The number as the last bytes of word `word`, big-endian, as the EVM pads it. */
function putNumber(words: Uint8Array, word: number, value: number): void {
  let rest = value
  for (let at = WORD * (word + 1) - 1; rest > 0; at--) {
    words[at] = rest % 256
    rest = Math.floor(rest / 256)
  }
}
const putBytes = (words: Uint8Array, word: number, bytes: Uint8Array): void =>
  words.set(bytes, WORD * (word + 1) - bytes.length)

/** Where AnchorLog keeps the hash of a batch: `anchorHash[gateway][seq]`, as Solidity lays out nested mappings. */
export function anchorSlot(keccak256: Hash, gateway: Uint8Array, seq: number): Uint8Array {
  const words = new Uint8Array(2 * WORD)
  putBytes(words, 0, gateway)
  putNumber(words, 1, MAPPING_SLOT)
  const inner = keccak256(words)
  words.fill(0)
  putNumber(words, 0, seq)
  putBytes(words, 1, inner)
  return keccak256(words)
}

/** Every field of the anchor, each in a word of its own: gateway and number, then the words of the event's data. */
export function anchorWords(anchor: Anchor): Uint8Array {
  const words = new Uint8Array(10 * WORD)
  putBytes(words, 0, fromHex(anchor.gateway)!)
  putNumber(words, 1, anchor.seq)
  putBytes(words, 2, fromHex(anchor.batchRoot)!)
  putBytes(words, 3, fromHex(anchor.logRoot)!)
  putNumber(words, 4, anchor.logSize)
  putNumber(words, 5, anchor.count)
  putNumber(words, 6, anchor.tMinMs)
  putNumber(words, 7, anchor.tMaxMs)
  putBytes(words, 8, fromHex(anchor.dataHash)!)
  putNumber(words, 9, anchor.anchoredAtMs / 1000)
  return words
}

/** What the slot must hold: the hash of every field of the anchor. */
export const anchorFieldsHash = (keccak256: Hash, anchor: Anchor): Uint8Array => keccak256(anchorWords(anchor))

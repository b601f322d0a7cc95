import { fromHex, sameBytes } from '../../base/hex.ts'
import type { Anchor } from '../anchor.ts'
import type { Hash } from '../crypto.ts'
import { anchorFieldsHash, anchorSlot } from './anchorSlot.ts'
import { createRlpList, readRlpList, readRlpString } from './rlp.ts'
import { createTrieReader } from './trie.ts'

/** Nodes that lead from a state root to a contract's account, and from its storage root to one slot. */
export interface SlotProof {
  readonly account: readonly Uint8Array[]
  readonly slot: readonly Uint8Array[]
}

/** Checks slots against state roots. One per thread: it owns scratch memory. */
export interface SlotProver {
  /** Why the contract's slot does not hold the hash of all fields of this anchor under this state root; null when it does. */
  faultOf(stateRoot: Uint8Array, anchorLog: Uint8Array, anchor: Anchor, proof: SlotProof): string | null
}

export function createSlotProver(keccak256: Hash): SlotProver {
  const trie = createTrieReader(keccak256)
  const account = createRlpList(4)

  /** The storage root in an account's value, or why there is none. */
  const storageRootOf = (value: Uint8Array): Uint8Array | string => {
    const sound =
      readRlpList(value, 0, value.length, account) &&
      account.count === 4 &&
      account.isList.every((list) => list === 0) &&
      account.to[2]! - account.from[2]! === 32 &&
      account.to[3]! - account.from[3]! === 32
    return sound ? value.subarray(account.from[2]!, account.to[2]!) : 'The contract’s account is not in its form.'
  }

  return {
    faultOf(stateRoot, anchorLog, anchor, proof) {
      const found = trie.read(stateRoot, keccak256(anchorLog), proof.account)
      if (typeof found === 'string') return `Account: ${found}`
      const storageRoot = storageRootOf(found)
      if (typeof storageRoot === 'string') return storageRoot
      const slot = anchorSlot(keccak256, fromHex(anchor.gateway)!, anchor.seq)
      const value = trie.read(storageRoot, keccak256(slot), proof.slot)
      if (typeof value === 'string') return `Slot: ${value}`
      const held = readRlpString(value)
      if (!held || held.length > 32 || held[0] === 0) return 'Slot: Its value is no number of 32 bytes.'
      const word = new Uint8Array(32)
      word.set(held, 32 - held.length)
      const same = sameBytes(word, anchorFieldsHash(keccak256, anchor))
      return same ? null : 'The contract holds another hash for this batch than its fields have.'
    },
  }
}

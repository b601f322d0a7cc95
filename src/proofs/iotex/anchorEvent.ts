import { fromHex, type Hex, sameBytes } from '../../base/hex.ts'
import { utf8 } from '../../model/hash.ts'
import type { Anchor } from '../anchor.ts'
import type { Hash } from '../crypto.ts'
import { anchorWords } from '../header/anchorSlot.ts'
import { toIotexAddress } from './address.ts'
import type { FinalIotexBlock } from './block.ts'

const EVENT = 'BatchAnchored(address,uint64,bytes32,bytes32,uint64,uint32,uint64,uint64,bytes32,uint64)'
const WORD = 32

/** Whether a successful receipt of the block holds the event of this very anchor, by this contract. */
export function hasAnchorEvent(keccak256: Hash, block: FinalIotexBlock, anchorLog: Hex, anchor: Anchor): boolean {
  const contract = toIotexAddress(fromHex(anchorLog)!)
  const words = anchorWords(anchor) // gateway, seq, then the event's data
  const topics = [keccak256(utf8(EVENT)), words.subarray(0, WORD), words.subarray(WORD, 2 * WORD)]
  const data = words.subarray(2 * WORD)
  return block.receipts.some(
    ({ status, height, actHash, logs }) =>
      status === 1 &&
      height === block.height &&
      logs.some(
        (log) =>
          log.contract === contract &&
          log.height === block.height &&
          sameBytes(log.actHash, actHash) &&
          log.topics.length === topics.length &&
          log.topics.every((topic, i) => sameBytes(topic, topics[i]!)) &&
          sameBytes(log.data, data),
      ),
  )
}

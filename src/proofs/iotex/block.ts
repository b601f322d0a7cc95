import type { ProofCrypto } from '../crypto.ts'
import { checkpointFault, type IotexCheckpoint } from './checkpoint.ts'
import { addressOfKey, countEndorsements } from './endorsements.ts'
import { decodeIotexHeader } from './header.ts'
import { type IotexReceipt, readReceipts } from './receipts.ts'

/** A block as a node keeps it, each part as its protobuf bytes. A relay may deliver it: nothing of it is believed. */
export interface IotexBlockParts {
  readonly header: Uint8Array
  readonly footer: Uint8Array
  readonly receipts: readonly Uint8Array[] // all of them, in order
}

/** A block that the delegates of a checkpoint made final. */
export interface FinalIotexBlock {
  readonly height: number
  readonly timeMs: number
  readonly hash: Uint8Array
  readonly receipts: readonly IotexReceipt[]
  readonly endorsements: number
}

/**
 * Verifies an IoTeX block without a node: its hash, the producer's signature, the endorsements of more than two thirds
 * of the checkpoint's delegates, and the receipts under its receipt root.
 *
 * This is weakly subjective. It is as good as the checkpoint: that those 24 keys were the epoch's delegates, that the
 * checkpoint is fresh, and that fewer than a third of them endorse two blocks of one height. Roll-DPoS is final at
 * once, so nothing later can take such a block back; but a checkpoint says nothing of any other epoch.
 *
 * Returns  the block, or the one sentence that says why it is not proven
 */
export function verifyIotexBlock(
  crypto: ProofCrypto,
  { header: bytes, footer, receipts: encoded }: IotexBlockParts,
  checkpoint: IotexCheckpoint,
  chainId: number,
  nowMs: number,
): FinalIotexBlock | string {
  const header = decodeIotexHeader(bytes)
  if (typeof header === 'string') return header
  const { height, timeMs, producerKey, signature } = header
  const fault = checkpointFault(checkpoint, chainId, height, nowMs)
  if (fault) return fault
  if (!checkpoint.delegates.includes(addressOfKey(crypto, producerKey)))
    return 'The block’s producer is no delegate of this epoch.'
  if (signature.length !== 65) return 'The header bears no signature of its producer.'
  if (!crypto.verifySecp256k1(signature.subarray(0, 64), producerKey, crypto.keccak256(header.core)))
    return 'The producer’s signature does not belong to the header.'
  const hash = crypto.keccak256(bytes)
  const endorsements = countEndorsements(crypto, footer, hash, checkpoint.delegates)
  if (typeof endorsements === 'string') return endorsements
  const receipts = readReceipts(crypto.keccak256, encoded, header.receiptRoot)
  if (typeof receipts === 'string') return receipts
  return { height, timeMs, hash, receipts, endorsements }
}

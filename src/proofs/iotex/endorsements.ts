import { blake2b } from '@noble/hashes/blake2.js'
import { type Hex, toHex } from '../../base/hex.ts'
import type { ProofCrypto } from '../crypto.ts'
import { DELEGATES } from './checkpoint.ts'
import { bytesOf, readProto } from './protobuf.ts'
import { type IotexTime, readTime } from './time.ts'

// iotextypes.BlockFooter: endorsements = 1 (repeated), timestamp = 2. Endorsement: timestamp 1, endorser's key 2,
// signature 3. What a delegate signs: keccak256(blake2b-256(ConsensusVote) ‖ seconds u64 ‖ nanos u32), both numbers
// little-endian (iotex-core, endorsement/endorsement.go and pkg/util/byteutil); ConsensusVote: blockHash 1, topic 2.

/** A block is final when more than two thirds of the delegates endorse it (rolldpos/roundctx.go): 17 of 24. */
export const ENDORSEMENTS_NEEDED = Math.floor((2 * DELEGATES) / 3) + 1

const COMMIT = 2 // ConsensusVote.Topic: PROPOSAL 0, LOCK 1, COMMIT 2

/** The hash of the vote to commit a block. */
function commitVoteHash(blockHash: Uint8Array): Uint8Array {
  const vote = new Uint8Array(36)
  vote.set([0x0a, 32])
  vote.set(blockHash, 2)
  vote.set([0x10, COMMIT], 34)
  return blake2b(vote, { dkLen: 32 })
}

/** The address of an uncompressed key: the last 20 bytes of its hash, as on Ethereum. */
export const addressOfKey = ({ keccak256 }: ProofCrypto, key: Uint8Array): Hex =>
  toHex(keccak256(key.subarray(1)).subarray(12))

/**
 * Counts the delegates that endorsed the commit of a block in its footer. Strict: whatever in the footer is not the
 * valid endorsement of a delegate who has not endorsed before spoils it whole.
 *
 * Returns  how many did, when they are enough; else one sentence
 */
export function countEndorsements(
  crypto: ProofCrypto,
  footer: Uint8Array,
  blockHash: Uint8Array,
  delegates: readonly Hex[],
): number | string {
  const fields = readProto(footer, [1])
  if (!fields || fields.some(({ field, bytes }) => field > 2 || bytes === null)) return 'The footer is not canonical.'
  const time = bytesOf(fields, 2)
  if (time && !readTime(time)) return 'The footer’s time is none.'
  const signed = new Uint8Array(44)
  signed.set(commitVoteHash(blockHash))
  const digestAt = ({ seconds, nanos }: IotexTime): Uint8Array => {
    const view = new DataView(signed.buffer)
    view.setBigUint64(32, BigInt(seconds), true)
    view.setUint32(40, nanos, true)
    return crypto.keccak256(signed)
  }
  const seen = new Set<Hex>()
  for (const { field, bytes } of fields) {
    if (field !== 1) continue
    const endorsement = readProto(bytes!)
    const at = endorsement && readTime(bytesOf(endorsement, 1))
    const key = endorsement && bytesOf(endorsement, 2)
    const signature = endorsement && bytesOf(endorsement, 3)
    if (endorsement?.length !== 3 || !at || !key || !signature) return `Endorsement ${seen.size} is not in its form.`
    if (signature.length === 96)
      return 'The endorsements are BLS12-381 signatures (IIP-52), which this version cannot check.'
    if (key.length !== 65 || key[0] !== 4 || signature.length !== 65)
      return `Endorsement ${seen.size} is not in its form.`
    const who = addressOfKey(crypto, key)
    if (!delegates.includes(who)) return `${who} endorses, but is no delegate of this epoch.`
    if (seen.has(who)) return `${who} endorses twice.`
    if (!crypto.verifySecp256k1(signature.subarray(0, 64), key, digestAt(at)))
      return `The endorsement of ${who} does not commit this block.`
    seen.add(who)
  }
  if (seen.size < ENDORSEMENTS_NEEDED)
    return `${seen.size} of ${DELEGATES} delegates endorse the block, ${ENDORSEMENTS_NEEDED} are needed.`
  return seen.size
}

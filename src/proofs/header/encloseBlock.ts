import { toHex } from '../../base/hex.ts'
import type { BundleHeader } from '../bundle.ts'
import type { ProofCrypto } from '../crypto.ts'
import { type EnclosedProof, encodeEnclosedProof } from './enclosedProof.ts'
import { decodeEthHeader, encodeBlockHeader } from './ethHeader.ts'

/**
 * A block as JSON-RPC gives it, as a bundle encloses it. The hash is recomputed from the fields, never taken over.
 *
 * Returns  null when the fields are no Ethereum header: some chains answer in that form and hash something else
 */
export function encloseBlock(
  { keccak256 }: ProofCrypto,
  block: unknown,
  proof: EnclosedProof | null = null,
): BundleHeader | null {
  const header = encodeBlockHeader(block)
  if (!header) return null
  const read = decodeEthHeader(header)
  if (typeof read === 'string') return null
  return {
    number: read.number,
    hash: toHex(keccak256(header)),
    header,
    proof: proof ? encodeEnclosedProof(proof) : new Uint8Array(0),
  }
}

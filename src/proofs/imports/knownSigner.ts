import { fromHex, type Hex, sameBytes, toHex } from '../../base/hex.ts'
import type { ProofCrypto } from '../crypto.ts'

/** Somebody whose signature a reader is willing to believe: an address, and the key behind it when it is known. */
export interface KnownSigner {
  readonly address: Hex
  readonly publicKey: Uint8Array | null // 65, uncompressed
}

/** The last 20 bytes of keccak256(x ‖ y): how every format here names a key. */
export const addressOf = ({ keccak256 }: ProofCrypto, publicKey: Uint8Array): Uint8Array =>
  keccak256(publicKey.subarray(1)).slice(12)

/** A signer from an address (20 bytes) or an uncompressed public key (65 bytes) in hexadecimal; null when it is neither. */
export function readKnownSigner(crypto: ProofCrypto, text: string): KnownSigner | null {
  const bytes = fromHex(text.startsWith('0x') ? text : `0x${text}`)
  if (bytes?.length === 20) return { address: toHex(bytes), publicKey: null }
  if (bytes?.length !== 65 || bytes[0] !== 4) return null
  return { address: toHex(addressOf(crypto, bytes)), publicKey: bytes }
}

/** The signer of this address, if it is one of the known. */
export const signerAt = (signers: readonly KnownSigner[], address: Uint8Array): KnownSigner | null =>
  signers.find((signer) => sameBytes(fromHex(signer.address)!, address)) ?? null

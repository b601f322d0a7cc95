import { instantiateSecp256k1 } from '@bitauth/libauth'
import { createKeccak, createSHA256, type IHasher } from 'hash-wasm'
import { createFixedKeyVerifier } from './secp256k1/fixedKey.ts'
import { rememberKeys } from './secp256k1/rememberKeys.ts'

/** Hash of `prefix` followed by `bytes`, as 32 fresh bytes. */
export type Hash = (bytes: Uint8Array, prefix?: Uint8Array) => Uint8Array

/** The synchronous cryptography of a proof. Made once per thread and passed in. */
export interface ProofCrypto {
  readonly keccak256: Hash
  readonly sha256: Hash
  /** True when `signature` (r‖s, 64 bytes, low s) over `digest` belongs to `publicKey` (65 bytes). Never throws. */
  verifySecp256k1(signature: Uint8Array, publicKey: Uint8Array, digest: Uint8Array): boolean
  /** The key (65 bytes) under which `signature` over `digest` is valid, one for each `recoveryId`; null when there is none. */
  recoverSecp256k1(signature: Uint8Array, recoveryId: 0 | 1, digest: Uint8Array): Uint8Array | null
}

const hashBy =
  (hasher: IHasher): Hash =>
  (bytes, prefix) => {
    hasher.init()
    if (prefix) hasher.update(prefix)
    return hasher.update(bytes).digest('binary')
  }

/** WASM keccak, SHA-256 and libsecp256k1, and tables for keys that sign again, instantiated side by side. */
export async function createProofCrypto(): Promise<ProofCrypto> {
  const [keccak, sha256, secp256k1, fixedKeys] = await Promise.all([
    createKeccak(256),
    createSHA256(),
    instantiateSecp256k1(),
    createFixedKeyVerifier(),
  ])
  return {
    keccak256: hashBy(keccak),
    sha256: hashBy(sha256),
    verifySecp256k1: rememberKeys(secp256k1.verifySignatureCompactLowS, fixedKeys),
    recoverSecp256k1(signature, recoveryId, digest) {
      const key = secp256k1.recoverPublicKeyUncompressed(signature, recoveryId, digest)
      return typeof key === 'string' ? null : key
    },
  }
}

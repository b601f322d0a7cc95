import { createPrivateKey, createPublicKey, generateKeyPairSync, type KeyObject, sign } from 'node:crypto'
import { secp256k1 } from '@bitauth/libauth'
import { createProofCrypto, type ProofCrypto } from '../../src/proofs/crypto.ts'
import { type Curve, lowerS } from '../../src/proofs/curve.ts'
import { readSignedPart } from '../../src/proofs/decodeFrame.ts'
import { createDigester } from '../../src/proofs/digest.ts'
import { encodeSignedPart, joinSignature, type UnsignedFrame } from '../../src/proofs/encodeFrame.ts'
import { createFrameView, type FrameDomain, type FrameReading } from '../../src/proofs/frame.ts'
import { createP256Verifier } from '../../src/proofs/p256.ts'

export const crypto: ProofCrypto = await createProofCrypto()
export const p256 = createP256Verifier(globalThis.crypto.subtle)
const digester = createDigester(crypto)

export const DOMAIN: FrameDomain = { chainId: 31337, registry: new Uint8Array(20).fill(0xd1) }

/** A key pair that signs frames. The same seed gives the same secp256k1 key; P-256 keys are fresh. */
export interface TestSigner {
  readonly curve: Curve
  readonly publicKey: Uint8Array // 65
  readonly address: Uint8Array // 20
  sign(
    frame: Omit<UnsignedFrame, 'curve' | 'device' | 'domain'> & { domain?: FrameDomain; device?: Uint8Array },
  ): Uint8Array
  signBytes(signedPart: Uint8Array): Uint8Array
}

export function createTestSigner(curve: Curve, seed = 1): TestSigner {
  const privateKey = new Uint8Array(32).fill(seed)
  let node: KeyObject | null = null
  let publicKey: Uint8Array
  if (curve === 'secp256k1') publicKey = secp256k1.derivePublicKeyUncompressed(privateKey) as Uint8Array
  else {
    const pair = generateKeyPairSync('ec', { namedCurve: 'prime256v1' })
    node = createPrivateKey(pair.privateKey.export({ type: 'pkcs8', format: 'pem' }))
    publicKey = new Uint8Array(createPublicKey(node).export({ type: 'spki', format: 'der' }).subarray(-65))
  }
  const address = crypto.keccak256(publicKey.subarray(1)).slice(12)
  const signBytes = (signedPart: Uint8Array): Uint8Array => {
    const view = createFrameView()
    readSignedPart(signedPart, signedPart.length, view)
    view.signed = signedPart
    const signature = node
      ? lowerS(
          new Uint8Array(sign('sha256', digester.preimage(view), { key: node, dsaEncoding: 'ieee-p1363' })),
          'p256',
        )
      : (secp256k1.signMessageHashCompact(privateKey, digester.digest(view)) as Uint8Array)
    return joinSignature(signedPart, signature)
  }
  return {
    curve,
    publicKey,
    address,
    signBytes,
    sign: ({ domain = DOMAIN, device = address, ...frame }) =>
      signBytes(encodeSignedPart({ curve, domain, device, ...frame })),
  }
}

export const NO_PREV = new Uint8Array(32)

/** n readings of a metric, one each `stepMs`, rising by one. */
export const someReadings = (n: number, { metric = 1, stepMs = 1000, from = 100, flags = 1 } = {}): FrameReading[] =>
  Array.from({ length: n }, (_, i) => ({ dtMs: i * stepMs, metric, scale: 0, flags, value: from + i }))

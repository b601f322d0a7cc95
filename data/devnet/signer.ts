import { createPrivateKey, generateKeyPairSync, randomBytes, sign } from 'node:crypto'
import { instantiateSecp256k1 } from '@bitauth/libauth'
import { type Hex, toHex } from '../../src/base/hex.ts'
import type { ProofCrypto } from '../../src/proofs/crypto.ts'
import { type Curve, lowerS } from '../../src/proofs/curve.ts'
import { readSignedPart } from '../../src/proofs/decodeFrame.ts'
import { createDigester } from '../../src/proofs/digest.ts'
import { joinSignature } from '../../src/proofs/encodeFrame.ts'
import { createFrameView } from '../../src/proofs/frame.ts'

/** A device's key. The private half was made now, from the system's randomness, and is kept in memory only. */
export interface DeviceSigner {
  readonly curve: Curve
  readonly publicKey: Uint8Array // 65, uncompressed
  readonly addressBytes: Uint8Array // 20
  readonly address: Hex
  /** Signs the signed part of a frame. Returns the whole frame. */
  sign(signedPart: Uint8Array): Uint8Array
}

/** Makes device keys: secp256k1 by WASM, P-256 by the system's OpenSSL. */
export async function createSignerFactory(crypto: ProofCrypto): Promise<(curve: Curve) => DeviceSigner> {
  const secp256k1 = await instantiateSecp256k1(new Uint8Array(randomBytes(32)))
  const digester = createDigester(crypto)
  const view = createFrameView()
  const load = (signedPart: Uint8Array): void => {
    readSignedPart(signedPart, signedPart.length, view)
  }
  const finish = (curve: Curve, publicKey: Uint8Array, signatureOf: () => Uint8Array): DeviceSigner => {
    const addressBytes = crypto.keccak256(publicKey.subarray(1)).slice(12)
    return {
      curve,
      publicKey,
      addressBytes,
      address: toHex(addressBytes),
      sign(signedPart) {
        load(signedPart)
        return joinSignature(signedPart, signatureOf())
      },
    }
  }

  const secp = (): DeviceSigner => {
    let key: Uint8Array
    do key = new Uint8Array(randomBytes(32))
    while (!secp256k1.validatePrivateKey(key))
    const publicKey = secp256k1.derivePublicKeyUncompressed(key) as Uint8Array
    return finish(
      'secp256k1',
      publicKey,
      () => secp256k1.signMessageHashCompact(key, digester.digest(view)) as Uint8Array,
    )
  }
  const p256 = (): DeviceSigner => {
    const pair = generateKeyPairSync('ec', {
      namedCurve: 'prime256v1',
      publicKeyEncoding: { type: 'spki', format: 'der' },
      privateKeyEncoding: { type: 'pkcs8', format: 'der' },
    })
    const publicKey = new Uint8Array(pair.publicKey.subarray(-65))
    const key = createPrivateKey({ key: pair.privateKey, type: 'pkcs8', format: 'der' })
    return finish('p256', publicKey, () => {
      const signature = sign('sha256', digester.preimage(view), { key, dsaEncoding: 'ieee-p1363' })
      return lowerS(new Uint8Array(signature), 'p256')
    })
  }
  return (curve) => (curve === 'p256' ? p256() : secp())
}

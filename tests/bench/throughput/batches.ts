import { instantiateSecp256k1 } from '@bitauth/libauth'
import { toHex } from '../../../src/base/hex.ts'
import type { Anchor } from '../../../src/proofs/anchor.ts'
import { encodeBatch } from '../../../src/proofs/batch.ts'
import type { ProofCrypto } from '../../../src/proofs/crypto.ts'
import { type Curve, lowerS } from '../../../src/proofs/curve.ts'
import { readSignedPart } from '../../../src/proofs/decodeFrame.ts'
import { createDigester } from '../../../src/proofs/digest.ts'
import { createDirectory, type Directory } from '../../../src/proofs/directory.ts'
import { encodeSignedPart, joinSignature } from '../../../src/proofs/encodeFrame.ts'
import { createFrameView, type FrameDomain, type FrameReading, SIMULATED } from '../../../src/proofs/frame.ts'
import { createTreeHash, rootOf } from '../../../src/proofs/merkle.ts'

export const DOMAIN: FrameDomain = { chainId: 31337, registry: new Uint8Array(20).fill(0xd1) }
const START_MS = 1_750_000_000_000
const GATEWAY = new Uint8Array(20).fill(0x6a)
const HASH = { name: 'ECDSA', hash: 'SHA-256' } as const

/** One anchored batch, whole, as a gateway serves it, and the directory of its devices. */
export interface BenchBatch {
  readonly body: Uint8Array
  readonly frames: readonly Uint8Array[]
  readonly anchor: Anchor
  readonly directory: Directory
}

interface Signer {
  readonly publicKey: Uint8Array
  sign(digest: Uint8Array, preimage: Uint8Array): Promise<Uint8Array>
}

// one instance for all: hundreds of WASM memories would cost a browser its guard pages, and all of them their speed
const secp256k1Ready = instantiateSecp256k1()

/** A signer that works in Node and in a browser alike. secp256k1 keys are fixed; P-256 keys are fresh. */
async function createSigner(curve: Curve, index: number): Promise<Signer> {
  if (curve === 'secp256k1') {
    const secp256k1 = await secp256k1Ready
    const key = new Uint8Array(32).fill(1)
    new DataView(key.buffer).setUint32(0, index + 1)
    return {
      publicKey: secp256k1.derivePublicKeyUncompressed(key) as Uint8Array,
      sign: async (digest) => secp256k1.signMessageHashCompact(key, digest) as Uint8Array,
    }
  }
  const { subtle } = globalThis.crypto
  const pair = await subtle.generateKey({ name: 'ECDSA', namedCurve: 'P-256' }, true, ['sign', 'verify'])
  return {
    publicKey: new Uint8Array(await subtle.exportKey('raw', pair.publicKey)),
    sign: async (_digest, preimage) =>
      lowerS(new Uint8Array(await subtle.sign(HASH, pair.privateKey, preimage.slice())), 'p256'),
  }
}

/** A batch of one frame of each device. The same arguments give the same readings. */
export async function makeBatch(
  crypto: ProofCrypto,
  curve: Curve,
  devices: number,
  readingsPerFrame: number,
): Promise<BenchBatch> {
  const digester = createDigester(crypto)
  const view = createFrameView()
  const directory = createDirectory(crypto)
  const frames: Uint8Array[] = []
  const readings: FrameReading[] = Array.from({ length: readingsPerFrame }, (_, i) => ({
    dtMs: i * 1000,
    metric: 1,
    scale: -1,
    flags: SIMULATED,
    value: 1000 + i,
  }))
  for (let index = 0; index < devices; index++) {
    const signer = await createSigner(curve, index)
    const device = crypto.keccak256(signer.publicKey.subarray(1)).slice(12)
    directory.register({
      device: toHex(device),
      curve,
      publicKey: signer.publicKey,
      kind: 0,
      origin: 2,
      validFromMs: START_MS - 60_000,
      docHash: toHex(new Uint8Array(32)),
      blockNumber: 2,
      logIndex: index,
    })
    const unsigned = { curve, domain: DOMAIN, device, epoch: 0, seqFirst: 0, prev: new Uint8Array(32) }
    const signed = encodeSignedPart({ ...unsigned, t0Ms: START_MS, readings })
    readSignedPart(signed, signed.length, view)
    const preimage = digester.preimage(view).slice()
    frames.push(joinSignature(signed, await signer.sign(crypto.keccak256(preimage), preimage)))
  }
  const tree = createTreeHash(crypto.keccak256)
  const root = rootOf(
    tree,
    frames.map((frame) => tree.leaf(frame)),
  )
  const body = encodeBatch({ gateway: GATEWAY, seq: 0, frames })
  const none = toHex(new Uint8Array(32))
  const anchor: Anchor = {
    gateway: toHex(GATEWAY),
    seq: 0,
    batchRoot: toHex(root),
    logRoot: toHex(tree.leaf(root)),
    logSize: 1,
    count: frames.length,
    tMinMs: START_MS,
    tMaxMs: START_MS + 1000 * (readingsPerFrame - 1),
    dataHash: toHex(crypto.keccak256(body)),
    anchoredAtMs: START_MS + 300_000,
    blockNumber: 9,
    blockHash: none,
    txHash: none,
    logIndex: 0,
  }
  return { body, frames, anchor, directory }
}

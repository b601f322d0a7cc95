import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { secp256k1 } from '@bitauth/libauth'
import { describe, expect, test } from 'vitest'
import { fromHex, type Hex, toHex } from '../../src/base/hex.ts'
import type { Curve } from '../../src/proofs/curve.ts'
import { decodeFrame, listReadings } from '../../src/proofs/decodeFrame.ts'
import { createDigester, DOMAIN_TYPE, FRAME_TYPE, frameHash } from '../../src/proofs/digest.ts'
import { encodeSignedPart } from '../../src/proofs/encodeFrame.ts'
import { createFrameView, type FrameReading } from '../../src/proofs/frame.ts'
import { crypto, p256 } from '../support/signers.ts'

// The published files themselves, as a firmware engineer reads them.

interface Valid {
  readonly name: string
  readonly curve: Curve
  readonly privateKey: Hex
  readonly publicKey: Hex
  readonly device: Hex
  readonly chainId: number
  readonly registry: Hex
  readonly epoch: number
  readonly seqFirst: number
  readonly prevFrameHash: Hex
  readonly t0Ms: number
  readonly readings: readonly FrameReading[]
  readonly signedPart: Hex
  readonly preimage: Hex
  readonly digest: Hex
  readonly signature: Hex
  readonly frame: Hex
  readonly frameHash: Hex
}
interface Vectors {
  readonly valid: readonly Valid[]
  readonly wronglySigned: readonly {
    readonly name: string
    readonly frame: Hex
    readonly publicKey: Hex
    readonly curve: Curve
  }[]
  readonly malformed: readonly { readonly name: string; readonly frame: Hex }[]
}
const spec = (name: string): string => readFileSync(join(import.meta.dirname, '../../public/spec', name), 'utf8')
const vectors = JSON.parse(spec('frame-vectors.json')) as Vectors
const digester = createDigester(crypto)
const bytesOf = (hex: Hex): Uint8Array => fromHex(hex)!

const isSigned = (frame: Uint8Array, publicKey: Uint8Array): boolean | Promise<boolean> => {
  const view = createFrameView()
  if (decodeFrame(frame, view) !== null) return false
  return view.curve === 'p256'
    ? p256.verify(view.signature, publicKey, digester.preimage(view))
    : crypto.verifySecp256k1(view.signature, publicKey, digester.digest(view))
}

describe('frame-vectors.json', () => {
  test.each(vectors.valid)('default: $name', async (v) => {
    const view = createFrameView()
    expect(decodeFrame(bytesOf(v.frame), view)).toBeNull()
    expect(listReadings(view)).toEqual(v.readings)
    expect(toHex(view.device)).toBe(v.device)
    expect(toHex(crypto.keccak256(bytesOf(v.publicKey).subarray(1)).slice(12))).toBe(v.device)
    const domain = { chainId: v.chainId, registry: bytesOf(v.registry) }
    const fields = { ...v, domain, device: bytesOf(v.device), prev: bytesOf(v.prevFrameHash) }
    expect(toHex(encodeSignedPart(fields))).toBe(v.signedPart)
    expect(toHex(digester.preimage(view))).toBe(v.preimage)
    expect(toHex(digester.digest(view))).toBe(v.digest)
    expect(toHex(frameHash(crypto, view))).toBe(v.frameHash)
    expect(v.frame).toBe(`${v.signedPart}${v.signature.slice(2)}`)
    expect(await isSigned(bytesOf(v.frame), bytesOf(v.publicKey))).toBe(true)
    if (v.curve === 'secp256k1') {
      const again = secp256k1.signMessageHashCompact(bytesOf(v.privateKey), bytesOf(v.digest)) as Uint8Array
      expect(toHex(again)).toBe(v.signature)
    }
  })
  test('behavior: the second frame names the first', () => {
    expect(vectors.valid[1]!.prevFrameHash).toBe(vectors.valid[0]!.frameHash)
    expect(vectors.valid[1]!.seqFirst).toBe(vectors.valid[0]!.readings.length)
  })
  test.each(vectors.wronglySigned)('error: BAD_SIGNATURE $name', async ({ frame, publicKey }) => {
    expect(decodeFrame(bytesOf(frame), createFrameView())).toBeNull()
    expect(await isSigned(bytesOf(frame), bytesOf(publicKey))).toBe(false)
  })
  test.each(vectors.malformed)('error: MALFORMED $name', ({ frame }) => {
    expect(decodeFrame(bytesOf(frame), createFrameView())).toMatch(/\.$/)
  })
  test('behavior: bad vectors outnumber good ones', () => {
    expect(vectors.malformed.length + vectors.wronglySigned.length).toBeGreaterThan(5 * vectors.valid.length)
  })
})

describe('frame.md', () => {
  test('behavior: names the types that are hashed', () => {
    expect(spec('frame.md')).toContain(DOMAIN_TYPE)
    expect(spec('frame.md')).toContain(FRAME_TYPE)
  })
  test('behavior: the worked example is the first vector, byte for byte', () => {
    const [example, hashes] = [...spec('frame.md').matchAll(/```\n(4354[^`]*|domain separator[^`]*)```/g)].map(
      ([, block]) => block!,
    )
    const hex = example!
      .split('\n')
      .map((line) => line.split(/ {2,}/)[0]!.replaceAll(' ', ''))
      .join('')
    const [first] = vectors.valid
    expect(`0x${hex}`).toBe(first!.frame)
    const found = [...hashes!.matchAll(/[0-9a-f]{64}/g)].map(([hash]) => hash)
    const preimage = first!.preimage.slice(2)
    expect(found).toEqual([
      preimage.slice(4, 68),
      preimage.slice(68),
      first!.digest.slice(2),
      first!.frameHash.slice(2),
    ])
  })
})

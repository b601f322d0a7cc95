import { spawnSync } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { secp256k1 } from '@bitauth/libauth'
import { describe, expect, test } from 'vitest'
import { fromHex, type Hex, toHex } from '../../src/base/hex.ts'
import { DEVICE_KINDS, METRICS } from '../../src/model/device.ts'
import type { Curve } from '../../src/proofs/curve.ts'
import { decodeFrame, listReadings } from '../../src/proofs/decodeFrame.ts'
import { createDigester, DOMAIN_TYPE, FRAME_TYPE, frameHash } from '../../src/proofs/digest.ts'
import { ORIGIN_CODES } from '../../src/proofs/directory.ts'
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
  test('behavior: its table of metrics is the one that is used', () => {
    const rows = METRICS.map((m) => `| ${m.id} | ${m.title} | ${m.unit} | ${m.min} to ${m.max} | ${m.maxPerS} |`)
    const found = spec('frame.md').match(/^\| \d+ \| .* to -?\d+ \| \d+ \|$/gm)
    expect(found).toEqual(rows)
  })
  test('behavior: its lists of kinds and origins are in the order of their codes', () => {
    expect(spec('frame.md')).toContain(DEVICE_KINDS.join(', '))
    expect(ORIGIN_CODES).toEqual(['real-device', 'replayed', 'simulated'])
    expect(spec('frame.md')).toContain('0 of a real device, 1 replayed measurements, 2 simulated')
  })
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

describe('example-device.py', () => {
  const path = join(import.meta.dirname, '../../public/spec/example-device.py')
  const python = spawnSync('python3', ['--version']).status === 0
  const run = (...args: string[]) => spawnSync('python3', [path, ...args], { encoding: 'utf8' })
  const framesOf = (...args: string[]): Uint8Array[] =>
    run(...args)
      .stdout.trim()
      .split('\n')
      .map((line) => bytesOf(`0x${line}`))

  test('behavior: is at most 60 lines and imports nothing but the standard library', () => {
    const text = spec('example-device.py')
    expect(text.split('\n').length - 1).toBeLessThanOrEqual(60)
    const imports = text.match(/^(?:import|from) .*$/gm)
    expect(imports).toEqual(['import hmac, sys', 'from struct import pack, unpack_from'])
  })
  test('default: prints the worked example (skipped without python3)', () => {
    if (!python) return console.log('skipped: no python3 here')
    expect(run().stdout.trim()).toBe(vectors.valid[0]!.frame.slice(2))
  })
  test('behavior: frames of any key, chain and registry verify and follow each other (skipped without python3)', () => {
    if (!python) return console.log('skipped: no python3 here')
    for (let seed = 1; seed <= 6; seed++) {
      const key = bytesOf(toHex(crypto.keccak256(Uint8Array.of(seed))))
      const publicKey = secp256k1.derivePublicKeyUncompressed(key) as Uint8Array
      const registry = toHex(crypto.keccak256(Uint8Array.of(seed, 1))).slice(2, 42)
      const frames = framesOf(toHex(key), String(4689 * seed), registry, '4', String(1e12 * seed))
      let prev: Uint8Array = new Uint8Array(32)
      for (const [i, bytes] of frames.entries()) {
        const view = createFrameView()
        expect(decodeFrame(bytes, view)).toBeNull()
        expect(isSigned(bytes, publicKey)).toBe(true)
        expect(toHex(view.device)).toBe(toHex(crypto.keccak256(publicKey.subarray(1)).slice(12)))
        expect([view.chainId, toHex(view.registry).slice(2), view.seqFirst]).toEqual([4689 * seed, registry, 4 * i])
        expect(view.prev).toEqual(prev)
        prev = frameHash(crypto, view)
        // the library that signs the fleet's frames picks the same nonce
        expect(secp256k1.signMessageHashCompact(key, digester.digest(view))).toEqual(new Uint8Array(view.signature))
      }
      expect(frames).toHaveLength(4)
    }
  })
  test('error: what a script cannot read is said by Python, and no frame is printed (skipped without python3)', () => {
    if (!python) return console.log('skipped: no python3 here')
    for (const args of [
      ['zz'],
      ['1', 'x'],
      ['1', '1', 'ab'.repeat(21)],
      ['1', '1', 'xy'],
      ['1', '1', 'ab', 'x'],
      ['0'],
    ]) {
      const { status, stdout } = run(...args)
      expect([status, stdout]).toEqual([1, ''])
    }
  })
})

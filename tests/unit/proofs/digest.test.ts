import fc from 'fast-check'
import { type Hex, hashTypedData, hexToBytes, keccak256, toHex } from 'viem'
import { describe, expect, test } from 'vitest'
import { decodeFrame } from '../../../src/proofs/decodeFrame.ts'
import { createDigester, frameHash } from '../../../src/proofs/digest.ts'
import { createFrameView, type FrameView } from '../../../src/proofs/frame.ts'
import { createTestSigner, crypto, DOMAIN, NO_PREV, p256, someReadings } from '../../support/signers.ts'
import { typedFrame } from '../../support/typedFrame.ts'

const digester = createDigester(crypto)
const byViem = (view: FrameView): Hex => hashTypedData(typedFrame(view))

const decoded = (bytes: Uint8Array): FrameView => {
  const view = createFrameView()
  expect(decodeFrame(bytes, view)).toBeNull()
  return view
}

describe('createDigester', () => {
  const signer = createTestSigner('secp256k1')
  test('default: equals viem’s hashTypedData for any frame, chain and registry (seeded)', () => {
    fc.assert(
      fc.property(
        fc.record({
          chainId: fc.integer({ min: 1, max: Number.MAX_SAFE_INTEGER }),
          registry: fc.uint8Array({ minLength: 20, maxLength: 20 }),
          epoch: fc.integer({ min: 0, max: 0xffffffff }),
          seqFirst: fc.integer({ min: 1, max: 2 ** 50 }),
          prev: fc.uint8Array({ minLength: 32, maxLength: 32 }).filter((x) => x.some((b) => b > 0)),
          t0Ms: fc.integer({ min: 1, max: 2 ** 48 - 1 }),
          readings: fc.integer({ min: 1, max: 20 }).map((n) => someReadings(n)),
        }),
        ({ chainId, registry, ...frame }) => {
          const view = decoded(signer.sign({ ...frame, domain: { chainId, registry } }))
          expect(toHex(digester.digest(view))).toBe(byViem(view))
        },
      ),
      { seed: 5, numRuns: 40 },
    )
  })
  test('behavior: P-256 devices sign SHA-256 of the same preimage', async () => {
    const device = createTestSigner('p256')
    const view = decoded(device.sign({ epoch: 0, seqFirst: 0, prev: NO_PREV, t0Ms: 1, readings: someReadings(2) }))
    expect(toHex(digester.digest(view))).toBe(byViem(view))
    expect(keccak256(digester.preimage(view).slice())).toBe(byViem(view))
    expect(await p256.verify(view.signature, device.publicKey, digester.preimage(view))).toBe(true)
    const other = digester.preimage(view).slice()
    other[65] = other[65]! ^ 1
    expect(await p256.verify(view.signature, device.publicKey, other)).toBe(false)
  })
  test('behavior: every bit of the signed part changes the digest, or the frame is malformed', () => {
    const bytes = signer.sign({
      epoch: 0,
      seqFirst: 7,
      prev: NO_PREV.map(() => 3),
      t0Ms: 1e12,
      readings: someReadings(2),
    })
    const before = toHex(digester.digest(decoded(bytes)))
    let malformed = 0
    for (let bit = 0; bit < 8 * (bytes.length - 64); bit++) {
      const flipped = bytes.slice()
      flipped[bit >> 3] = flipped[bit >> 3]! ^ (1 << (bit & 7))
      const view = createFrameView()
      if (decodeFrame(flipped, view)) malformed++
      else if (crypto.verifySecp256k1(view.signature, signer.publicKey, digester.digest(view)))
        expect.fail(`bit ${bit}`)
      else expect(toHex(digester.digest(view))).not.toBe(before)
    }
    expect(malformed).toBeGreaterThan(50)
  })
  test('behavior: the previous-frame hash covers the signed bytes only', () => {
    const bytes = signer.sign({ epoch: 0, seqFirst: 0, prev: NO_PREV, t0Ms: 1, readings: someReadings(1) })
    expect(toHex(frameHash(crypto, decoded(bytes)))).toBe(keccak256(bytes.slice(0, -64)))
  })
  test('behavior: the domain is remembered, and told apart by each of its bytes', () => {
    const at = (registry: Uint8Array, chainId = 31337): string =>
      toHex(
        digester.digest(
          decoded(
            signer.sign({
              epoch: 0,
              seqFirst: 0,
              prev: NO_PREV,
              t0Ms: 1,
              readings: someReadings(1),
              domain: { chainId, registry },
            }),
          ),
        ),
      )
    const here = at(DOMAIN.registry)
    expect(at(hexToBytes(`0x${'d1'.repeat(19)}d2`))).not.toBe(here)
    expect(at(DOMAIN.registry, 31338)).not.toBe(here)
    expect(at(DOMAIN.registry)).toBe(here)
  })
})

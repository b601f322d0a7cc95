import { generateKeyPairSync, type KeyObject, sign } from 'node:crypto'
import { describe, expect, test } from 'vitest'
import { createP256Verifier } from '../../../src/proofs/p256.ts'

// A signature of node's own implementation; the verifier is handed arrays whose owner goes on using them.

const { subtle } = globalThis.crypto
const MESSAGE = new TextEncoder().encode('230.4 V at the door')

function pair(): { readonly privateKey: KeyObject; readonly publicKey: Uint8Array } {
  const { privateKey, publicKey } = generateKeyPairSync('ec', { namedCurve: 'prime256v1' })
  return { privateKey, publicKey: new Uint8Array(publicKey.export({ type: 'spki', format: 'der' }).subarray(-65)) }
}
const signed = (key: KeyObject): Uint8Array =>
  new Uint8Array(sign('sha256', MESSAGE, { key, dsaEncoding: 'ieee-p1363' }))

describe('createP256Verifier', () => {
  test('default: takes what the key signed, again and again', async () => {
    const { privateKey, publicKey } = pair()
    const verifier = createP256Verifier(subtle)
    const signature = signed(privateKey)
    for (let i = 0; i < 3; i++) expect(await verifier.verify(signature, publicKey, MESSAGE)).toBe(true)
  })
  test('behavior: a key is imported once, and again when its array holds another', async () => {
    const [mine, yours] = [pair(), pair()]
    let imports = 0
    const counting = {
      importKey: (...args: Parameters<SubtleCrypto['importKey']>) => {
        imports++
        return subtle.importKey(...args)
      },
      verify: (...args: Parameters<SubtleCrypto['verify']>) => subtle.verify(...args),
    } as SubtleCrypto
    const verifier = createP256Verifier(counting)
    const slot = mine.publicKey.slice()
    expect(await verifier.verify(signed(mine.privateKey), slot, MESSAGE)).toBe(true)
    expect(await verifier.verify(signed(mine.privateKey), slot, MESSAGE)).toBe(true)
    expect(imports).toBe(1)
    slot.set(yours.publicKey)
    expect(await verifier.verify(signed(mine.privateKey), slot, MESSAGE)).toBe(false)
    expect(await verifier.verify(signed(yours.privateKey), slot, MESSAGE)).toBe(true)
    expect(imports).toBe(2)
  })
  test('behavior: what was handed over is what is checked, though its buffers are used again at once', async () => {
    const { privateKey, publicKey } = pair()
    const verifier = createP256Verifier(subtle)
    const [signature, key, message] = [signed(privateKey), publicKey.slice(), MESSAGE.slice()]
    const answer = verifier.verify(signature, key, message)
    for (const buffer of [signature, key, message]) buffer.fill(0)
    expect(await answer).toBe(true)
    const zeros = [new Uint8Array(64), publicKey, new Uint8Array(MESSAGE.length)] as const
    const good = signed(privateKey)
    const late = verifier.verify(...zeros)
    zeros[0].set(good)
    zeros[2].set(MESSAGE)
    expect(await late).toBe(false)
  })
  test('error: another message, another key, a flipped bit, a point off the curve, a short array: false, never thrown', async () => {
    const [mine, yours] = [pair(), pair()]
    const verifier = createP256Verifier(subtle)
    const signature = signed(mine.privateKey)
    const other = MESSAGE.slice()
    other[0] = other[0]! ^ 1
    const torn = signature.slice()
    torn[40] = torn[40]! ^ 1
    const off = mine.publicKey.slice()
    off[64] = off[64]! ^ 1
    expect(await verifier.verify(signature, mine.publicKey, other)).toBe(false)
    expect(await verifier.verify(signature, yours.publicKey, MESSAGE)).toBe(false)
    expect(await verifier.verify(torn, mine.publicKey, MESSAGE)).toBe(false)
    expect(await verifier.verify(signature, off, MESSAGE)).toBe(false)
    expect(await verifier.verify(signature, mine.publicKey.subarray(0, 33), MESSAGE)).toBe(false)
    expect(await verifier.verify(signature.subarray(0, 63), mine.publicKey, MESSAGE)).toBe(false)
    expect(await verifier.verify(new Uint8Array(64), mine.publicKey, MESSAGE)).toBe(false)
  })
})

import { createECDH, createPrivateKey, createPublicKey, generateKeyPairSync, sign } from 'node:crypto'
import { instantiateSecp256k1 } from '@bitauth/libauth'
import { expect, test } from 'vitest'
import { lowerS, signatureFault } from '../../../../src/proofs/curve.ts'
import { createFixedKeyVerifier } from '../../../../src/proofs/secp256k1/fixedKey.ts'
import { rememberKeys } from '../../../../src/proofs/secp256k1/rememberKeys.ts'
import { crypto } from '../../../support/signers.ts'

const libauth = await instantiateSecp256k1()
const fixed = await createFixedKeyVerifier()
const N = 0xfffffffffffffffffffffffffffffffebaaedce6af48a03bbfd25e8cd0364141n

const bytesOf = (value: bigint): Uint8Array =>
  Uint8Array.from({ length: 32 }, (_, i) => Number((value >> BigInt(8 * (31 - i))) & 255n))
const numberOf = (bytes: Uint8Array): bigint => bytes.reduce((sum, byte) => (sum << 8n) | BigInt(byte), 0n)
const modN = (value: bigint): bigint => ((value % N) + N) % N
function power(base: bigint, exponent: bigint): bigint {
  let result = 1n
  for (let square = base, rest = exponent; rest > 0n; rest >>= 1n, square = (square * square) % N)
    if (rest & 1n) result = (result * square) % N
  return result
}
const inverse = (value: bigint): bigint => power(modN(value), N - 2n)
const publicKeyOf = (secret: bigint): Uint8Array => libauth.derivePublicKeyUncompressed(bytesOf(secret)) as Uint8Array
const xOf = (secret: bigint): bigint => numberOf(publicKeyOf(secret).subarray(1, 33))

/** The signature whose sum is `nonce` times the base point, with the digest that makes it one for `secret`. */
function crafted(secret: bigint, nonce: bigint, s: bigint) {
  const r = modN(xOf(nonce))
  const low = s > N >> 1n ? N - s : s
  const k = low === s ? nonce : N - nonce
  return { signature: Uint8Array.of(...bytesOf(r), ...bytesOf(low)), digest: bytesOf(modN(low * k - r * secret)) }
}

test('behavior: signatures made by OpenSSL are confirmed, and no bit of them may change', () => {
  for (let key = 0; key < 4; key++) {
    const pair = generateKeyPairSync('ec', { namedCurve: 'secp256k1' })
    const secret = createPrivateKey(pair.privateKey.export({ type: 'pkcs8', format: 'pem' }))
    const publicKey = new Uint8Array(createPublicKey(secret).export({ type: 'spki', format: 'der' }).subarray(-65))
    const table = fixed.prepare(publicKey)
    for (let n = 0; n < 25; n++) {
      const message = Uint8Array.of(key, n)
      const digest = crypto.sha256(message)
      const signature = lowerS(
        new Uint8Array(sign('sha256', message, { key: secret, dsaEncoding: 'ieee-p1363' })),
        'secp256k1',
      )
      expect(fixed.confirms(signature, table, digest)).toBe(true)
      expect(fixed.confirms(signature, table, crypto.sha256(Uint8Array.of(key, n, 0)))).toBe(false)
      if (n > 0) continue
      for (let bit = 0; bit < 512; bit++) {
        const changed = signature.slice()
        changed[bit >> 3]! ^= 1 << (bit & 7)
        expect(fixed.confirms(changed, table, digest)).toBe(false)
      }
      for (let bit = 0; bit < 256; bit++) {
        const changed = digest.slice()
        changed[bit >> 3]! ^= 1 << (bit & 7)
        expect(fixed.confirms(signature, table, changed)).toBe(false)
      }
    }
  }
})

test('behavior: says as libauth says for keys, nonces and halves chosen to meet the edges of the formulas', () => {
  const verify = rememberKeys(libauth.verifySignatureCompactLowS, fixed)
  const secrets = [1n, 2n, 3n, N - 1n, N - 2n, (N - 1n) / 2n, 2n ** 32n, 2n ** 224n, 31n * 2n ** 64n]
  let confirmed = 0
  for (const secret of secrets) {
    const publicKey = publicKeyOf(secret)
    const table = fixed.prepare(publicKey)
    const cases = [1n, 2n, 3n, N - 1n, 2n ** 32n, 2n ** 128n + 1n].flatMap((nonce) => {
      const r = modN(xOf(nonce))
      return [
        crafted(secret, nonce, 1n),
        crafted(secret, nonce, (N - 1n) / 2n),
        crafted(secret, nonce, modN(r * secret * inverse(nonce)) || 1n), // digest 0: nothing of the base point
        crafted(secret, nonce, modN(2n * r * secret * inverse(nonce)) || 1n), // both halves of the sum are one point
        crafted(secret, nonce, modN(r * (secret + 1n) * inverse(nonce)) || 1n), // both scalars are the same
      ]
    })
    for (const { signature, digest } of cases) {
      expect(signatureFault(signature, 0, 'secp256k1')).toBeNull()
      expect(libauth.verifySignatureCompactLowS(signature, publicKey, digest)).toBe(true)
      expect(verify(signature, publicKey, digest)).toBe(true)
      if (fixed.confirms(signature, table, digest)) confirmed++
      // the sum is infinity: r and s are sound numbers, but nobody signed
      const nothing = bytesOf(modN(-numberOf(signature.subarray(0, 32)) * secret))
      expect(libauth.verifySignatureCompactLowS(signature, publicKey, nothing)).toBe(false)
      expect(fixed.confirms(signature, table, nothing)).toBe(false)
    }
  }
  expect(confirmed).toBeGreaterThan(secrets.length * 20)
})

test('error: what is no canonical signature is not confirmed', () => {
  const publicKey = publicKeyOf(5n)
  const table = fixed.prepare(publicKey)
  const { signature, digest } = crafted(5n, 9n, 77n)
  expect(fixed.confirms(signature, table, digest)).toBe(true)
  const high = signature.slice()
  high.set(bytesOf(N - 77n), 32)
  const zeroS = signature.slice().fill(0, 32)
  const zeroR = signature.slice().fill(0, 0, 32)
  const wideR = signature.slice()
  wideR.set(bytesOf(N), 0)
  for (const bad of [high, zeroS, zeroR, wideR, signature.subarray(0, 63), new Uint8Array([...signature, 0])])
    expect(fixed.confirms(bad, table, digest)).toBe(false)
  expect(fixed.confirms(signature, table, digest.subarray(1))).toBe(false)
  expect(fixed.confirms(signature, fixed.prepare(publicKeyOf(6n)), digest)).toBe(false)
})

test('behavior: a key gets a table after two signatures; a changed array is a new key', () => {
  let asked = 0
  const prepared: (number | undefined)[] = []
  const verify = rememberKeys(
    (...given) => {
      asked++
      return libauth.verifySignatureCompactLowS(...given)
    },
    {
      prepare: (key, reuse) => {
        prepared.push(reuse)
        return fixed.prepare(key, reuse)
      },
      confirms: fixed.confirms,
    },
    1,
  )
  const key = publicKeyOf(11n)
  const of = (secret: bigint) => crafted(secret, 9n, 77n)
  const ask = (publicKey: Uint8Array, secret: bigint) => verify(of(secret).signature, publicKey, of(secret).digest)
  expect([ask(key, 12n), ask(key, 11n), ask(key, 11n)]).toEqual([false, true, true])
  expect([asked, prepared.length]).toEqual([3, 1])
  expect([ask(key, 11n), asked]).toEqual([true, 3]) // the table alone
  expect([ask(key, 12n), asked]).toEqual([false, 4]) // only libauth refuses
  key.set(publicKeyOf(12n))
  expect([ask(key, 11n), asked]).toEqual([false, 5])
  expect([ask(key, 12n), ask(key, 12n)]).toEqual([true, true])
  expect([asked, prepared]).toEqual([6, [undefined, prepared[1]]])
  const other = publicKeyOf(13n)
  for (let n = 0; n < 4; n++) expect(ask(other, 13n)).toBe(true)
  expect(asked).toBe(10) // no room for a second table
  const short = createECDH('secp256k1')
  short.setPrivateKey(bytesOf(11n))
  const compressed = new Uint8Array(short.getPublicKey(null, 'compressed'))
  for (let n = 0; n < 3; n++) expect(ask(compressed, 11n)).toBe(true)
  expect([asked, prepared.length]).toEqual([13, 2])
})

test('behavior: an s whose inverse takes the most steps known is confirmed', () => {
  const s = 0xc5426401a9082b44d4839dfcfc6c8026d472ab788e16f02f8ccea08be9fe537n
  const { signature, digest } = crafted(5n, 9n, s)
  expect(libauth.verifySignatureCompactLowS(signature, publicKeyOf(5n), digest)).toBe(true)
  expect(fixed.confirms(signature, fixed.prepare(publicKeyOf(5n)), digest)).toBe(true)
})

test('error: no memory for a table: verdicts are libauth’s, nothing is thrown, and an old table speaks for no other key', () => {
  let asked = 0
  let hasMemory = true
  let tries = 0
  const verify = rememberKeys(
    (...given) => {
      asked++
      return libauth.verifySignatureCompactLowS(...given)
    },
    {
      prepare: (key, reuse) => {
        tries++
        if (!hasMemory) throw new RangeError('WebAssembly.Memory.grow(): Maximum memory size exceeded')
        return fixed.prepare(key, reuse)
      },
      confirms: fixed.confirms,
    },
  )
  const ask = (publicKey: Uint8Array, secret: bigint) => {
    const { signature, digest } = crafted(secret, 9n, 77n)
    return verify(signature, publicKey, digest)
  }
  const [early, late] = [publicKeyOf(11n), publicKeyOf(12n)]
  expect([ask(early, 11n), ask(early, 11n)]).toEqual([true, true])
  hasMemory = false
  for (let n = 0; n < 5; n++) expect([ask(late, 12n), ask(late, 11n)]).toEqual([true, false])
  expect(tries).toBe(2) // it is not asked for again and again
  asked = 0
  expect([ask(early, 11n), asked]).toEqual([true, 0]) // what has a table keeps it
  early.set(publicKeyOf(13n))
  expect([ask(early, 13n), ask(early, 11n), ask(early, 13n)]).toEqual([true, false, true])
})

import { readFileSync } from 'node:fs'
import { secp256k1 } from '@bitauth/libauth'
import { expect, test } from 'vitest'
import { fromHex } from '../../src/base/hex.ts'
import { signatureFault } from '../../src/proofs/curve.ts'
import { referencePath } from '../support/reference.ts'
import { crypto, p256 } from '../support/signers.ts'

interface Wycheproof {
  readonly testGroups: readonly {
    readonly publicKey: { readonly uncompressed: string }
    readonly tests: readonly {
      readonly tcId: number
      readonly msg: string
      readonly sig: string
      readonly result: string
    }[]
  }[]
}

const bytesOf = (hex: string): Uint8Array => fromHex(`0x${hex}`)!
const missing = (found: unknown): string =>
  found ? '' : ' (skipped: ../shared/reference/proofs/wycheproof is not here)'

const read = (name: string): Wycheproof | null => {
  const path = referencePath('proofs', 'wycheproof', name)
  return path ? (JSON.parse(readFileSync(path, 'utf8')) as Wycheproof) : null
}
const k256 = read('ecdsa_secp256k1_sha256_bitcoin_test.json')
const r256 = read('ecdsa_secp256r1_sha256_p1363_test.json')

test.skipIf(!k256)(`behavior: Wycheproof secp256k1 with low s, all cases${missing(k256)}`, () => {
  const wrong: number[] = []
  let cases = 0
  for (const group of k256!.testGroups) {
    const publicKey = bytesOf(group.publicKey.uncompressed)
    for (const { tcId, msg, sig, result } of group.tests) {
      cases++
      // the longest DER signature has 72 bytes; libauth's buffer holds no more
      const compact = sig.length > 144 ? 'too long' : secp256k1.signatureDERToCompact(bytesOf(sig))
      const accepted =
        typeof compact !== 'string' &&
        signatureFault(compact, 0, 'secp256k1') === null &&
        crypto.verifySecp256k1(compact, publicKey, crypto.sha256(bytesOf(msg)))
      if (accepted !== (result === 'valid')) wrong.push(tcId)
    }
  }
  expect(wrong).toEqual([])
  expect(cases).toBe(463)
})

test.skipIf(!r256)(`behavior: Wycheproof P-256, all cases, high s included${missing(r256)}`, async () => {
  const wrong: number[] = []
  let cases = 0
  for (const group of r256!.testGroups) {
    const publicKey = bytesOf(group.publicKey.uncompressed)
    for (const { tcId, msg, sig, result } of group.tests) {
      cases++
      const accepted = await p256.verify(bytesOf(sig), publicKey, bytesOf(msg))
      if (accepted !== (result === 'valid')) wrong.push(tcId)
    }
  }
  expect(wrong).toEqual([])
  expect(cases).toBe(262)
})

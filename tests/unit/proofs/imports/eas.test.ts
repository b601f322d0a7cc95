import { describe, expect, test } from 'vitest'
import { eas } from '../../../../src/proofs/imports/eas.ts'
import { EAS_FORMS } from '../../../../src/proofs/imports/easForm.ts'
import { EAS_SIGNER, type EasChoice, easAttestation, otherS, toolsFor, utf8 } from '../../../support/importSamples.ts'

const judge = async (bytes: Uint8Array, ...signers: string[]) => (await eas.read(bytes, toolsFor(...signers)))[0]!
type Signed = Record<string, unknown>
const part = (signed: Signed, name: string): Signed => signed[name] as Signed

describe('eas', () => {
  const forms: EasChoice[] = [
    { version: 0, struct: 'Attestation' },
    { version: 0, struct: 'Attest', primaryType: 'Attestation' },
    { version: 0, struct: 'Attest' },
    { version: 1 },
    { version: 2 },
  ]
  test.each(forms)('default: OK for version $version, $struct, $primaryType', async (form) => {
    for (const wrapped of [true, false]) {
      const message = await judge(await easAttestation({ ...form, wrapped }), EAS_SIGNER)
      expect(message).toMatchObject({ verdict: 'OK', level: 2, signer: EAS_SIGNER, timeMs: 1_750_000_000_000 })
      expect(message.claimed).toBe(wrapped ? EAS_SIGNER : null)
    }
  })
  test('behavior: every form that exists was tried', () => {
    expect(EAS_FORMS).toHaveLength(forms.length)
  })
  test('behavior: without a wrapper the signer is whoever signed', async () => {
    expect(await judge(await easAttestation({ version: 2, wrapped: false }))).toMatchObject({
      verdict: 'UNKNOWN_DEVICE',
      signer: EAS_SIGNER,
      level: 1,
    })
  })
  test('behavior: integers may be numbers, and the domain may be listed among the types', async () => {
    const change = (signed: Signed): Signed => ({
      ...signed,
      domain: { ...part(signed, 'domain'), chainId: 4689 },
      message: { ...part(signed, 'message'), time: 1_750_000_000 },
      types: {
        ...part(signed, 'types'),
        EIP712Domain: [
          { name: 'name', type: 'string' },
          { name: 'version', type: 'string' },
          { name: 'chainId', type: 'uint256' },
          { name: 'verifyingContract', type: 'address' },
        ],
      },
    })
    expect((await judge(await easAttestation({ version: 2, change }), EAS_SIGNER)).verdict).toBe('OK')
  })

  /** The attestation with one thing changed. */
  const altered = (name: string, change: Signed, version: 0 | 1 | 2 = 2) =>
    easAttestation({ version, change: (signed) => ({ ...signed, [name]: { ...part(signed, name), ...change } }) })
  const zero32 = `0x${'00'.repeat(32)}`

  test.each([
    ['another chain', 'domain', { chainId: '4690' }],
    ['another contract', 'domain', { verifyingContract: `0x${'11'.repeat(20)}` }],
    ['another contract version', 'domain', { version: '1.3.0' }],
    ['another r', 'signature', { r: `0x${'11'.repeat(32)}` }],
  ])('error: BAD_SIGNATURE for %s', async (_, name, change) => {
    expect((await judge(await altered(name, change), EAS_SIGNER)).verdict).toBe('BAD_SIGNATURE')
  })
  test('error: BAD_SIGNATURE in the name of another', async () => {
    const text = new TextDecoder().decode(await easAttestation({ version: 2 }))
    const other = `0x${'22'.repeat(20)}`
    const stolen = text.replace(/"signer":"0x[0-9a-fA-F]{40}"/, `"signer":"${other}"`)
    expect((await judge(utf8(stolen), EAS_SIGNER, other)).verdict).toBe('BAD_SIGNATURE')
  })
  test('error: BAD_SIGNATURE with the other recovery id', async () => {
    const change = (signed: Signed): Signed => {
      const signature = part(signed, 'signature')
      return { ...signed, signature: { ...signature, v: 55 - (signature.v as number) } }
    }
    expect((await judge(await easAttestation({ version: 2, change }), EAS_SIGNER)).verdict).toBe('BAD_SIGNATURE')
  })

  test.each([
    ['other data', 'message', { data: '0x' }, /uid is not the hash/],
    ['another time', 'message', { time: '1750000001' }, /uid is not the hash/],
    ['another recipient', 'message', { recipient: `0x${'33'.repeat(20)}` }, /uid is not the hash/],
    ['another salt', 'message', { salt: zero32 }, /uid is not the hash/],
    ['revocable turned', 'message', { revocable: false }, /uid is not the hash/],
    ['a member that was not signed', 'message', { note: 'x' }, /"note" that was not signed/],
    ['a time beyond 64 bits', 'message', { time: '18446744073709551616' }, /time of the message is no uint64/],
    ['a negative time', 'message', { time: '-1' }, /no uint64/],
    ['a time with a leading zero', 'message', { time: '01750000000' }, /no uint64/],
    ['a time in hexadecimal', 'message', { time: '0x1' }, /no uint64/],
    ['a short schema', 'message', { schema: '0x01' }, /no bytes32/],
    ['data of half a byte', 'message', { data: '0x1' }, /data of the message is no bytes/],
    ['revocable as a number', 'message', { revocable: 1 }, /no bool/],
    ['another version', 'message', { version: 1 }, /calls itself version/],
    ['another domain name', 'domain', { name: 'EAS' }, /domain is "EAS"/],
    ['a salted domain', 'domain', { salt: zero32 }, /"salt"/],
    ['an address of 19 bytes', 'domain', { verifyingContract: `0x${'11'.repeat(19)}` }, /no address/],
    ['v of 0', 'signature', { v: 0 }, /v of the signature is 0/],
    ['v of 29', 'signature', { v: 29 }, /v of the signature is 29/],
    ['r of 0', 'signature', { r: zero32 }, /holds a zero/],
    ['a short s', 'signature', { s: '0x01' }, /no bytes32/],
    ['a fourth part of the signature', 'signature', { yParity: 0 }, /not just r, s and v/],
    ['one field less among the types', 'types', { Attest: [] }, /none of the forms/],
    ['a second struct', 'types', { Other: [] }, /none of the forms/],
  ])('error: MALFORMED for %s', async (_, name, change, sentence) => {
    const message = await judge(await altered(name, change), EAS_SIGNER)
    expect([message.verdict, message.level]).toEqual(['MALFORMED', 0])
    expect(message.checks[0]!.detail).toMatch(sentence)
  })
  test('error: MALFORMED for the high form of s, which the SDK refuses too', async () => {
    const change = (signed: Signed): Signed => {
      const { r, s, v } = part(signed, 'signature') as { r: string; s: string; v: number }
      const rs = Uint8Array.from(Buffer.from(r.slice(2) + s.slice(2), 'hex'))
      const high = Buffer.from(otherS(rs, 'secp256k1').slice(32)).toString('hex')
      return { ...signed, signature: { r, s: `0x${high}`, v: 55 - v } }
    }
    const message = await judge(await easAttestation({ version: 2, change }), EAS_SIGNER)
    expect(message.checks[0]!.detail).toMatch(/above half the group order/)
  })
  test.each([
    ['a primary type of another form', { primaryType: 'Attestation' }, /none of the forms/],
    ['no uid', { uid: null }, /uid is no bytes32/],
    ['another uid', { uid: zero32 }, /uid is not the hash/],
    ['a strange member', { more: 1 }, /"more"/],
    ['another version beside the message', { version: 1 }, /calls itself version/],
    ['no message', { message: null }, /message is no object/],
    ['types that are a list', { types: [] }, /none of the forms/],
  ])('error: MALFORMED for %s', async (_, change, sentence) => {
    const bytes = await easAttestation({ version: 2, change: (signed) => ({ ...signed, ...change }) })
    expect((await judge(bytes, EAS_SIGNER)).checks[0]!.detail).toMatch(sentence)
  })
  test('error: MALFORMED for fields in another order', async () => {
    const change = (signed: Signed): Signed => ({
      ...signed,
      types: { Attest: [...(part(signed, 'types').Attest as object[])].reverse() },
    })
    expect((await judge(await easAttestation({ version: 1, change }), EAS_SIGNER)).verdict).toBe('MALFORMED')
  })
  test('error: MALFORMED for a member twice', async () => {
    const text = new TextDecoder().decode(await easAttestation({ version: 2 }))
    const twice = text.replace('"message":{', '"message":{"data":"0x",')
    expect((await judge(utf8(twice), EAS_SIGNER)).checks[0]!.detail).toMatch(/"data" stands twice/)
  })
  test('error: MALFORMED for something beside the wrapper', async () => {
    const text = new TextDecoder().decode(await easAttestation({ version: 2 }))
    expect((await judge(utf8(`{"x":1,${text.slice(1)}`), EAS_SIGNER)).checks[0]!.detail).toMatch(
      /Beside sig stands "x"/,
    )
  })
})

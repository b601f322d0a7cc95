import { describe, expect, test } from 'vitest'
import { jws } from '../../../../src/proofs/imports/jws.ts'
import { compactJws, flattenedJws, nodeSigner, otherS, toolsFor, utf8 } from '../../../support/importSamples.ts'

const k256 = nodeSigner('secp256k1')
const p256 = nodeSigner('prime256v1')
const did = (signer: { address: string }) => `did:io:${signer.address}`
const readAll = (text: string | Uint8Array, ...signers: string[]) =>
  jws.read(typeof text === 'string' ? utf8(text) : text, toolsFor(...signers))
const judge = async (text: string | Uint8Array, ...signers: string[]) => (await readAll(text, ...signers))[0]!
const base64url = (text: string | Uint8Array): string => Buffer.from(text).toString('base64url')
/** A compact JWS whose header is this very text. */
const withHeader = (text: string): string => {
  const signed = `${base64url(text)}.${base64url('{}')}`
  return `${signed}.${base64url(k256.sign(utf8(signed)))}`
}

describe('jws', () => {
  test.each([
    ['ES256K with its key', compactJws(k256, { alg: 'ES256K', jwk: k256.jwk }), k256.address],
    ['ES256K with its did', compactJws(k256, { alg: 'ES256K', kid: `${did(k256)}#key-1` }), k256.address],
    ['ES256K with nothing', compactJws(k256, { alg: 'ES256K' }), k256.address],
    [
      'Es256K of ioConnect',
      compactJws(k256, { alg: 'Es256K', typ: 'application/didcomm-signed+json' }),
      k256.publicKey,
    ],
    ['ES256 with its key', compactJws(p256, { alg: 'ES256', jwk: p256.jwk }), p256.address],
    ['ES256 with its did', compactJws(p256, { alg: 'ES256', kid: did(p256) }), p256.publicKey],
    ['Es256 of ioConnect', compactJws(p256, { alg: 'Es256' }), p256.publicKey],
    [
      'flattened, its key id unsigned as ioConnect has it',
      flattenedJws(p256, { alg: 'ES256' }, { kid: did(p256) }),
      p256.publicKey,
    ],
    ['a line break at its end', `${compactJws(k256, { alg: 'ES256K' })}\n`, k256.address],
  ])('default: OK for %s', async (_, text, signer) => {
    const message = await judge(text, signer)
    expect(message).toMatchObject({ verdict: 'OK', level: 2, timeMs: 1_750_000_000_000 })
    expect(message.readings).toEqual([
      { name: 'temperature', value: 21.5, unit: '', timeMs: 1_750_000_000_000 },
      { name: 'humidity', value: 44, unit: '', timeMs: 1_750_000_000_000 },
    ])
  })
  test('behavior: an unregistered spelling is warned of', async () => {
    const result = async (alg: string) =>
      (await judge(compactJws(k256, { alg }), k256.address)).checks.find(({ id }) => id === 'alg')!.result
    expect([await result('ES256K'), await result('Es256K')]).toEqual(['passed', 'warned'])
  })
  test('behavior: either form of s, as RFC 8812 allows', async () => {
    for (const [signer, curve, alg] of [
      [k256, 'secp256k1', 'ES256K'],
      [p256, 'prime256v1', 'ES256'],
    ] as const) {
      const [header, payload, signature] = compactJws(signer, { alg, jwk: signer.jwk }).split('.')
      const other = otherS(new Uint8Array(Buffer.from(signature!, 'base64url')), curve)
      expect((await judge(`${header}.${payload}.${base64url(other)}`, signer.address)).verdict).toBe('OK')
    }
  })
  test('behavior: several signatures are several messages', async () => {
    const parts = [flattenedJws(k256, { alg: 'ES256K' }), flattenedJws(p256, { alg: 'ES256' })].map(
      (bytes) => JSON.parse(new TextDecoder().decode(bytes)) as Record<string, string>,
    )
    const signatures = parts.map(({ protected: head, signature }) => ({ protected: head, signature }))
    const general = JSON.stringify({ payload: parts[0]!.payload, signatures })
    const verdicts = async (...signers: string[]) => (await readAll(general, ...signers)).map(({ verdict }) => verdict)
    expect(await verdicts(k256.address, p256.publicKey)).toEqual(['OK', 'OK'])
    expect(await verdicts(k256.address)).toEqual(['OK', 'UNKNOWN_DEVICE'])
  })
  test('behavior: a payload that is no JSON has no readings', async () => {
    expect(await judge(compactJws(k256, { alg: 'ES256K' }, 'hello'), k256.address)).toMatchObject({
      verdict: 'OK',
      readings: [],
      timeMs: null,
    })
  })
  test('behavior: claims written twice in the payload are no readings', async () => {
    const twice = compactJws(k256, { alg: 'ES256K' }, '{"temperature":1,"temperature":2}')
    expect(await judge(twice, k256.address)).toMatchObject({ verdict: 'OK', readings: [] })
  })
  test('error: UNKNOWN_DEVICE for a key that came along and that nobody knows', async () => {
    expect(await judge(compactJws(k256, { alg: 'ES256K', jwk: k256.jwk }))).toMatchObject({
      verdict: 'UNKNOWN_DEVICE',
      level: 1,
      signer: k256.address,
    })
    expect((await judge(compactJws(p256, { alg: 'ES256' }))).verdict).toBe('UNKNOWN_DEVICE')
  })
  test.each([
    ['in the name of another', compactJws(k256, { alg: 'ES256K', kid: did(p256) })],
    ['with a key that is not the one it names', compactJws(k256, { alg: 'ES256K', jwk: k256.jwk, kid: did(p256) })],
    [
      'whose payload names another than its header',
      compactJws(k256, { alg: 'ES256K', kid: did(k256) }, JSON.stringify({ iss: did(p256) })),
    ],
    ['whose issuer is another', compactJws(k256, { alg: 'ES256K' }, JSON.stringify({ iss: did(p256) }))],
    ['by somebody else’s key', compactJws(k256, { alg: 'ES256K', jwk: nodeSigner('secp256k1').jwk })],
    ['P-256 by somebody else’s key', compactJws(p256, { alg: 'ES256', jwk: nodeSigner('prime256v1').jwk })],
    ['whose key is no point of its curve', compactJws(p256, { alg: 'ES256', jwk: { ...p256.jwk, y: p256.jwk.x } })],
    [
      'over another payload',
      compactJws(k256, { alg: 'ES256K', kid: did(k256) }).replace(/\.[^.]+\./, `.${base64url('{}')}.`),
    ],
  ])('error: BAD_SIGNATURE %s', async (_, text) => {
    expect((await judge(text, k256.address, p256.publicKey)).verdict).toBe('BAD_SIGNATURE')
  })
  test.each([
    ['alg none', withHeader('{"alg":"none"}'), /expected ES256/],
    ['no alg', withHeader('{}'), /expected ES256/],
    ['alg HS256', withHeader('{"alg":"HS256"}'), /expected ES256/],
    ['alg es256k', withHeader('{"alg":"es256k"}'), /expected ES256/],
    ['alg of Object.prototype', withHeader('{"alg":"constructor"}'), /expected ES256/],
    ['alg twice', withHeader('{"alg":"ES256K","alg":"ES256"}'), /stands twice/],
    ['a critical extension', withHeader('{"alg":"ES256K","crit":["b64"],"b64":false}'), /extension/],
    ['an unencoded payload', withHeader('{"alg":"ES256K","b64":false}'), /extension/],
    ['a header that is a text', withHeader('"ES256K"'), /no JSON object/],
    ['a header that is no JSON', withHeader('{'), /refused/],
    ['a key of the other curve', compactJws(k256, { alg: 'ES256K', jwk: p256.jwk }), /not the curve/],
    ['a symmetric key', compactJws(k256, { alg: 'ES256K', jwk: { kty: 'oct', k: 'AA' } }), /no elliptic/],
    ['a private key', compactJws(k256, { alg: 'ES256K', jwk: { ...k256.jwk, d: 'AA' } }), /private half/],
    ['a key with a short x', compactJws(k256, { alg: 'ES256K', jwk: { ...k256.jwk, x: 'AA' } }), /32 bytes/],
    [
      'a signature in DER',
      compactJws(k256, { alg: 'ES256K' }).replace(/[^.]+$/, base64url(new Uint8Array(70))),
      /70 bytes/,
    ],
    ['stray bits in the signature', `${compactJws(k256, { alg: 'ES256K' }).slice(0, -1)}_`, /one form/],
    [
      'an algorithm outside the protected header',
      flattenedJws(k256, { typ: 'x' }, { alg: 'ES256K' }),
      /unprotected header names/,
    ],
    [
      'a key outside the protected header',
      flattenedJws(k256, { alg: 'ES256K' }, { jwk: k256.jwk }),
      /unprotected header names/,
    ],
    ['a name in both headers', flattenedJws(k256, { alg: 'ES256K', kid: 'a' }, { kid: 'b' }), /both|protected and/],
  ])('error: MALFORMED for %s', async (_, text, sentence) => {
    const message = await judge(text, k256.address)
    expect([message.verdict, message.level]).toEqual(['MALFORMED', 0])
    expect(message.checks[0]!.detail).toMatch(sentence)
  })
  test.each([
    ['both forms at once', { payload: 'e30', signatures: [], signature: 'AA', protected: 'e30' }, /"signature"/],
    ['no signatures', { payload: 'e30', signatures: [] }, /1 to 16/],
    [
      'too many signatures',
      { payload: 'e30', signatures: Array(17).fill({ protected: 'e30', signature: 'AA' }) },
      /1 to 16/,
    ],
    ['a signature that is none', { payload: 'e30', signatures: ['AA'] }, /no protected header/],
    ['a strange member', { payload: 'e30', protected: 'e30', signature: 'AA', more: 1 }, /"more"/],
    ['a payload that is an object', { payload: {}, protected: 'e30', signature: 'AA' }, /no payload/],
    ['a header that is a list', { payload: 'e30', protected: 'e30', signature: 'AA', header: [] }, /no object/],
  ])('error: MALFORMED for %s', async (_, value, sentence) => {
    const message = await judge(JSON.stringify(value))
    expect(message.verdict).toBe('MALFORMED')
    expect(message.checks[0]!.detail).toMatch(sentence)
  })
})

import { keccak256, toHex } from 'viem'
import { describe, expect, test } from 'vitest'
import { dimo } from '../../../../src/proofs/imports/dimo.ts'
import { DIMO_DATA, DIMO_SIGNER, dimoEvent, nodeSigner, toolsFor, utf8 } from '../../../support/importSamples.ts'

const judge = async (bytes: Uint8Array, ...signers: string[]) => (await dimo.read(bytes, toolsFor(...signers)))[0]!
const account = `0x${'c0'.repeat(20)}`
const swap = (from: string | RegExp, to: string) => dimoEvent((text) => text.replace(from, to))

describe('dimo', () => {
  test('default: OK over the bytes of data as they stand, spaces and all', async () => {
    const message = await judge(await dimoEvent(), DIMO_SIGNER)
    expect(message).toMatchObject({
      verdict: 'OK',
      level: 2,
      claimed: DIMO_SIGNER,
      timeMs: Date.parse('2025-03-04T12:00:00Z'),
      readings: [{ name: 'speed', value: 55, unit: '', timeMs: Date.parse('2025-03-04T12:01:00Z') }],
    })
  })
  test('behavior: what is around the data is nobody’s signature, and it says so', async () => {
    const message = await judge(
      await swap('"time": "2025-03-04T12:00:00Z"', '"time": "2024-01-01T00:00:00Z"'),
      DIMO_SIGNER,
    )
    expect(message.verdict).toBe('OK')
    expect(message.checks.find(({ id }) => id === 'cover')).toMatchObject({ result: 'warned' })
  })
  test('behavior: a contract account is asked, with the digest and the whole signature', async () => {
    const asked: unknown[] = []
    const tools = (answer: boolean | null, ...signers: string[]) => ({
      ...toolsFor(...signers),
      askAccount: async (...request: unknown[]) => {
        asked.push(request)
        return answer
      },
    })
    const bytes = await swap(/"source": "[^"]*"/, `"source": "${account}"`)
    const verdict = async (answer: boolean | null, ...signers: string[]) =>
      (await dimo.read(bytes, tools(answer, ...signers)))[0]!.verdict
    expect(await verdict(true, account)).toBe('OK')
    expect(await verdict(true)).toBe('UNKNOWN_DEVICE')
    expect(await verdict(false, account)).toBe('BAD_SIGNATURE')
    expect(await verdict(null, account)).toBe('BAD_SIGNATURE')
    const prefix = `\x19Ethereum Signed Message:\n${utf8(DIMO_DATA).length}`
    const [who, digest, signature] = asked[0] as [string, Uint8Array, Uint8Array]
    expect([who, toHex(digest), signature.length]).toEqual([account, keccak256(utf8(prefix + DIMO_DATA)), 65])
  })
  test.each([
    ['one space less in the data', '"value": 55', '"value":55'],
    ['another value', '"value": 55', '"value": 56'],
    ['the same text spelled with an escape', '"speed"', '"\\u0073peed"'],
    ['another source', /"source": "[^"]*"/, `"source": "0x${'22'.repeat(20)}"`],
    ['v of 0', /1[bc]"/, '00"'],
  ])('error: BAD_SIGNATURE for %s', async (_, from, to) => {
    expect((await judge(await swap(from, to), DIMO_SIGNER, `0x${'22'.repeat(20)}`)).verdict).toBe('BAD_SIGNATURE')
  })
  test('error: BAD_SIGNATURE for data signed without the wallet’s prefix', async () => {
    const plain = nodeSigner('secp256k1')
    const signature = toHex(Uint8Array.of(...plain.sign(utf8(DIMO_DATA)), 27))
    const bytes = await dimoEvent((text) =>
      text
        .replace(/"source": "[^"]*"/, `"source": "${plain.address}"`)
        .replace(/"signature": "[^"]*"/, `"signature": "${signature}"`),
    )
    expect((await judge(bytes, plain.address)).verdict).toBe('BAD_SIGNATURE')
  })
  test.each([
    ['another version', '"1.0"', '"0.3"', /specversion/],
    ['no id', /"id": "[^"]*"/, '"id": ""', /id is no text/],
    ['a type that is a number', /"type": "[^"]*"/, '"type": 1', /type is no text/],
    ['a source that is no address', /"source": "[^"]*"/, '"source": "dimo/integration/1"', /source/],
    ['a subject that is no did', /"subject": "[^"]*"/, '"subject": "car"', /subject or producer/],
    ['a time without a zone', '12:00:00Z",\n  "type"', '12:00:00",\n  "type"', /RFC 3339/],
    ['a thirteenth month', '"time": "2025-03', '"time": "2025-13', /RFC 3339/],
    ['no data', '"data": {', '"more": {', /no data/],
    ['data in base64', '"data": {', '"data_base64": "AA", "data": {', /base64/],
    ['a short signature', /"signature": "[^"]*"/, '"signature": "0x1234"', /signature/],
    ['a signature that is no text', /"signature": "[^"]*"/, '"signature": 7', /signature/],
    ['data twice', '"data": {', '"data": {}, "data": {', /"data" stands twice/],
    ['source twice', '"source":', `"source": "0x${'22'.repeat(20)}", "source":`, /"source" stands twice/],
    ['a member twice inside the data', '"vin":', '"vin": "1", "vin":', /"vin" stands twice/],
  ])('error: MALFORMED for %s', async (_, from, to, sentence) => {
    const message = await judge(await swap(from, to), DIMO_SIGNER)
    expect([message.verdict, message.level]).toEqual(['MALFORMED', 0])
    expect(message.checks[0]!.detail).toMatch(sentence)
  })
})

import { describe, expect, test } from 'vitest'
import { pebble } from '../../../../src/proofs/imports/pebble.ts'
import {
  block,
  nodeSigner,
  number,
  otherS,
  PEBBLE_TIME_S,
  pebblePacket,
  pebbleRequest,
  SENSOR_DATA,
  toolsFor,
  utf8,
  zigzag,
} from '../../../support/importSamples.ts'

const tracker = nodeSigner('prime256v1')
const simulator = nodeSigner('secp256k1')
const judge = async (bytes: Uint8Array, ...signers: string[]) => (await pebble.read(bytes, toolsFor(...signers)))[0]!
const faultOf = async (bytes: Uint8Array): Promise<string> => {
  const message = await judge(bytes, tracker.publicKey)
  expect([message.verdict, message.level]).toEqual(['MALFORMED', 0])
  return message.checks[0]!.detail
}
const withData = (data: number[]): Uint8Array => pebblePacket(tracker.sign, { data })

describe('packet', () => {
  test('default: P-256 of a tracker, with the scales its server uses', async () => {
    const message = await judge(pebblePacket(tracker.sign), tracker.publicKey)
    expect(message).toMatchObject({ verdict: 'OK', level: 2, signer: tracker.address, timeMs: PEBBLE_TIME_S * 1000 })
    expect(message.readings.map(({ name, value, unit }) => [name, value, unit])).toEqual([
      ['snr', 55, ''],
      ['vbat', 80, '%'],
      ['latitude', 51.16944, '°'],
      ['longitude', 71.4491, '°'],
      ['gasResistance', 12345.67, 'Ω'],
      ['temperature', -12.5, '°C'],
      ['pressure', 1013.25, 'hPa'],
      ['humidity', 45.12, '%'],
      ['light', 320, 'lx'],
      ['temperature2', 21.05, '°C'],
      ['gyroscope x', -3, ''],
      ['gyroscope y', 5, ''],
      ['gyroscope z', 0, ''],
      ['accelerometer x', -38, ''],
      ['accelerometer y', 166, ''],
      ['accelerometer z', 8270, ''],
    ])
  })
  test('default: secp256k1 of a simulator, by key or by address', async () => {
    for (const name of [simulator.publicKey, simulator.address]) {
      expect(await judge(pebblePacket(simulator.sign), name)).toMatchObject({
        verdict: 'OK',
        signer: simulator.address,
      })
    }
  })
  test('behavior: either form of s, which a simulator does not choose', async () => {
    const high = pebblePacket((b) => otherS(tracker.sign(b), 'prime256v1'))
    expect((await judge(high, tracker.publicKey)).verdict).toBe('OK')
    const other = pebblePacket((b) => otherS(simulator.sign(b), 'secp256k1'))
    expect((await judge(other, simulator.address)).verdict).toBe('OK')
  })
  test('behavior: config and state packets, the latter also as an older firmware hashed it', async () => {
    for (const type of [1, 2]) {
      const packet = pebblePacket(tracker.sign, { type, data: number(1, 1) })
      expect(await judge(packet, tracker.publicKey)).toMatchObject({ verdict: 'OK', readings: [] })
    }
    const old = (type: number) => pebblePacket((b) => tracker.sign(b.slice(4)), { type, data: number(1, 1) })
    expect((await judge(old(2), tracker.publicKey)).verdict).toBe('OK')
    expect((await judge(old(1), tracker.publicKey)).verdict).toBe('BAD_SIGNATURE')
  })
  test('behavior: vectors may be packed', async () => {
    const packed = [...number(1, 1000), ...block(11, [5, 10, 0]), ...block(12, [0x4b, 0xcc, 0x02, 0x00])]
    const { readings } = await judge(withData(packed), tracker.publicKey)
    expect(readings.slice(1).map(({ value }) => value)).toEqual([-3, 5, 0, -38, 166, 0])
  })
  test('behavior: no fix is no place', async () => {
    const nowhere = [...zigzag(3, 2_000_000_000), ...zigzag(4, 2_000_000_000), ...zigzag(6, 2000)]
    const message = await judge(withData(nowhere), tracker.publicKey)
    expect(message.readings.map(({ name }) => name)).toEqual(['temperature'])
    expect(message.checks.find(({ id }) => id === 'kind')!.result).toBe('warned')
  })
  test('behavior: a value its sensor cannot measure is signed, and not believable', async () => {
    for (const data of [zigzag(6, 9000), zigzag(6, -4100), number(7, 20000), number(8, 10001)]) {
      expect(await judge(withData(data), tracker.publicKey)).toMatchObject({ verdict: 'IMPLAUSIBLE', level: 2 })
    }
  })
  test('behavior: without WebCrypto P-256 is out of reach', async () => {
    const tools = { ...toolsFor(tracker.publicKey), p256: null }
    expect((await pebble.read(pebblePacket(tracker.sign), tools))[0]!.verdict).toBe('UNREACHABLE')
  })
  test('error: BAD_SIGNATURE by the key of another curve or device, or over other bytes', async () => {
    const packet = pebblePacket(tracker.sign)
    expect((await judge(packet, simulator.publicKey)).verdict).toBe('BAD_SIGNATURE')
    expect((await judge(packet, nodeSigner('prime256v1').publicKey)).verdict).toBe('BAD_SIGNATURE')
    expect((await judge(pebblePacket(simulator.sign), tracker.publicKey)).verdict).toBe('BAD_SIGNATURE')
    const zeros = pebblePacket(() => new Uint8Array(64))
    expect((await judge(zeros, tracker.publicKey, simulator.publicKey)).verdict).toBe('BAD_SIGNATURE')
  })
  test('error: UNKNOWN_DEVICE for a tracker known by its address only, since P-256 does not tell its key', async () => {
    expect((await judge(pebblePacket(tracker.sign), tracker.address)).verdict).toBe('UNKNOWN_DEVICE')
  })
  test.each([
    ['a field twice', [...SENSOR_DATA, ...block(13, utf8('a'))], /random twice/],
    ['temperature twice', [...zigzag(6, 1), ...zigzag(6, 2)], /temperature twice/],
    ['fields out of order', [...zigzag(6, 1), ...number(1, 2)], /out of order/],
    ['an unknown field', number(14, 1), /field 14/],
    ['field 0', [0, 1], /number 0/],
    ['a number as bytes', block(6, [1]), /as bytes/],
    ['bytes as a number', number(13, 1), /random as a number/],
    ['two axes', [...zigzag(11, 1), ...zigzag(11, 2)], /2 axes/],
    ['four axes', [1, 2, 3, 4].flatMap((v) => zigzag(12, v)), /4 axes/],
    ['a vector partly packed', [...zigzag(11, 1), ...block(11, [2, 4])], /partly packed/],
    ['a vector packed and cut', block(11, [2, 4, 0x80]), /packed and cut/],
    ['a varint longer than it need be', [8, 0x81, 0x00], /broken number/],
    ['a number above 32 bits', [8, 0xff, 0xff, 0xff, 0xff, 0x1f], /broken number/],
    ['a cut number', [8], /broken number/],
    ['a cut text', [0x6a, 5, 65], /ends inside/],
    ['a fixed32', [0x0d, 0, 0, 0, 0], /wire type 5/],
    ['a very long random', block(13, new Uint8Array(65)), /longer than 64/],
  ])('error: MALFORMED for sensor data with %s', async (_, data, sentence) => {
    expect(await faultOf(withData(data))).toMatch(sentence)
  })
  test.each([
    ['no signature', [...number(1, 0), ...block(2, []), ...number(3, 1)], /fields 1, 2, 3,/],
    ['a field more', [...pebblePacket(tracker.sign), ...number(5, 1)], /fields 1, 2, 3, 4, 5/],
    [
      'the time twice',
      [...number(1, 0), ...block(2, []), ...number(3, 1), ...number(3, 1), ...block(4, [])],
      /1, 2, 3, 3, 4/,
    ],
    ['a type that is unknown', pebblePacket(tracker.sign, { type: 3 }), /type 3/],
    ['a signature of 63 bytes', pebblePacket(() => new Uint8Array(63)), /63 bytes/],
    ['a recovery id behind the signature', pebblePacket((b) => [...tracker.sign(b), 0]), /65 bytes/],
  ])('error: MALFORMED for %s', async (_, bytes, sentence) => {
    expect(await faultOf(Uint8Array.from(bytes))).toMatch(sentence)
  })
})

describe('request', () => {
  test('default: secp256k1 by the device that it names', async () => {
    const message = await judge(pebbleRequest(simulator), simulator.address)
    expect(message).toMatchObject({ verdict: 'OK', level: 2, claimed: `did:io:${simulator.address}` })
    expect(message.readings).toHaveLength(16)
    expect((await judge(pebbleRequest(simulator))).verdict).toBe('UNKNOWN_DEVICE')
  })
  test('behavior: the order of its members does not matter, as Go does not mind', async () => {
    const turned = pebbleRequest(simulator, ({ deviceID, payload, signature }) => ({ signature, payload, deviceID }))
    expect((await judge(turned, simulator.address)).verdict).toBe('OK')
  })
  test('error: BAD_SIGNATURE in the name of another device', async () => {
    const stolen = pebbleRequest(simulator, (r) => ({ ...r, deviceID: `did:io:${tracker.address}` }))
    expect((await judge(stolen, tracker.address)).verdict).toBe('BAD_SIGNATURE')
    expect((await judge(stolen)).verdict).toBe('BAD_SIGNATURE')
  })
  test.each([
    ['a member more', (r: object) => ({ ...r, more: 1 }), /"more"/],
    [
      'another did method',
      (r: Record<string, string>) => ({ ...r, deviceID: r.deviceID!.replace('io', 'key') }),
      /did:io/,
    ],
    ['a padded payload', (r: Record<string, string>) => ({ ...r, payload: `${r.payload}=` }), /base64url/],
    ['a payload with stray bits', (r: Record<string, string>) => ({ ...r, payload: 'CAB' }), /base64url/],
    ['an empty payload', (r: object) => ({ ...r, payload: '' }), /fields \(none\)/],
    ['a signature of 65 bytes', (r: Record<string, string>) => ({ ...r, signature: `${r.signature}00` }), /64 bytes/],
    ['a signature that is a number', (r: object) => ({ ...r, signature: 7 }), /64 bytes/],
    ['a device that is a number', (r: object) => ({ ...r, deviceID: 7 }), /did:io/],
  ])('error: MALFORMED with %s', async (_, change, sentence) => {
    expect(await faultOf(pebbleRequest(simulator, change))).toMatch(sentence)
  })
  test('error: MALFORMED with a member twice', async () => {
    const text = new TextDecoder().decode(pebbleRequest(simulator))
    const twice = text.replace('{', `{"deviceID":"did:io:${tracker.address}",`)
    expect(await faultOf(utf8(twice))).toMatch(/"deviceID" stands twice/)
  })
})

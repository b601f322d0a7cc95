import { type Hex, keccak256, toHex } from 'viem'
import { privateKeyToAccount } from 'viem/accounts'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { askContractAccount } from '../../src/chain/contractAccount.ts'
import { directories } from '../../src/chain/directories/index.ts'
import type { DirectoryListing, DirectoryRequest } from '../../src/chain/directory.ts'
import type { DirectoryId } from '../../src/model/trustClass.ts'
import { readDeviceDocument } from '../../src/proofs/deviceDocument.ts'
import { createDirectory } from '../../src/proofs/directory.ts'
import { dimo } from '../../src/proofs/imports/dimo.ts'
import { dimoEvent, toolsFor } from '../support/importSamples.ts'
import { addressOf, type IoidChain, startIoidChain } from '../support/ioid/ioidChain.ts'
import { crypto } from '../support/signers.ts'

let on: IoidChain
const MANY = Array.from({ length: 205 }, (_, i) => 1000 + i)
beforeAll(async () => {
  on = await startIoidChain()
  await on.register(7, [1, 2, 3])
  await on.register(8, MANY)
}, 120_000)
afterAll(async () => on.stop())

const list = (id: DirectoryId, change: Partial<DirectoryRequest> = {}): Promise<DirectoryListing> =>
  directories
    .find((directory) => directory.id === id)!
    .list({
      rpc: on.rpc,
      chainId: on.chainId,
      contracts: on.contracts,
      pins: {},
      project: 7,
      fromBlock: 0,
      kind: 'air-quality',
      origin: 'real-device',
      maxDevices: 10_000,
      signal: AbortSignal.timeout(60_000),
      ...change,
    })
const addresses = ({ devices }: DirectoryListing): Hex[] => devices.map(({ document }) => document.address as Hex)

describe('ioID, version 1', () => {
  test('default: the devices of a project, the newest first, each with its document and place', async () => {
    const found = await list('ioid-v1')
    expect(found).toMatchObject({ trust: 'device-proved', alarms: [], removed: [], chainId: 4690 })
    expect(addresses(found)).toEqual([3, 2, 1].map(addressOf))
    const [{ document, registration }] = found.devices as [DirectoryListing['devices'][number]]
    expect(readDeviceDocument(document)).toEqual(document)
    expect(document).toMatchObject({
      version: 2,
      kind: 'air-quality',
      directory: 'ioid-v1',
      trust: 'device-proved',
      origin: 'real-device',
      originSaidBy: 'reader',
      did: `did:io:${addressOf(3)}`,
      didDocument: { uri: 'ipfs://doc/3' },
      latDeg: null,
    })
    expect(registration.blockNumber).toBeGreaterThan(0)
    expect(found.devices.map(({ registration: r }) => r.logIndex)).toEqual([2, 1, 0])
  })
  test('default: what it lists is what the verification takes in', async () => {
    const directory = createDirectory(crypto)
    const { devices } = await list('ioid-v1')
    for (const { registration } of devices) expect(directory.register(registration)).toBe(true)
    expect(directory.addDocuments(devices.map(({ document }) => document))).toBe(3)
    expect(directory.rows(4690, true)[0]).toMatchObject({
      address: addressOf(3),
      title: `did:io:${addressOf(3)}`,
      kind: 'air-quality',
      trust: 'device-proved',
      origin: 'real-device',
      documentProven: false,
      latDeg: NaN,
    })
  })
  test('behavior: a project of several pages loses no device between them', async () => {
    const found = await list('ioid-v1', { project: 8, fromBlock: null })
    expect(addresses(found)).toEqual(MANY.map(addressOf).reverse())
    expect(found.alarms).toEqual([])
  })
  test('behavior: a project without devices is empty, not broken', async () => {
    expect(await list('ioid-v1', { project: 99 })).toMatchObject({ devices: [], removed: [], alarms: [] })
  })
  test('behavior: a removed device is still listed by the contract, and told apart by exists()', async () => {
    await on.register(9, [20, 21, 22])
    await on.remove(21)
    const found = await list('ioid-v1', { project: 9 })
    expect(addresses(found)).toEqual([22, 20].map(addressOf))
    expect(found.removed).toEqual([addressOf(21)])
  })
  test('behavior: a device that came back is listed once, and what it signs after its removal does not count', async () => {
    await on.register(10, [30, 31, 32])
    const removal = await on.remove(31)
    await on.register(10, [31])
    const found = await list('ioid-v1', { project: 10 })
    expect(addresses(found)).toEqual([32, 31, 30].map(addressOf))
    expect(found.devices.map(({ revocation }) => revocation?.blockNumber)).toEqual([
      undefined,
      removal.blockNumber,
      undefined,
    ])
    expect(found.alarms).toEqual([])
    expect(found.remarks.join(' ')).toMatch(/4 registrations are counted, 3 devices listed/)
  })
  test('behavior: the oldest device that came back makes the contract’s list a circle; it is walked once', async () => {
    await on.register(11, [40, 41, 42])
    await on.remove(40)
    await on.register(11, [40])
    await on.register(11, [43])
    const found = await list('ioid-v1', { project: 11 })
    expect(addresses(found)).toEqual([43, 40, 42, 41].map(addressOf))
    expect(found.alarms).toEqual([])
    expect(found.remarks.join(' ')).toMatch(new RegExp(`in a circle at ${addressOf(40)}`))
  })
  test('behavior: replaced code is said loudly, and lowers what its devices are worth', async () => {
    const before = await list('ioid-v1')
    const pins = Object.fromEntries(
      before.code.map(({ name, codeHash }) => [name === 'ioID' ? 'ioID' : 'registry', { codeHash }]),
    )
    expect(before.code.map(({ state }) => state)).toEqual(['open', 'open'])
    const pinned = await list('ioid-v1', { pins })
    expect(pinned.code.map(({ state }) => state)).toEqual(['pinned', 'pinned'])
    const places = { registry: { implementation: pinned.code[0]!.implementation! } }
    expect((await list('ioid-v1', { pins: places })).code[0]!.state).toBe('listed')
    await on.replaceRegistry()
    for (const known of [pins, places]) {
      const after = await list('ioid-v1', { pins: known })
      expect(after.code[0]!.state).toBe('changed')
      expect(after.alarms).toEqual([expect.stringMatching(/^THE CODE OF ioIDRegistry WAS REPLACED/)])
      expect(after.trust).toBe('operator-asserted')
      expect(after.devices.map(({ document }) => document.trust)).toEqual(Array(3).fill('operator-asserted'))
      const directory = createDirectory(crypto)
      expect(after.devices.map(({ registration }) => directory.register(registration))).toEqual([false, false, false])
    }
  })
  test.each([
    ['another chain', { chainId: 4689 }, 'CHAIN_WRONG_ID', /serves chain 4690, expected 4689/],
    ['no project', { project: null }, 'DIRECTORY_BROKEN', /none was named/],
    ['too many devices', { project: 8, maxDevices: 204 }, 'DIRECTORY_BROKEN', /205 devices, expected at most 204/],
  ])('error: %s', async (_, change, code, message) => {
    await expect(list('ioid-v1', change)).rejects.toMatchObject({
      code,
      message: expect.stringMatching(message) as string,
    })
  })
  test('error: no contract there, or contracts that do not name each other', async () => {
    const { registry, ioID } = on.contracts
    const nowhere: Hex = `0x${'12'.repeat(20)}`
    const refused = async (contracts: Record<string, Hex>): Promise<string> =>
      list('ioid-v1', { contracts }).then(
        () => 'listed',
        ({ code, message }: { code: string; message: string }) => `${code} ${message}`,
      )
    expect(await refused({ registry: nowhere, ioID })).toMatch(/^DIRECTORY_BROKEN There is no contract ioIDRegistry/)
    expect(await refused({ registry, ioID: nowhere })).toMatch(/^DIRECTORY_BROKEN There is no contract ioID/)
    expect(await refused({ registry: ioID, ioID: registry })).toMatch(/^DIRECTORY_BROKEN ioID of 0x.* is refused/)
  })
  test('behavior: the stand-in registers nobody who does not sign', async () => {
    const device = addressOf(50)
    const args = [
      toHex(7, { size: 20 }),
      0n,
      on.user.address,
      device,
      keccak256(device),
      '',
      27,
      keccak256('0x01'),
      keccak256('0x02'),
    ]
    expect(await on.refuses(on.user, 'register', args)).toMatch(/invalid signature/)
  })
})

describe('ioID, version 2', () => {
  const [a, b, c] = ['0x01', '0x02', '0x03'].map((hex) => keccak256(hex as Hex)) as [Hex, Hex, Hex]
  const contracts = () => ({ registry: on.registryV2 })

  test('default: identifiers with their tokens, deleted ones apart, and no more than asserted', async () => {
    await on.writeV2(a, 1n, 'https://example.org/a')
    await on.writeV2(b, 2n)
    await on.writeV2(c, 3n)
    await on.writeV2(a, 4n, 'https://example.org/b')
    await on.deleteV2(b)
    const found = await list('ioid-v2', { contracts: contracts(), project: null })
    expect(found).toMatchObject({ trust: 'operator-asserted', alarms: [], removed: [b] })
    expect(new Set(addresses(found))).toEqual(new Set([a, c]))
    const document = found.devices.map((device) => device.document).find(({ address }) => address === a)!
    expect(readDeviceDocument(document)).toEqual(document)
    expect(document).toMatchObject({
      trust: 'operator-asserted',
      title: expect.stringMatching(/^Token 4 of 0xbababababa… on chain 137/) as string,
      didDocument: { uri: 'https://example.org/b', hash: keccak256(toHex('https://example.org/b')) },
    })
    expect(found.remarks.join(' ')).toContain(`Operator ${on.user.address.toLowerCase()} wrote them`)
  })
  test('behavior: its devices stand on the page, and no message is ever theirs', async () => {
    const { devices } = await list('ioid-v2', { contracts: contracts(), project: null })
    const directory = createDirectory(crypto)
    for (const { registration } of devices) expect(directory.register(registration)).toBe(true)
    expect(directory.addDocuments(devices.map(({ document }) => document))).toBe(devices.length)
    expect(directory.rows(4690, true).map(({ trust }) => trust)).toEqual(devices.map(() => 'operator-asserted'))
    const identifier = Uint8Array.from(Buffer.from(devices[0]!.document.address.slice(2), 'hex'))
    expect(directory.find(identifier.slice(0, 20))).toBeNull()
    expect(directory.learnKey(directory.at(0)!, new Uint8Array(65).fill(4))).toBe(false)
  })
  test('behavior: what was written before the first block that is read is not there, and said so', async () => {
    const { blockNumber } = await on.writeV2(keccak256('0x04'), 9n)
    const found = await list('ioid-v2', { contracts: contracts(), project: null, fromBlock: blockNumber })
    expect(found.devices).toHaveLength(1)
    expect(found.remarks.join(' ')).toContain(`3 devices are counted, 1 were written since block ${blockNumber}`)
  })
  test('error: more than were bargained for', async () => {
    await expect(list('ioid-v2', { contracts: contracts(), maxDevices: 2 })).rejects.toMatchObject({
      code: 'DIRECTORY_BROKEN',
    })
  })
})

describe('askContractAccount', () => {
  test('default: a contract account stands by what its owner signed, and by nothing else', async () => {
    const owner = privateKeyToAccount(`0x${'44'.repeat(32)}`)
    const account = await on.createAccountContract(owner.address)
    const ask = (who: Hex) => (digestOf: Hex, digest: Uint8Array, signature: Uint8Array) =>
      askContractAccount(on.rpc, who === account ? digestOf : who, digest, signature)
    const event = await dimoEvent((text) => text.replace(/"source": "[^"]*"/, `"source": "${account}"`))
    const verdict = async (bytes: Uint8Array, who = account) =>
      (await dimo.read(bytes, { ...toolsFor(account), askAccount: ask(who) }))[0]!.verdict
    expect(await verdict(event)).toBe('OK')
    const altered = new TextDecoder().decode(event).replace('"value": 55', '"value": 56')
    expect(await verdict(new TextEncoder().encode(altered))).toBe('BAD_SIGNATURE')
    expect(await verdict(event, addressOf(1))).toBe('BAD_SIGNATURE') // an address without code
    expect(await verdict(event, on.contracts.ioID)).toBe('BAD_SIGNATURE') // a contract that knows no such question
  })
})

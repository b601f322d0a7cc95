import { encodeAbiParameters, encodeFunctionResult, type Hex, keccak256 } from 'viem'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { directories } from '../../../src/chain/directories/index.ts'
import type { DirectoryListing, DirectoryRequest } from '../../../src/chain/directory.ts'
import { ioidAbi } from '../../../src/chain/ioidAbis.ts'
import { createHttpRpc } from '../../../src/chain/rpc.ts'
import { CODE, type IoidAnswers, madeUp, PROJECT, SERVED, startIoidServer } from '../../support/ioid/ioidServer.ts'

const ioidV1 = directories.find(({ id }) => id === 'ioid-v1')!
let server: Awaited<ReturnType<typeof startIoidServer>>
beforeAll(async () => {
  server = await startIoidServer()
})
beforeEach(() => server.lie())
afterAll(() => server.stop())

const list = (change: Partial<DirectoryRequest> = {}, timeoutMs = 15_000): Promise<DirectoryListing> =>
  ioidV1.list({
    rpc: createHttpRpc(server.url, (url, init) => fetch(url, init), timeoutMs),
    chainId: 4689,
    contracts: SERVED,
    pins: {},
    project: PROJECT,
    fromBlock: null,
    kind: 'smart-meter',
    origin: 'replayed',
    maxDevices: 10_000,
    signal: AbortSignal.timeout(20_000),
    ...change,
  })
const addresses = ({ devices }: DirectoryListing): string[] => devices.map(({ document }) => document.address)
const pageOf = (array: readonly Hex[], next: Hex): Hex =>
  encodeFunctionResult({ abi: ioidAbi, functionName: 'projectIDs', result: [array, next] })
const NOBODY: Hex = `0x${'00'.repeat(20)}`
const SENTINEL: Hex = `0x${'00'.repeat(19)}01`
/** Lies in the pages alone; `n` counts them from 0. */
const pages = (answer: (n: number, start: Hex) => Hex): Partial<IoidAnswers> => {
  let n = 0
  return { call: (name, args) => (name === 'projectIDs' ? answer(n++, args[1] as Hex) : undefined) }
}
const refusal = (change: Partial<DirectoryRequest> = {}, timeoutMs?: number): Promise<string> =>
  list(change, timeoutMs).then(
    () => 'listed',
    ({ code, message }: { code: string; message: string }) => `${code}: ${message}`,
  )

describe('ioID against an endpoint', () => {
  test('default: an honest one', async () => {
    const found = await list()
    expect(addresses(found)).toEqual([3, 2, 1].map(madeUp))
    expect(found.devices[0]!.document).toMatchObject({ origin: 'replayed', kind: 'smart-meter' })
  })
  test('behavior: addresses in capitals, as people copy them, are the same addresses', async () => {
    const loud = { registry: SERVED.registry.replace('0e', '0E') as Hex, ioID: SERVED.ioID.replace('0d', '0D') as Hex }
    expect(addresses(await list({ contracts: loud }))).toEqual([3, 2, 1].map(madeUp))
  })
  test.each([199, 200, 201, 400, 401, 1000])(
    'behavior: %d devices, page by page, none lost and none twice',
    async (n) => {
      const devices = Array.from({ length: n }, (_, i) => madeUp(n - i))
      server.lie({ devices, count: n })
      expect(addresses(await list())).toEqual(devices)
    },
  )
  test('behavior: a list that ends in its sentinel, or in nothing', async () => {
    const devices = [3, 2, 1].map(madeUp)
    for (const end of [NOBODY, SENTINEL]) {
      server.lie(pages(() => pageOf(devices, end)))
      expect(addresses(await list())).toEqual(devices)
    }
  })
  test('behavior: fewer than are counted is remarked', async () => {
    server.lie({ count: 9 })
    expect((await list()).remarks.join(' ')).toMatch(/9 registrations are counted, 3 devices listed/)
  })
  test('behavior: an endpoint that withholds what it counted is caught by the events', async () => {
    server.lie({ method: (method) => (method === 'eth_getLogs' ? [] : undefined) })
    expect((await list({ fromBlock: 0 })).alarms).toEqual([
      expect.stringMatching(/3 registrations are counted.* have 0/),
    ])
  })
  test('behavior: a device of another project or identity is left out, and said loudly', async () => {
    server.lie({ call: (name) => (name === 'deviceProject' ? `0x${'00'.repeat(31)}06` : undefined) })
    const stray = await list()
    expect(stray.devices).toEqual([])
    expect(stray.alarms).toHaveLength(3)
    server.lie({
      call: (name) =>
        name === 'wallet'
          ? encodeFunctionResult({ abi: ioidAbi, functionName: 'wallet', result: [NOBODY, 'did:io:0x00'] })
          : undefined,
    })
    expect((await list()).alarms).toEqual(Array(3).fill(expect.stringMatching(/carries "did:io:0x00"/)))
  })
  test('behavior: pins are compared, whatever their case', async () => {
    const hash = keccak256(CODE)
    const pinned = await list({
      pins: { registry: { codeHash: `0x${hash.slice(2).toUpperCase()}` }, ioID: { codeHash: hash } },
    })
    expect(pinned.code.map(({ state }) => state)).toEqual(['pinned', 'pinned'])
    const changed = await list({ pins: { registry: { codeHash: keccak256('0x01') } } })
    expect(changed.alarms[0]).toMatch(/^THE CODE OF ioIDRegistry WAS REPLACED/)
    expect(changed.trust).toBe('operator-asserted')
  })
  test('behavior: the slot of a contract that is no proxy is empty; its own code counts', async () => {
    server.lie({ method: (method) => (method === 'eth_getStorageAt' ? `0x${'00'.repeat(32)}` : undefined) })
    expect((await list()).code.map(({ implementation }) => implementation)).toEqual([null, null])
  })

  test.each<[string, Partial<IoidAnswers>, RegExp]>([
    ['another chain', { chainId: 1 }, /^CHAIN_WRONG_ID: .*serves chain 1, expected 4689/],
    ['a chain id that is a text', { method: (m) => (m === 'eth_chainId' ? 'mainnet' : undefined) }, /^CHAIN_WRONG_ID/],
    [
      'a block number that is none',
      { method: (m) => (m === 'eth_blockNumber' ? '0xzz' : undefined) },
      /^CHAIN_UNREACHABLE/,
    ],
    ['no code', { method: (m) => (m === 'eth_getCode' ? '0x' : undefined) }, /There is no contract ioID/],
    ['code that is no code', { method: (m) => (m === 'eth_getCode' ? '0x1' : undefined) }, /is no code/],
    ['too much code', { method: (m) => (m === 'eth_getCode' ? `0x${'60'.repeat(24_577)}` : undefined) }, /is no code/],
    [
      'a slot that holds no address',
      { method: (m) => (m === 'eth_getStorageAt' ? `0x${'ff'.repeat(32)}` : undefined) },
      /holds no address/,
    ],
    ['a slot that is short', { method: (m) => (m === 'eth_getStorageAt' ? '0x00' : undefined) }, /holds no address/],
    [
      'a method that does not exist',
      {
        method: () => {
          throw new Error('no such method')
        },
      },
      /no such method/,
    ],
    [
      'contracts that do not name each other',
      { call: (n) => (n === 'minter' ? `0x${'00'.repeat(12)}${'11'.repeat(20)}` : undefined) },
      /do not name each other/,
    ],
    [
      'a revert',
      {
        call: (n) => {
          if (n === 'exists') throw new Error('execution reverted: device not exists')
          return undefined
        },
      },
      /exists of 0x.* is refused \(execution reverted/,
    ],
    ['an empty answer', { call: (n) => (n === 'exists' ? '0x' : undefined) }, /exists of .* no answer to it/],
    ['a truth that is 2', { call: (n) => (n === 'exists' ? `0x${'00'.repeat(31)}02` : undefined) }, /no answer to it/],
    [
      'a count of 2^255',
      { call: (n) => (n === 'projectDeviceCount' ? `0x80${'00'.repeat(31)}` : undefined) },
      /expected at most 10000/,
    ],
    [
      'bytes behind the answer',
      { call: (n) => (n === 'deviceProject' ? `0x${'00'.repeat(31)}05${'00'.repeat(32)}` : undefined) },
      /no answer to it/,
    ],
    [
      'dirty bytes before an address',
      { call: (n) => (n === 'ioID' ? `0x${'01'.repeat(12)}${'0d'.repeat(20)}` : undefined) },
      /no answer to it/,
    ],
    [
      'a text longer than anything',
      {
        call: (n) =>
          n === 'documentURI' ? encodeAbiParameters([{ type: 'string' }], ['x'.repeat(20_000)]) : undefined,
      },
      /expected at most 16384/,
    ],
    [
      'a text whose offset points nowhere',
      { call: (n) => (n === 'documentURI' ? `0x${'ff'.repeat(32)}` : undefined) },
      /no answer to it/,
    ],
    [
      'an answer that is no hexadecimal',
      { call: (n) => (n === 'exists' ? ('yes' as Hex) : undefined) },
      /no hexadecimal/,
    ],
    [
      'a count that changes meanwhile',
      (() => {
        let n = 3
        return {
          call: (name: string): Hex | undefined =>
            name === 'projectDeviceCount' ? `0x${'00'.repeat(31)}0${n++}` : undefined,
        }
      })(),
      /changed while they were read/,
    ],
    [
      'a page longer than was asked',
      {
        ...pages(() =>
          pageOf(
            Array.from({ length: 201 }, (_, i) => madeUp(i)),
            NOBODY,
          ),
        ),
        count: 300,
      },
      /201 devices, asked were 200/,
    ],
    ['a page that holds the sentinel', pages(() => pageOf([madeUp(1), SENTINEL], NOBODY)), /holds 0x0{39}1/],
    ['a page that holds nobody', pages(() => pageOf([NOBODY], NOBODY)), /holds 0x0{40}/],
    ['a short page that promises more', pages(() => pageOf([madeUp(1)], madeUp(2))), /ends after 1 devices/],
    ['an empty page that promises more', pages(() => pageOf([], madeUp(2))), /ends after 0 devices/],
    [
      'more devices than the project has',
      pages(() => pageOf([4, 3, 2, 1].map(madeUp), NOBODY)),
      /more than the 3 devices/,
    ],
    [
      'a page that is not the one promised',
      {
        ...pages((n) =>
          pageOf(
            Array.from({ length: 200 }, (_, i) => madeUp(1000 * n + i)),
            madeUp(999),
          ),
        ),
        count: 9000,
      },
      /begins with .*, the one before it promised/,
    ],
    [
      'pages without end',
      {
        ...pages((n) =>
          pageOf(
            Array.from({ length: 200 }, (_, i) => madeUp(200 * n + i)),
            madeUp(200 * (n + 1)),
          ),
        ),
        count: 500,
      },
      /more than the 500 devices/,
    ],
  ])('error: %s', async (_, change, message) => {
    server.lie(change)
    expect(await refusal()).toMatch(message)
  })
  test('behavior: a page that is repeated is walked once, and the rest is missed by the events', async () => {
    const devices = Array.from({ length: 200 }, (_, i) => madeUp(i))
    server.lie({
      ...pages(() => pageOf(devices, devices[0]!)),
      devices,
      count: 900,
      method: (m) => (m === 'eth_getLogs' ? [] : undefined),
    })
    const found = await list({ fromBlock: 0 })
    expect(found.devices).toHaveLength(200)
    expect(found.alarms.join(' ')).toMatch(/900 registrations are counted.* withholds/)
    expect(found.remarks.join(' ')).toMatch(/in a circle at/)
    expect(server.calls).toBeLessThan(200 * 8)
  })

  test.each<[string, NonNullable<IoidAnswers['raw']>, RegExp]>([
    ['never answers', () => 'hang', /^CHAIN_UNREACHABLE/],
    ['hangs up', () => null, /^CHAIN_UNREACHABLE/],
    ['sends HTML', () => '<html>busy</html>', /^CHAIN_UNREACHABLE/],
    ['sends an empty text', () => '', /^CHAIN_UNREACHABLE/],
    ['sends null', () => 'null', /^CHAIN_UNREACHABLE/],
    ['sends no result', () => '{"jsonrpc":"2.0","id":1}', /^CHAIN_UNREACHABLE/],
    ['sends half an answer', (_, answer) => answer.slice(0, -5), /^CHAIN_UNREACHABLE/],
    ['sends more than anybody wants', (_, answer) => answer + ' '.repeat(65_000_000), /^CHAIN_UNREACHABLE.*more than/],
    [
      'answers calls with a number',
      (method, answer) => (method === 'eth_call' ? '{"result":1}' : answer),
      /no hexadecimal/,
    ],
    [
      'answers calls with a list',
      (method, answer) => (method === 'eth_call' ? '{"result":[]}' : answer),
      /no hexadecimal/,
    ],
  ])('error: an endpoint that %s', async (_, raw, message) => {
    server.lie({ raw })
    expect(await refusal({}, raw('', '') === 'hang' ? 200 : 15_000)).toMatch(message)
  })
  test('behavior: an answer that comes too late for one, and in time for another', async () => {
    server.lie({ raw: (method, answer) => (method === 'eth_blockNumber' ? 'hang' : answer) })
    expect(await refusal({}, 100)).toMatch(/^CHAIN_UNREACHABLE/)
    server.lie()
    expect(await refusal({}, 10_000)).toBe('listed')
  })
  test('behavior: whoever asked may stop', async () => {
    server.lie({ raw: () => 'hang' })
    const stop = new AbortController()
    const asked = list({ signal: stop.signal }, 20_000)
    stop.abort(new Error('stopped'))
    await expect(asked).rejects.toThrow()
  })
})

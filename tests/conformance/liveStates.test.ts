import { createServer, type Server, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { encodeAbiParameters, toFunctionSelector } from 'viem'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { liveAnswer } from '../../src/chain/liveState/answer.ts'
import { liveStates } from '../../src/chain/liveState/index.ts'
import type { LiveStateRequest } from '../../src/chain/liveState/source.ts'
import type { Clock } from '../../src/chain/source.ts'
import { exactText, LIVE_STATE_IDS, type LiveState, type LiveStateId, liveLabel } from '../../src/model/liveState.ts'

// Loopback servers in the shapes that the sources document. Their figures are this test's own.

interface Asked {
  readonly method: string
  readonly params: unknown
}
/** Sent as it stands; anything else becomes the result of a call. */
class Raw {
  readonly text: string
  constructor(text: string) {
    this.text = text
  }
}
type Answering = (asked: Asked, response: ServerResponse) => unknown

const NOW = Date.UTC(2026, 10, 27)
let server: Server
let url = ''
let answering: Answering = () => null
const asked: Asked[] = []
const pauses: number[] = []
const clock: Clock = {
  nowMs: () => NOW,
  sleep: async (ms) => {
    pauses.push(ms)
  },
}

beforeAll(async () => {
  server = createServer((request, response) => {
    let text = ''
    request.on('data', (part: Buffer) => {
      text += part.toString()
    })
    request.on('end', () => {
      const call: Asked = text ? JSON.parse(text) : { method: `GET ${request.url}`, params: null }
      asked.push(call)
      const body = answering(call, response)
      if (body === undefined) return
      response.end(body instanceof Raw ? body.text : JSON.stringify({ jsonrpc: '2.0', id: 1, result: body }))
    })
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
})
afterAll(() => {
  server.closeAllConnections()
  server.close()
})
beforeEach(() => {
  asked.length = 0
  pauses.length = 0
})

const words = (...numbers: bigint[]): string =>
  encodeAbiParameters(
    numbers.map(() => ({ type: 'uint256' })),
    numbers,
  )
const selector = (signature: string): string => toFunctionSelector(`function ${signature}()`)
const ethereum =
  (chainId: number, views: Readonly<Record<string, string>> = {}): Answering =>
  ({ method, params }) => {
    if (method === 'eth_chainId') return `0x${chainId.toString(16)}`
    if (method === 'eth_blockNumber') return '0x2a'
    if (method === 'eth_gasPrice') return '0xe8d4a51000'
    if (method !== 'eth_call' || !Array.isArray(params)) throw new Error(method)
    return views[(params[0] as { data: string }).data]
  }
const iotexViews = {
  [selector('price')]: words(1_000n * 10n ** 18n),
  [selector('totalSupply')]: words(4321n),
  [selector('totalStakingAmount')]: words(3_500_000_000n * 10n ** 18n + 1n),
  [selector('bucketsCount')]: words(70_000n, 40_000n),
}
const lotus: Answering = (call, response) => {
  if (call.method === 'Filecoin.ChainHead') return { Height: 5_000_000, Cids: [], Blocks: [] }
  if (call.method !== 'Filecoin.StateVMCirculatingSupplyInternal') return ethereum(314)(call, response)
  const amounts = { FilMined: '7', FilBurnt: '40', FilLocked: '114290000000000000000000000', FilCirculating: '10' }
  return { FilVested: '1', FilReserveDisbursed: '0', ...amounts }
}
const nearNode: Answering = ({ method }) =>
  method === 'block'
    ? { author: 'a', header: { height: 9, total_supply: '1250000000000000000000000000000000', gas_price: '100000000' } }
    : {
        epoch_height: 3,
        current_validators: [1, 2].map((n) => ({ account_id: `v${n}`, stake: `${n}${'0'.repeat(24)}` })),
      }
const entity: Answering = ({ method }) => {
  const item = (key: string, lat: number) => ({ key_to_asset_key: key, is_active: false, lat, long: 2 })
  const page = method.includes('cursor=1')
    ? { cursor: null, items: [item('c', 3), { key_to_asset_key: 'd' }] }
    : { cursor: '1', items: [item('a', 1), item('b', 1)] }
  return new Raw(JSON.stringify(page))
}
const honest: Readonly<Record<LiveStateId, Answering>> = {
  iotex: ethereum(4689, iotexViews),
  'iotex-testnet': ethereum(4690, iotexViews),
  filecoin: lotus,
  near: nearNode,
  'helium-iot': entity,
  'helium-mobile': entity,
}
const expected: Readonly<Record<LiveStateId, Readonly<Record<string, string>>>> = {
  iotex: {
    height: '42',
    'ioid-price': '1000',
    ioids: '4321',
    staked: '3500000000.000000000000000001',
    buckets: '40000',
  },
  'iotex-testnet': { height: '42', 'gas-price': '1000000000000', staked: '3500000000.000000000000000001' },
  filecoin: { height: '5000000', locked: '114290000', mined: '0.000000000000000007', burnt: '0.00000000000000004' },
  near: { height: '9', supply: '1250000000', validators: '2', staked: '3', epoch: '3' },
  'helium-iot': { placed: '3', places: '2' },
  'helium-mobile': { placed: '3', places: '2' },
}
const figures = (state: LiveState): Record<string, string> =>
  Object.fromEntries(state.figures.map((one) => [one.id, exactText(one)]))

test('the list: every network once, each snapshot dated and of its own network', () => {
  expect(liveStates.map(({ id }) => id)).toEqual(LIVE_STATE_IDS)
  for (const { id, snapshot, urlSource } of liveStates) {
    expect(urlSource).not.toBe('')
    if (!snapshot) continue
    expect(snapshot.network).toBe(id)
    expect(snapshot.takenAtMs).toBeLessThan(NOW)
    for (const { source, unit } of snapshot.figures) expect([source, unit]).not.toContain('')
  }
})

describe.each(liveStates)('$id', (network) => {
  const request = (change: Partial<LiveStateRequest> = {}): LiveStateRequest => ({
    ...{ fetch: (input, init) => fetch(input, init), url, clock, signal: new AbortController().signal },
    ...change,
  })
  const read = (change: Partial<LiveStateRequest> = {}) => network.read(request(change))

  test('default: the figures, exact, with unit and call', async () => {
    answering = honest[network.id]
    const state = await read()
    expect(figures(state)).toMatchObject(expected[network.id])
    expect(state).toMatchObject({ network: network.id, takenAtMs: NOW, askedAt: new URL(url).host, complete: true })
    for (const { unit, source } of state.figures) expect([unit, source]).not.toContain('')
    expect(pauses).toEqual([])
  })
  test('behavior: an endpoint that fails twice is asked three times, with pauses that double', async () => {
    let failures = 2
    answering = (call, response) => {
      if (failures-- > 0) response.writeHead(503)
      return honest[network.id](call, response)
    }
    expect(figures(await read())).toMatchObject(expected[network.id])
    expect(pauses).toEqual([400, 800])
  })
  test('error: one that goes on failing is left after three tries; what stands in is labelled', async () => {
    answering = (_, response) => {
      response.writeHead(500)
      return new Raw('no')
    }
    await expect(read()).rejects.toMatchObject({
      code: 'SOURCE_UNREACHABLE',
      message: expect.stringContaining('HTTP 500'),
    })
    expect(asked).toHaveLength(3)
    const answer = await liveAnswer(network, request())
    expect(answer.kind).toBe(network.snapshot ? 'snapshot' : 'none')
    expect(liveLabel(answer)).toMatch(
      network.snapshot ? /SNAPSHOT of \d{4}-\d\d-\d\d .*, not live\.$/ : /No snapshot is known\.$/,
    )
  })
  test('error: a line that breaks off', async () => {
    answering = (_, response) => void response.destroy()
    await expect(read()).rejects.toMatchObject({ code: 'SOURCE_UNREACHABLE' })
  })
  test.each([
    ['HTML', '<html>blocked</html>'],
    ['nothing', ''],
    ['half an object', '{"jsonrpc":"2.0","id":1,'],
    ['an array', '[]'],
    ['null', 'null'],
    ['another id', '{"jsonrpc":"2.0","id":7,"result":"0x1"}'],
    ['a refusal', '{"jsonrpc":"2.0","id":1,"error":{"code":-32601,"message":"no such\\nmethod \\u202e"}}'],
    ['an answer without a result', '{"jsonrpc":"2.0","id":1}'],
    ['a deep nest', '['.repeat(50_000)],
    ['a prototype', '{"jsonrpc":"2.0","id":1,"result":{"__proto__":{"header":1}}}'],
    ['negative numbers', '{"jsonrpc":"2.0","id":1,"result":"-0x1"}'],
    ['a number too long', `{"jsonrpc":"2.0","id":1,"result":"0x${'f'.repeat(900)}"}`],
  ])('error: %s is broken, said in one line, and not asked for again', async (_, body) => {
    answering = () => new Raw(body)
    const failure = await read().then(
      () => null,
      (error: unknown) => error,
    )
    expect(failure).toMatchObject({ code: 'SOURCE_BROKEN' })
    expect(String((failure as Error).message)).toMatch(/^[^\n\u202e]{1,300}$/)
    expect(asked).toHaveLength(1)
  })
  test('behavior: stopping ends it at once and gives no snapshot', async () => {
    const stop = new AbortController()
    answering = () => {
      stop.abort(new Error('stopped'))
    }
    await expect(liveAnswer(network, request({ signal: stop.signal }))).rejects.toThrow('stopped')
    expect(asked).toHaveLength(1)
  })
})

describe.each(liveStates.filter(({ id }) => !id.startsWith('helium')))('$id over JSON-RPC', (network) => {
  const read = (timeoutMs = 5_000) =>
    network.read({
      ...{ fetch: (input, init) => fetch(input, init), url, clock, timeoutMs },
      signal: new AbortController().signal,
    })
  test('error: silence ends with the time-out', async () => {
    answering = () => undefined
    await expect(read(20)).rejects.toMatchObject({
      code: 'SOURCE_UNREACHABLE',
      message: expect.stringContaining('nothing within 20 ms'),
    })
    expect(asked).toHaveLength(3)
  })
  test('error: an answer without end is cut off', async () => {
    answering = (_, response) => {
      const part = Buffer.alloc(1 << 20, 0x20)
      const pour = (): void => {
        while (!response.destroyed && response.write(part));
      }
      response.on('drain', pour)
      pour()
    }
    await expect(read()).rejects.toMatchObject({
      code: 'SOURCE_BROKEN',
      message: expect.stringContaining('more than 4000000 bytes'),
    })
  })
})

describe('lies that can be seen', () => {
  const read = (id: LiveStateId) =>
    liveStates
      .find((one) => one.id === id)!
      .read({
        ...{ fetch: (input: string, init?: RequestInit) => fetch(input, init), url, clock },
        signal: new AbortController().signal,
      })
  test.each(['iotex', 'iotex-testnet', 'filecoin'] as const)('error: %s on another chain', async (id) => {
    answering = ethereum(1)
    await expect(read(id)).rejects.toMatchObject({ code: 'CHAIN_WRONG_ID' })
  })
  test.each([
    ['more is staked than exists', { [selector('totalStakingAmount')]: words(10n ** 29n) }],
    ['an empty answer of a contract', { [selector('price')]: '0x' }],
    ['bytes behind the end', { [selector('price')]: words(1n, 2n) }],
    ['a count of more than 64 bits', { [selector('bucketsCount')]: words(1n, 2n ** 64n) }],
  ])('error: IoTeX, %s', async (_, lie) => {
    answering = ethereum(4689, { ...iotexViews, ...lie })
    await expect(read('iotex')).rejects.toMatchObject({ code: 'SOURCE_BROKEN' })
  })
  test('error: NEAR, more is staked than exists', async () => {
    answering = (call, response) =>
      call.method === 'block' ? { header: { height: 9, total_supply: '5', gas_price: '1' } } : nearNode(call, response)
    await expect(read('near')).rejects.toMatchObject({ code: 'SOURCE_BROKEN' })
  })
  test('error: Filecoin, more circulates than can exist', async () => {
    answering = (call, response) =>
      call.method.endsWith('SupplyInternal')
        ? { FilMined: '1', FilBurnt: '1', FilLocked: '1', FilCirculating: `3${'0'.repeat(27)}` }
        : lotus(call, response)
    await expect(read('filecoin')).rejects.toMatchObject({ code: 'SOURCE_BROKEN' })
  })
})

import { afterEach, expect, test, vi } from 'vitest'
import type { Hex } from '../../../src/base/hex.ts'
import { systemClock } from '../../../src/chain/clock.ts'
import { createHeads, type HeadEvent } from '../../../src/chain/heads.ts'
import type { Rpc } from '../../../src/chain/rpc.ts'
import type { Clock } from '../../../src/chain/source.ts'
import type { TextSocketEvents } from '../../../src/chain/textSocket.ts'

// Time stands still but where a test moves it, so what is told within no time was told by the socket.
vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout', 'Date'] })

const hashOf = (n: number): Hex => `0x${n.toString(16).padStart(64, '0')}`
const POLL_MS = 1_000

let stop = new AbortController()
afterEach(() => {
  stop.abort()
  stop = new AbortController()
})

/** An endpoint with a socket that does what the test says. */
function stand(subscribes = true) {
  let height = 5
  let polls = 0
  const sockets: { events: TextSocketEvents; sent: string[]; open: boolean }[] = []
  const rpc: Rpc = {
    url: 'mock',
    async request(method, params) {
      if (method === 'eth_chainId') return '0x5'
      if (params[0] === 'latest') polls++
      const n = params[0] === 'latest' ? height : Number(params[0])
      return { number: `0x${n.toString(16)}`, hash: hashOf(n), parentHash: hashOf(n - 1), timestamp: '0x10' }
    },
  }
  const clock: Clock = systemClock
  const events: HeadEvent[] = []
  const heads = createHeads({
    rpc,
    chainId: 5,
    clock,
    pollMs: POLL_MS,
    line: {
      url: 'ws://mock',
      open(_, on) {
        const socket = { events: on, sent: [] as string[], open: true }
        sockets.push(socket)
        return {
          send: (text) => {
            socket.sent.push(text)
            if (subscribes) on.message('{"jsonrpc":"2.0","id":1,"result":"0xa"}')
          },
          close() {
            if (!socket.open) return
            socket.open = false
            on.closed()
          },
        }
      },
    },
  })
  void (async () => {
    for await (const event of heads.follow(stop.signal)) events.push(event)
  })()
  void heads.run(stop.signal)
  const pass = (ms: number): Promise<unknown> => vi.advanceTimersByTimeAsync(ms)
  return {
    events,
    sockets,
    pass,
    polls: () => polls,
    seen: () => events.at(-1)?.head.number,
    mine: (count = 1) => {
      height += count
    },
    ring(hash = hashOf(height), subscription = '0xa') {
      if (!sockets.at(-1)!.open) return
      const params = { subscription, result: { hash, number: '0x0' } }
      sockets.at(-1)!.events.message(JSON.stringify({ jsonrpc: '2.0', method: 'eth_subscription', params }))
    },
    async begin() {
      await pass(0)
      sockets[0]!.events.opened()
      await pass(10)
    },
  }
}

test('default: a head that the socket names is read at once, and polling is slow meanwhile', async () => {
  const chain = stand()
  await chain.begin()
  expect(JSON.parse(chain.sockets[0]!.sent[0]!)).toMatchObject({ method: 'eth_subscribe', params: ['newHeads'] })
  await chain.pass(100)
  for (let n = 6; n < 12; n++) {
    chain.mine()
    chain.ring()
    await chain.pass(60)
    expect(chain.seen()).toBe(n)
  }
  const before = chain.polls()
  await chain.pass(9_000)
  expect(chain.polls() - before).toBeLessThanOrEqual(1)
})

test('behavior: what is named while a look is under way is looked for after it', async () => {
  const chain = stand()
  await chain.begin()
  chain.mine()
  chain.ring()
  await chain.pass(60)
  chain.ring(hashOf(7)) // named before the endpoint has it
  await chain.pass(60)
  expect(chain.seen()).toBe(6)
  chain.mine()
  await chain.pass(POLL_MS + 60) // not the slow poll
  expect(chain.seen()).toBe(7)
})

test.each([
  ['silent', (chain: ReturnType<typeof stand>) => void chain],
  ['cut', (chain: ReturnType<typeof stand>) => chain.sockets[0]!.events.closed()],
  ['talking nonsense', (chain: ReturnType<typeof stand>) => chain.sockets[0]!.events.message('{"jsonrpc"')],
  [
    'refusing',
    (chain: ReturnType<typeof stand>) => chain.sockets[0]!.events.message('{"id":1,"error":{"code":-32601}}'),
  ],
  ['speaking of another subscription', (chain: ReturnType<typeof stand>) => chain.ring(hashOf(6), '0xb')],
])('error: a socket that is %s costs no head: polling finds it as without one', async (_, harm) => {
  const chain = stand()
  await chain.begin()
  harm(chain)
  await chain.pass(20)
  for (let n = 6; n < 9; n++) {
    chain.mine()
    await chain.pass(POLL_MS + 60)
    expect(chain.seen()).toBe(n)
  }
})

test('error: after a time of silence the slow poll finds the head, then polling is quick again', async () => {
  const chain = stand()
  await chain.begin()
  chain.mine()
  chain.ring()
  await chain.pass(60)
  chain.mine()
  await chain.pass(10_100)
  expect(chain.seen()).toBe(7)
  chain.mine()
  await chain.pass(POLL_MS + 60)
  expect(chain.seen()).toBe(8)
})

test('error: a socket that lies changes no head, and is left alone for a while', async () => {
  const chain = stand()
  await chain.begin()
  for (let n = 0; n < 40; n++) {
    chain.ring(hashOf(1_000 + n))
    await chain.pass(60)
  }
  expect(chain.events.map(({ head }) => head.number)).toEqual([5])
  expect(chain.events.every(({ withdrawnFrom }) => withdrawnFrom === null)).toBe(true)
  expect(chain.sockets).toHaveLength(1)
  expect(chain.sockets[0]!.open).toBe(false)
  expect(chain.polls()).toBeLessThan(20)
  chain.mine()
  await chain.pass(POLL_MS + 60)
  expect(chain.seen()).toBe(6)
  await chain.pass(61_000)
  expect(chain.sockets).toHaveLength(2)
})

test('behavior: a socket that was cut is opened again, with growing pauses', async () => {
  const chain = stand()
  await chain.begin()
  for (let n = 1; n < 4; n++) {
    chain.sockets.at(-1)!.events.closed()
    await chain.pass(2 ** n * 1_000)
    expect(chain.sockets).toHaveLength(n + 1)
  }
  chain.sockets.at(-1)!.events.opened()
  await chain.pass(POLL_MS + 60)
  chain.mine()
  chain.ring()
  await chain.pass(60)
  expect(chain.seen()).toBe(6)
})

test('behavior: ends with its reader', async () => {
  const chain = stand()
  await chain.begin()
  stop.abort()
  await chain.pass(0)
  expect(chain.sockets[0]!.open).toBe(false)
  const before = chain.polls()
  await chain.pass(100_000)
  expect([chain.polls(), chain.sockets.length]).toEqual([before, 1])
})

import type { Server } from 'node:http'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { WebSocket } from 'ws'
import { type Anvil, startAnvil } from '../../data/devnet/anvil.ts'
import { systemClock } from '../../src/chain/clock.ts'
import { createHeads, type HeadEvent } from '../../src/chain/heads.ts'
import { createHttpRpc } from '../../src/chain/rpc.ts'
import { textSocketsOf } from '../../src/chain/textSocket.ts'
import { createPageServer } from '../../src/cli/serve/pageServer.ts'
import { takePort } from '../../src/cli/serve/port.ts'

// A real chain behind the page's own server: heads over the socket, everything else refused there.

let anvil: Anvil
let server: Server
let port = 0
const stop = new AbortController()

beforeAll(async () => {
  anvil = await startAnvil({ chainId: 31337, genesisTimeS: 1_750_000_000 })
  server = createPageServer(
    {
      sources: () => ({}),
      rpc: () => ({ url: anvil.rpc.url, title: 'The chain' }),
      gateway: () => null,
      indexer: () => null,
      indexerHealth: () => ({}),
    },
    (_path, _request, response) => void response.writeHead(404).end(),
  )
  port = await takePort(server, 0, 0)
})
afterAll(async () => {
  stop.abort()
  server.closeAllConnections()
  server.close()
  await anvil.stop()
})

const mine = (): Promise<unknown> => anvil.rpc.request('evm_mine', [])
const until = async (condition: () => boolean): Promise<void> => {
  while (!condition()) await new Promise((resolve) => setTimeout(resolve, 5))
}
const LONG_MS = 3_600_000 // polling alone would find nothing within a test

test('default: heads of an anvil come through the one origin, without polling', { timeout: 20_000 }, async () => {
  const events: HeadEvent[] = []
  const opened: WebSocket[] = []
  class Recorded extends WebSocket {
    constructor(url: string) {
      super(url)
      opened.push(this)
    }
  }
  const heads = createHeads({
    rpc: createHttpRpc(`http://127.0.0.1:${port}/rpc`, (url, init) => fetch(url, init)),
    chainId: 31337,
    clock: { nowMs: systemClock.nowMs, sleep: (ms, signal) => systemClock.sleep(ms === 1_000 ? 20 : ms, signal) },
    pollMs: LONG_MS,
    line: { url: `ws://127.0.0.1:${port}/rpc`, open: textSocketsOf(Recorded as never) },
  })
  void (async () => {
    for await (const event of heads.follow(stop.signal)) events.push(event)
  })()
  void heads.run(stop.signal)
  await until(() => events.length === 1)
  await until(() => opened[0]?.readyState === WebSocket.OPEN)
  await new Promise((resolve) => setTimeout(resolve, 200)) // the subscription is on its way
  for (let n = 1; n <= 3; n++) {
    await mine()
    await until(() => events.at(-1)!.head.number === n)
  }
  opened[0]!.terminate() // cut: whoever waited looks once by itself, then listens anew
  await until(() => opened.length >= 2 && opened.at(-1)!.readyState === WebSocket.OPEN)
  await new Promise((resolve) => setTimeout(resolve, 200))
  await mine()
  await until(() => events.at(-1)!.head.number === 4)
})

const talk = (...requests: object[]): Promise<string[]> =>
  new Promise((resolve, reject) => {
    const socket = new WebSocket(`ws://127.0.0.1:${port}/rpc`)
    const answers: string[] = []
    socket.on('error', reject)
    socket.on('open', () => {
      for (const request of requests) socket.send(JSON.stringify(request))
    })
    socket.on('message', (data) => {
      answers.push(String(data))
      if (answers.length === requests.length) {
        socket.close()
        resolve(answers)
      }
    })
  })

test('error: the socket carries subscriptions and nothing that writes or mines', async () => {
  const methods = ['evm_mine', 'anvil_setBalance', 'eth_sendTransaction', 'eth_blockNumber']
  const before = await anvil.rpc.request('eth_blockNumber', [])
  const answers = await talk(...methods.map((method, id) => ({ jsonrpc: '2.0', id, method, params: [] })))
  for (const [id, answer] of answers.entries())
    expect(JSON.parse(answer)).toMatchObject({ id, error: { code: -32601 } })
  expect(await anvil.rpc.request('eth_blockNumber', [])).toBe(before)
})

test('error: a page of another origin gets no socket', async () => {
  const refused = new Promise((resolve) => {
    const socket = new WebSocket(`ws://127.0.0.1:${port}/rpc`, { origin: 'http://evil.example' })
    socket.on('error', (error) => resolve(error.message))
    socket.on('open', () => resolve('open'))
  })
  expect(await refused).toContain('403')
})

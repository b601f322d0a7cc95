import type { Server } from 'node:http'
import { connect } from 'node:net'
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest'
import WebSocket from 'ws'
import type { BodyStore } from '../../data/devnet/bodyStore.ts'
import { type GatewayServer, serveGateway } from '../../data/devnet/gatewayServer.ts'
import { createLiveBacklog, type LiveBacklog } from '../../data/devnet/liveBacklog.ts'
import { systemClock } from '../../src/chain/clock.ts'
import { createLiveChannel, type LiveChannel } from '../../src/chain/liveChannel.ts'
import { type LiveSocket, type OpenLiveSocket, socketsOf } from '../../src/chain/liveSocket.ts'
import { encodeLiveMessage, LIVE_PROTOCOL, LIVE_WINDOW } from '../../src/chain/liveWire.ts'
import { createPageServer } from '../../src/cli/serve/pageServer.ts'
import { takePort } from '../../src/cli/serve/port.ts'
import { closeServer } from '../../src/cli/start/closeServer.ts'

// A real gateway behind the real page server, over real sockets. Frames are numbers here: who may sign is not the
// channel's business.

const BACKLOG_FRAMES = 20_000
const bodies: BodyStore = { put: () => {}, get: () => null, prune: () => 0, count: () => 0, withheld: () => null }
let backlog: LiveBacklog
let gateway: GatewayServer
let page: Server
let port = 0
const running: AbortController[] = []

beforeAll(async () => {
  backlog = createLiveBacklog({ maxFrames: BACKLOG_FRAMES })
  gateway = await serveGateway({
    bodies,
    backlog,
    status: () => ({}),
    documents: () => [],
    mischief: () => ({ kind: 'none', device: null }),
    setMischief: async () => {},
  })
  page = createPageServer(
    {
      sources: () => ({}),
      rpc: () => null,
      gateway: () => ({ url: gateway.url, title: 'The gateway' }),
      indexer: () => null,
      indexerHealth: () => ({}),
    },
    (_path, _request, response) => response.writeHead(404).end(),
  )
  port = await takePort(page, 0, 0)
})
afterEach(() => {
  for (const one of running.splice(0)) one.abort()
})
afterAll(async () => {
  await closeServer(page)
  await gateway.stop()
})

const frameOf = (n: number): Uint8Array => new Uint8Array(Uint32Array.of(n).buffer)
const numberOf = (bytes: Uint8Array): number => new DataView(bytes.buffer, bytes.byteOffset).getUint32(0, true)
let pushed = 0
const push = (count: number): void => {
  for (let i = 0; i < count; i++) backlog.push(frameOf(pushed++))
}
const until = async (condition: () => boolean): Promise<void> => {
  while (!condition()) await new Promise((resolve) => setTimeout(resolve, 10))
}

interface Listening {
  readonly channel: LiveChannel
  readonly numbers: number[]
  /** Ends the connection that is open, as a broken line does. */
  kill(): void
}

/** A page's end of the channel. `sockets` may break or forge what goes through it. */
function listen(options: { sockets?: OpenLiveSocket | null; take?: () => Promise<void> } = {}): Listening {
  const real = socketsOf(WebSocket as never)
  let open: WebSocketEnd | null = null
  const sockets: OpenLiveSocket = (url, protocol, events) => {
    const socket = real(url, protocol, events)
    open = { socket }
    return socket
  }
  const numbers: number[] = []
  const stop = new AbortController()
  running.push(stop)
  const channel = createLiveChannel({
    url: `http://127.0.0.1:${port}/gateway/live`,
    fetch: (url, init) => fetch(url, init),
    openSocket: options.sockets === undefined ? sockets : options.sockets,
    clock: { ...systemClock, sleep: (ms, signal) => systemClock.sleep(Math.min(ms, 50), signal) },
    sink: {
      async frames(list) {
        numbers.push(...list.map(numberOf))
        await options.take?.()
      },
      changed() {},
    },
  })
  void channel.run(stop.signal)
  return { channel, numbers, kill: () => open?.socket.close() }
}
interface WebSocketEnd {
  readonly socket: LiveSocket
}
const range = (from: number, to: number): number[] => Array.from({ length: to - from }, (_, i) => from + i)

describe('over sockets', () => {
  test('default: frames arrive in order, from the moment of joining on', async () => {
    push(3)
    const first = pushed
    const { channel, numbers } = listen()
    await until(() => channel.cursor.stream !== 0)
    push(700)
    await until(() => numbers.length >= 700)
    expect(numbers).toEqual(range(first, pushed))
    expect(channel.way).toBe('socket')
    expect(channel.cursor).toMatchObject({ resumed: 0, lost: 0, restarts: 0 })
  })
  test('behavior: a socket killed twenty times loses nothing and repeats nothing', async () => {
    const first = pushed
    const page = listen()
    await until(() => page.channel.cursor.stream !== 0)
    for (let kill = 0; kill < 20; kill++) {
      push(50)
      await until(() => page.numbers.length > kill * 40)
      page.kill()
      push(25) // while nobody listens
    }
    await until(() => page.numbers.length >= pushed - first)
    expect(page.numbers).toEqual(range(first, pushed))
    expect(page.channel.cursor).toMatchObject({ lost: 0, restarts: 0 })
  })
  test('behavior: a slow page is sent no more than the window, and gets everything in the end', async () => {
    let release: () => void = () => {}
    const gate = new Promise<void>((resolve) => {
      release = resolve
    })
    const first = pushed
    const { channel, numbers } = listen({ take: () => gate })
    await until(() => channel.cursor.stream !== 0)
    push(LIVE_WINDOW + 4_000)
    await until(() => channel.cursor.next - first >= LIVE_WINDOW)
    await new Promise((resolve) => setTimeout(resolve, 300))
    expect(channel.cursor.next - first).toBeLessThan(LIVE_WINDOW + 512)
    release()
    await until(() => numbers.length >= LIVE_WINDOW + 4_000)
    expect(numbers).toEqual(range(first, pushed))
  })
  test('behavior: who was away longer than the backlog is told how much it missed', async () => {
    const first = pushed
    const page = listen()
    await until(() => page.channel.cursor.stream !== 0)
    push(10)
    await until(() => page.numbers.length === 10)
    page.kill()
    push(BACKLOG_FRAMES + 5_000)
    await until(() => page.channel.cursor.next === pushed)
    await until(() => page.numbers.length >= 10 + BACKLOG_FRAMES)
    expect(page.channel.cursor.lost).toBe(5_000)
    expect(page.numbers).toEqual([...range(first, first + 10), ...range(first + 10 + 5_000, pushed)])
  })
  test('behavior: a line that swallows messages is noticed and made good', async () => {
    const real = socketsOf(WebSocket as never)
    let seen = 0
    const lossy: OpenLiveSocket = (url, protocol, events) =>
      real(url, protocol, {
        ...events,
        message(bytes) {
          if (bytes[0] === 2 && ++seen % 3 === 0) return
          events.message(bytes)
        },
      })
    const first = pushed
    const { channel, numbers } = listen({ sockets: lossy })
    await until(() => channel.cursor.stream !== 0)
    for (let i = 0; i < 12; i++) {
      push(30)
      await new Promise((resolve) => setTimeout(resolve, 40))
    }
    await until(() => numbers.length >= 360)
    expect(numbers).toEqual(range(first, pushed))
    expect(channel.cursor.resumed).toBeGreaterThan(0)
    expect(channel.cursor.lost).toBe(0)
  })
})

describe('where sockets are blocked', () => {
  const blocked: OpenLiveSocket = (_url, _protocol, events) => {
    queueMicrotask(events.closed)
    return { send: () => {}, close: () => {} }
  }
  test.each([
    ['there are none', null],
    ['none opens', blocked],
  ])('behavior: %s: frames come by polling, in order', async (_, sockets) => {
    const { channel, numbers } = listen({ sockets })
    await until(() => channel.way === 'polling')
    await until(() => channel.cursor.stream !== 0)
    const first = pushed
    for (let i = 0; i < 5; i++) {
      push(100)
      await until(() => numbers.length >= 100 * (i + 1))
    }
    expect(numbers).toEqual(range(first, pushed))
  })
  test('behavior: a gateway that writes rubbish is no source, and no end either', async () => {
    let rubbish = 0
    const forged: OpenLiveSocket = (_url, _protocol, events) => {
      let over = false
      const close = (): void => {
        if (!over) queueMicrotask(events.closed)
        over = true
      }
      queueMicrotask(() => {
        rubbish++
        events.message(rubbish % 2 ? Uint8Array.of(9, 9, 9) : encodeLiveMessage({ kind: 'alive', next: 5 }).subarray(1))
      })
      return { send: () => {}, close }
    }
    const { channel, numbers } = listen({ sockets: forged })
    await until(() => channel.way === 'polling')
    expect(rubbish).toBe(2)
    await until(() => channel.cursor.stream !== 0)
    const first = pushed
    push(5)
    await until(() => numbers.length >= 5)
    expect(numbers).toEqual(range(first, pushed))
  })
})

describe('who may open a socket', () => {
  /** The status line that answers an upgrade with these headers. */
  const upgrade = (to: number, path: string, headers: Record<string, string> = {}): Promise<string> =>
    new Promise((resolve, reject) => {
      const all: Record<string, string> = {
        host: `127.0.0.1:${to}`,
        connection: 'Upgrade',
        upgrade: 'websocket',
        'sec-websocket-version': '13',
        'sec-websocket-key': 'dGhlIHNhbXBsZSBub25jZQ==',
        'sec-websocket-protocol': LIVE_PROTOCOL,
        ...headers,
      }
      const lines = Object.entries(all).map(([name, value]) => `${name}: ${value}\r\n`)
      const socket = connect(to, '127.0.0.1', () => socket.write(`GET ${path} HTTP/1.1\r\n${lines.join('')}\r\n`))
      socket.once('data', (data) => {
        resolve(data.toString().split('\r\n')[0]!.slice('HTTP/1.1 '.length))
        socket.destroy()
      })
      socket.on('error', reject)
      socket.on('close', () => resolve('closed'))
    })
  const gatewayPort = (): number => Number(new URL(gateway.url).port)

  test('default: the page’s own origin, and a program without one', async () => {
    expect(await upgrade(port, '/gateway/live')).toBe('101 Switching Protocols')
    expect(await upgrade(port, '/gateway/live', { origin: `http://127.0.0.1:${port}` })).toBe('101 Switching Protocols')
  })
  test.each([
    ['a foreign origin', '/gateway/live', { origin: 'http://evil.example' }, '403 Forbidden'],
    ['the origin of a sandboxed frame', '/gateway/live', { origin: 'null' }, '403 Forbidden'],
    ['another port of this machine', '/gateway/live', { origin: 'http://127.0.0.1:1' }, '403 Forbidden'],
    ['a rebound name', '/gateway/live', { host: 'evil.example' }, '421 Misdirected Request'],
    ['another path', '/gateway/mischief', {}, '404 Not Found'],
    ['the chain to a foreign origin', '/rpc', { origin: 'http://evil.example' }, '403 Forbidden'],
    ['what lies behind the chain', '/rpc/ws', {}, '404 Not Found'],
    ['the indexer', '/indexer/graphql', {}, '404 Not Found'],
    ['another kind of upgrade', '/gateway/live', { upgrade: 'h2c' }, '400 Bad Request'],
    ['a handshake without key', '/gateway/live', { 'sec-websocket-key': 'short' }, '400 Bad Request'],
  ])('error: the page server refuses %s', async (_, path, headers, status) => {
    expect(await upgrade(port, path, headers)).toBe(status)
  })
  test.each([
    ['a foreign origin', '/live', { origin: 'http://evil.example' }, '403 Forbidden'],
    ['another path', '/bodies', {}, '404 Not Found'],
  ])('error: the gateway itself refuses %s', async (_, path, headers, status) => {
    expect(await upgrade(gatewayPort(), path, headers)).toBe(status)
  })
  test('error: who sends what is no request is cut off', async () => {
    const socket = new WebSocket(`ws://127.0.0.1:${port}/gateway/live`, LIVE_PROTOCOL)
    const closed = new Promise<number>((resolve) => socket.once('close', resolve))
    socket.once('open', () => socket.send(Uint8Array.of(1, 2, 3)))
    expect(await closed).toBe(1002)
  })
  test('error: nor may a request be long', async () => {
    const socket = new WebSocket(`ws://127.0.0.1:${port}/gateway/live`, LIVE_PROTOCOL)
    const closed = new Promise<number>((resolve) => socket.once('close', resolve))
    socket.once('open', () => socket.send(new Uint8Array(1_000)))
    expect(await closed).toBe(1009)
  })
  test('behavior: closing the page server ends the sockets it carries', async () => {
    const other = createPageServer(
      {
        sources: () => ({}),
        rpc: () => null,
        gateway: () => ({ url: gateway.url, title: 'The gateway' }),
        indexer: () => null,
        indexerHealth: () => ({}),
      },
      (_path, _request, response) => response.writeHead(404).end(),
    )
    const otherPort = await takePort(other, 0, 0)
    const socket = new WebSocket(`ws://127.0.0.1:${otherPort}/gateway/live`, LIVE_PROTOCOL)
    await new Promise((resolve) => socket.once('open', resolve))
    const closed = new Promise((resolve) => socket.once('close', resolve))
    await closeServer(other)
    await closed
  })
})

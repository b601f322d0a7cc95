import type { IncomingMessage, Server } from 'node:http'
import type { Duplex } from 'node:stream'
import { type RawData, type WebSocket, WebSocketServer } from 'ws'
import {
  decodeLiveRequest,
  encodeLiveMessage,
  LIVE_PROTOCOL,
  LIVE_WINDOW,
  type LiveMessage,
  type LiveRequest,
} from '../../src/chain/liveWire.ts'
import type { LiveBacklog } from './liveBacklog.ts'

export interface LiveSocketsParts {
  readonly server: Server
  readonly backlog: LiveBacklog
  /** Whether an upgrade may come from this page. */
  admits(request: IncomingMessage): boolean
}

const PATH = /^\/(gateway\/)?live$/
const GATHER_MS = 25 // frames that come within this time travel together
const ALIVE_MS = 2_000
const MAX_CONNECTIONS = 64
const MAX_BUFFERED_BYTES = 1024 * 1024
const MAX_REQUEST_BYTES = 64

/**
 * Serves the live channel over WebSocket. A connection is a cursor into the backlog: it is sent only what its page has
 * room for, so a slow one costs no memory; when the backlog has moved past it, it is told from where it goes on.
 *
 * Returns  ends every connection
 */
export function serveLiveSockets({ server, backlog, admits }: LiveSocketsParts): () => void {
  const sockets = new WebSocketServer({
    noServer: true,
    maxPayload: MAX_REQUEST_BYTES,
    perMessageDeflate: false, // signatures and hashes do not shrink
    handleProtocols: (offered) => (offered.has(LIVE_PROTOCOL) ? LIVE_PROTOCOL : false),
  })
  const onUpgrade = (request: IncomingMessage, stream: Duplex, head: Buffer): void => {
    const path = (request.url ?? '').replace(/\?.*$/, '')
    const status = !PATH.test(path) ? '404 Not Found' : !admits(request) ? '403 Forbidden' : null
    const refusal = status ?? (sockets.clients.size >= MAX_CONNECTIONS ? '503 Service Unavailable' : null)
    if (refusal) {
      stream.end(`HTTP/1.1 ${refusal}\r\nConnection: close\r\nContent-Length: 0\r\n\r\n`)
      return
    }
    sockets.handleUpgrade(request, stream, head, (socket) => carry(socket, backlog))
  }
  server.on('upgrade', onUpgrade)
  return () => {
    server.off('upgrade', onUpgrade)
    for (const socket of sockets.clients) socket.terminate()
    sockets.close()
  }
}

function carry(socket: WebSocket, backlog: LiveBacklog): void {
  let cursor = -1 // where the page goes on; -1 before it has joined
  let taken = 0
  let gathering: ReturnType<typeof setTimeout> | null = null

  const send = (message: LiveMessage): void => {
    // the callback comes when the system has taken the bytes: then there may be room for more
    socket.send(encodeLiveMessage(message), () => gather())
  }
  const start = (from: number): void => {
    cursor = from
    taken = from
    send({ kind: 'start', stream: backlog.stream, from })
  }
  const pump = (): void => {
    gathering = null
    if (cursor < 0 || socket.readyState !== socket.OPEN) return
    if (cursor < backlog.oldest) start(backlog.oldest)
    while (cursor - taken < LIVE_WINDOW && socket.bufferedAmount < MAX_BUFFERED_BYTES) {
      const message = backlog.read(cursor)
      if (!message) return
      cursor += message.frames.length
      send(message)
    }
  }
  const gather = (): void => {
    if (cursor < backlog.next) gathering ??= setTimeout(pump, GATHER_MS)
  }
  const hear = (data: RawData): void => {
    let request: LiveRequest
    try {
      request = decodeLiveRequest(new Uint8Array(data as ArrayBuffer))
    } catch {
      socket.close(1002)
      return
    }
    if (request.kind === 'join') start(backlog.startOf(request.stream, request.next))
    else if (request.next > taken && request.next <= cursor) taken = request.next
    pump()
  }

  socket.binaryType = 'arraybuffer'
  const stopHearing = backlog.onPush(gather)
  const alive = setInterval(() => {
    if (cursor >= 0 && socket.bufferedAmount === 0) send({ kind: 'alive', next: cursor })
  }, ALIVE_MS)
  socket.on('message', hear)
  socket.on('error', () => socket.terminate())
  socket.on('close', () => {
    stopHearing()
    clearInterval(alive)
    if (gathering !== null) clearTimeout(gathering)
  })
}

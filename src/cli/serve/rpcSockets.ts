import type { IncomingMessage } from 'node:http'
import type { Duplex } from 'node:stream'
import { type RawData, WebSocket, WebSocketServer } from 'ws'
import type { Upstream } from './forward.ts'
import { guardSubscription } from './subscriptionGuard.ts'

const MAX_REQUEST_BYTES = 4_096
const MAX_CONNECTIONS = 16
const MAX_REQUESTS = 16 // of one connection, over its life
const OPEN_MS = 5_000
const MAX_BUFFERED_BYTES = 1024 * 1024
const TRY_AGAIN_LATER = 1013

const textOf = (data: RawData): string =>
  (Array.isArray(data) ? Buffer.concat(data) : Buffer.from(data as Buffer)).toString()

/**
 * Takes sockets of the page to the chain. They carry subscriptions and nothing else: each request is read, checked and
 * written anew, as over HTTP; what the chain answers goes back as it is.
 */
export function acceptRpcSockets(
  rpc: () => Upstream | null,
): (incoming: IncomingMessage, socket: Duplex, head: Buffer) => void {
  const sockets = new WebSocketServer({ noServer: true, maxPayload: MAX_REQUEST_BYTES, perMessageDeflate: false })
  return (incoming, stream, head) => {
    sockets.handleUpgrade(incoming, stream, head, (page) => {
      const upstream = rpc()
      if (!upstream || sockets.clients.size > MAX_CONNECTIONS) page.close(TRY_AGAIN_LATER)
      else carry(page, upstream)
    })
  }
}

function carry(page: WebSocket, { url }: Upstream): void {
  const chain = new WebSocket(url.replace(/^http/, 'ws'), { handshakeTimeout: OPEN_MS, perMessageDeflate: false })
  let requests = 0
  let waiting: string[] = []
  const end = (): void => {
    page.terminate()
    chain.terminate()
  }
  page.on('message', (data, isBinary) => {
    if (isBinary || ++requests > MAX_REQUESTS) return page.close(1008)
    const guarded = guardSubscription(textOf(data))
    if ('refusal' in guarded) page.send(guarded.refusal)
    else if (chain.readyState === WebSocket.OPEN) chain.send(guarded.request)
    else waiting.push(guarded.request)
  })
  chain.on('open', () => {
    for (const request of waiting) chain.send(request)
    waiting = []
  })
  chain.on('message', (data) => {
    // a page that does not read is cut off: it polls then, and comes back
    if (page.bufferedAmount > MAX_BUFFERED_BYTES) end()
    else page.send(textOf(data))
  })
  for (const side of [page, chain]) {
    side.on('error', end)
    side.on('close', end)
  }
}

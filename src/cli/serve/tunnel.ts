import { type IncomingMessage, request, type Server } from 'node:http'
import type { Duplex } from 'node:stream'
import type { Upstream } from './forward.ts'
import { refuseStranger } from './gatekeeper.ts'

/** Where an upgrade of a path leads: on to what stands behind, byte for byte, or to who answers it here. */
export type TunnelRoute =
  | { readonly upstream: Upstream | null; readonly path: string } // null: not running now
  | { accept(incoming: IncomingMessage, socket: Duplex, head: Buffer): void }

const ASKED = ['sec-websocket-key', 'sec-websocket-version', 'sec-websocket-protocol'] as const
const ANSWERED = ['sec-websocket-accept', 'sec-websocket-protocol'] as const
const OPEN_MS = 5_000

const REASONS: Readonly<Record<number, string>> = {
  400: 'Bad Request',
  403: 'Forbidden',
  404: 'Not Found',
  421: 'Misdirected Request',
  502: 'Bad Gateway',
}

function refuse(socket: Duplex, status: number): void {
  socket.end(`HTTP/1.1 ${status} ${REASONS[status] ?? 'Refused'}\r\nConnection: close\r\nContent-Length: 0\r\n\r\n`)
}

const pick = (headers: IncomingMessage['headers'], names: readonly string[]): [string, string][] =>
  names.flatMap((name) => {
    const value = headers[name]
    return typeof value === 'string' ? [[name, value]] : []
  })

/**
 * Carries sockets of the page's own origin to what stands behind it, byte for byte. Of the headers only those of the
 * handshake travel. `closeAllConnections` of the server ends them too; Node by itself leaves upgraded sockets open.
 */
export function tunnelSockets(server: Server, routeOf: (path: string) => TunnelRoute | null): void {
  const open = new Set<Duplex>()
  const closeRequests = server.closeAllConnections.bind(server)
  server.closeAllConnections = () => {
    for (const socket of open) socket.destroy()
    closeRequests()
  }

  server.on('upgrade', (incoming: IncomingMessage, socket: Duplex, head: Buffer) => {
    const hold = (one: Duplex): void => {
      open.add(one)
      one.on('error', () => one.destroy())
      one.on('close', () => open.delete(one))
    }
    hold(socket)
    const address = server.address()
    const refusal = refuseStranger(incoming.headers, address && typeof address === 'object' ? address.port : 0)
    if (refusal) return refuse(socket, refusal.status)
    const route = routeOf((incoming.url ?? '').replace(/\?.*$/, ''))
    if (!route) {
      // the development server listens here too, for its live reload
      if (server.listenerCount('upgrade') === 1) refuse(socket, 404)
      return
    }
    if (incoming.headers.upgrade?.toLowerCase() !== 'websocket') return refuse(socket, 400)
    if ('accept' in route) return route.accept(incoming, socket, head)
    if (!route.upstream) return refuse(socket, 502)
    const outgoing = request(new URL(route.path, route.upstream.url), {
      headers: { connection: 'Upgrade', upgrade: 'websocket', ...Object.fromEntries(pick(incoming.headers, ASKED)) },
      timeout: OPEN_MS,
    })
    outgoing.on('upgrade', (answer, there, first) => {
      hold(there)
      const lines = pick(answer.headers, ANSWERED).map(([name, value]) => `${name}: ${value}\r\n`)
      socket.write(
        `HTTP/1.1 101 Switching Protocols\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n${lines.join('')}\r\n`,
      )
      socket.write(first)
      there.write(head)
      socket.pipe(there).pipe(socket)
      socket.on('close', () => there.destroy())
      there.on('close', () => socket.destroy())
    })
    outgoing.on('response', (answer) => {
      answer.resume()
      refuse(socket, answer.statusCode ?? 502)
    })
    outgoing.on('timeout', () => outgoing.destroy(new Error('timeout')))
    outgoing.on('error', () => refuse(socket, 502))
    socket.on('close', () => outgoing.destroy())
    outgoing.end()
  })
}

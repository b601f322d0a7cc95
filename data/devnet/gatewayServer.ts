import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { TwinError } from '../../src/base/errors.ts'
import type { Hex } from '../../src/base/hex.ts'
import type { BodyStore } from './bodyStore.ts'
import type { LiveBacklog } from './liveBacklog.ts'
import { answerLivePoll, readLivePath } from './livePoll.ts'
import { serveLiveSockets } from './liveSockets.ts'
import { MISCHIEF_KINDS, type Mischief, type MischiefKind } from './mischief.ts'

export interface GatewayServerParts {
  readonly bodies: BodyStore
  readonly backlog: LiveBacklog
  status(): unknown
  documents(): readonly unknown[]
  mischief(): Mischief
  /** Switches; throws a sentence when the device is not of this fleet. */
  setMischief(mischief: Mischief): Promise<void>
  readonly port?: number
}

export interface GatewayServer {
  readonly url: string
  stop(): Promise<void>
}

const MAX_POST_BYTES = 1_000
const LOOPBACK = new Set(['127.0.0.1', 'localhost', '[::1]'])

/** `GET status | bodies/<hash> | documents | mischief | live/<stream>/<next>`, `POST mischief`, a socket at `live`, on loopback. */
export async function serveGateway(parts: GatewayServerParts): Promise<GatewayServer> {
  const server = createServer((request, response) => {
    handle(parts, request, response).catch((error: unknown) => {
      answer(response, 500, { error: error instanceof Error ? error.message : 'failed' })
    })
  })
  server.keepAliveTimeout = 2_000
  const endSockets = serveLiveSockets({
    server,
    backlog: parts.backlog,
    admits: (request) => !isForeign(request),
  })
  await new Promise<void>((resolve, reject) => {
    server.once('error', (error: NodeJS.ErrnoException) => {
      const busy = error.code === 'EADDRINUSE'
      reject(
        busy
          ? new TwinError('PORT_BUSY', `Port ${parts.port} is taken, so the gateway cannot listen on it.`, {
              port: parts.port ?? 0,
            })
          : error,
      )
    })
    server.listen(parts.port ?? 0, '127.0.0.1', resolve)
  })
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    stop: () =>
      new Promise((resolve) => {
        endSockets()
        server.close(() => resolve())
        server.closeAllConnections()
      }),
  }
}

async function handle(parts: GatewayServerParts, request: IncomingMessage, response: ServerResponse): Promise<void> {
  const path = new URL(request.url ?? '/', 'http://gateway').pathname.replace(/^\/(gateway\/)?/, '')
  const { method = 'GET' } = request
  if (path === 'mischief' && method === 'POST') return postMischief(parts, request, response)
  if (method !== 'GET' && method !== 'HEAD') return answer(response, 405, { error: `${method} is not for ${path}.` })
  if (path === 'status') return answer(response, 200, parts.status())
  if (path === 'documents') return answer(response, 200, parts.documents())
  if (path === 'mischief') return answer(response, 200, parts.mischief())
  if (path.startsWith('bodies/')) {
    const hash = path.slice('bodies/'.length)
    const withheld = parts.bodies.withheld(hash, Date.now())
    if (withheld) return answer(response, 403, { withheldUntilMs: withheld.untilMs, devices: withheld.devices })
    const body = parts.bodies.get(hash)
    if (!body) return answer(response, 404, { error: 'No body of this hash is kept here.' })
    response.writeHead(200, {
      'content-type': 'application/octet-stream',
      'content-length': body.length,
      'cache-control': 'public, max-age=31536000, immutable', // the name is the hash of the content
      'x-content-type-options': 'nosniff',
    })
    response.end(body)
    return
  }
  const live = readLivePath(path)
  if (live) return answerLive(parts.backlog, live, response)
  answer(response, 404, { error: 'Here are status, documents, bodies/<hash>, live/<stream>/<next> and mischief.' })
}

async function answerLive(
  backlog: LiveBacklog,
  live: { readonly stream: number; readonly next: number },
  response: ServerResponse,
): Promise<void> {
  const gone = new AbortController()
  response.on('close', () => gone.abort())
  const body = await answerLivePoll(backlog, live, gone.signal)
  if (gone.signal.aborted) return
  response.writeHead(200, {
    'content-type': 'application/octet-stream',
    'content-length': body.length,
    'cache-control': 'no-store',
    'x-content-type-options': 'nosniff',
  })
  response.end(body)
}

/**
 * Whether the request comes from the page itself. A browser always names the origin of a POST; it must be on loopback
 * (so that a name rebound to this machine does not pass) and be the host that was asked, directly or through the proxy.
 */
function isForeign({ headers }: IncomingMessage): boolean {
  const { origin } = headers
  if (origin === undefined) return false // no browser
  const hosts = [headers.host, headers['x-forwarded-host']]
  try {
    const { host, hostname } = new URL(origin)
    return !LOOPBACK.has(hostname) || !hosts.includes(host)
  } catch {
    return true
  }
}

async function postMischief(
  parts: GatewayServerParts,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  if (isForeign(request))
    return answer(response, 403, { error: 'Only the page served beside this gateway may switch.' })
  if (!/^application\/json\b/.test(request.headers['content-type'] ?? '')) {
    return answer(response, 415, { error: 'Expected application/json.' })
  }
  const mischief = readMischief(await readBody(request))
  if (typeof mischief === 'string') return answer(response, 400, { error: mischief })
  try {
    await parts.setMischief(mischief)
  } catch (error) {
    return answer(response, 400, { error: error instanceof Error ? error.message : 'refused' })
  }
  answer(response, 200, parts.mischief())
}

function readMischief(text: string | null): Mischief | string {
  if (text === null) return `Expected at most ${MAX_POST_BYTES} bytes.`
  let value: { kind?: unknown; device?: unknown } | null
  try {
    value = JSON.parse(text) as typeof value
  } catch {
    return 'Expected JSON.'
  }
  const { kind, device = null } = value ?? {}
  if (!MISCHIEF_KINDS.includes(kind as MischiefKind)) return `Expected kind to be one of ${MISCHIEF_KINDS.join(', ')}.`
  if (device !== null && !(typeof device === 'string' && /^0x[0-9a-fA-F]{40}$/.test(device))) {
    return 'Expected device to be an address.'
  }
  return { kind: kind as MischiefKind, device: device === null ? null : (device.toLowerCase() as Hex) }
}

async function readBody(request: IncomingMessage): Promise<string | null> {
  let text = ''
  for await (const chunk of request) {
    text += String(chunk)
    if (text.length > MAX_POST_BYTES) return null
  }
  return text
}

function answer(response: ServerResponse, status: number, value: unknown): void {
  if (response.headersSent) return
  response.writeHead(status, {
    'content-type': 'application/json; charset=utf-8',
    'cache-control': 'no-store',
    'x-content-type-options': 'nosniff',
  })
  response.end(JSON.stringify(value))
}

import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http'
import { answerError, answerJson, forward, readBody, type Upstream } from './forward.ts'
import { refuseStranger } from './gatekeeper.ts'
import { SECURITY_HEADERS } from './headers.ts'
import { guardRpc } from './rpcGuard.ts'
import { acceptRpcSockets } from './rpcSockets.ts'
import type { SiteFolder } from './siteFiles.ts'
import { tunnelSockets } from './tunnel.ts'

/** What stands behind the page. Parts come and go while it is served; a part that is not there is null. */
export interface Backstage {
  readonly sources: () => unknown // what /sources.json says now
  readonly rpc: () => Upstream | null
  readonly gateway: () => Upstream | null
  readonly indexer: () => Upstream | null
  readonly indexerHealth: () => unknown
}

/** Serves everything that is not a service: the built page, or the development server. */
export type PageHandler = (path: string, request: IncomingMessage, response: ServerResponse) => void

const CITY = 'city/'
const RPC_LIMIT = 256 * 1024
const GATEWAY_LIMIT = 64 * 1024
const QUERY_LIMIT = 64 * 1024

/** A folder of files as a static host has it. */
export function serveSite(site: SiteFolder): PageHandler {
  return (path, request, response) => {
    if (request.method !== 'GET' && request.method !== 'HEAD') answerError(response, 405, 'Only GET is served here.')
    else if (!site.serve(path, request, response)) answerError(response, 404, 'There is no such file.')
  }
}

/** A page whose `city/` lies in another folder; what is not there is the page's own. */
export function withCity(city: SiteFolder, page: PageHandler): PageHandler {
  return (path, request, response) => {
    const asks = request.method === 'GET' || request.method === 'HEAD'
    if (asks && path.startsWith(CITY) && city.serve(path.slice(CITY.length), request, response)) return
    page(path, request, response)
  }
}

async function serveRpc(upstream: Upstream | null, request: IncomingMessage, response: ServerResponse): Promise<void> {
  const body = await postedJson(request, response, RPC_LIMIT)
  if (body === null) return
  const guarded = guardRpc(body)
  if ('sentence' in guarded) answerError(response, guarded.status, guarded.sentence)
  else if (!upstream) answerError(response, 502, 'The chain is not running.')
  else forward(upstream, { method: 'POST', path: '/', body: guarded.body, timeoutMs: 15_000 }, response)
}

async function serveGateway(
  upstream: Upstream | null,
  path: string,
  search: string,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  if (!/^\/[\w./-]*$/.test(path) || path.includes('//') || path.includes('..'))
    return answerError(response, 400, 'That is not a path of the gateway.')
  if (request.method !== 'GET' && request.method !== 'POST')
    return answerError(response, 405, 'The gateway answers GET and POST.')
  const body = request.method === 'POST' ? await postedJson(request, response, GATEWAY_LIMIT) : null
  if (request.method === 'POST' && body === null) return
  if (!upstream) return answerError(response, 502, 'The gateway is not running.')
  forward(upstream, { method: request.method, path: `${path}${search}`, body, timeoutMs: 15_000 }, response)
}

async function serveIndexer(
  backstage: Backstage,
  path: string,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  if (path === '/health') return answerJson(response, 200, backstage.indexerHealth())
  if (path !== '/graphql') return answerError(response, 404, 'The indexer serves /indexer/graphql and /indexer/health.')
  const body = await postedJson(request, response, QUERY_LIMIT)
  if (body === null) return
  const upstream = backstage.indexer()
  if (!upstream) return answerError(response, 502, 'The indexer is not running.')
  forward(upstream, { method: 'POST', path: '/graphql', body, timeoutMs: 10_000 }, response)
}

/** The body of a POST that says it is JSON; null once it has been refused. A form of another site cannot say so. */
async function postedJson(request: IncomingMessage, response: ServerResponse, limit: number): Promise<string | null> {
  if (request.method !== 'POST') answerError(response, 405, 'Only POST is served here.')
  else if (!request.headers['content-type']?.startsWith('application/json'))
    answerError(response, 415, 'Send application/json.')
  else {
    const body = await readBody(request, limit)
    if (body !== null) return body
    response.setHeader('Connection', 'close')
    answerError(response, 413, `The request is larger than ${limit} bytes.`)
  }
  return null
}

/**
 * Creates the one server a browser talks to: page, city, chain, gateway and indexer under one origin.
 * Every answer carries the security headers; no request can end the process.
 */
export function createPageServer(
  backstage: Backstage,
  page: PageHandler,
  headers: Readonly<Record<string, string>> = SECURITY_HEADERS,
): Server {
  const answer = async (request: IncomingMessage, response: ServerResponse, port: number): Promise<void> => {
    for (const [name, value] of Object.entries(headers)) response.setHeader(name, value)
    const refusal = refuseStranger(request.headers, port)
    if (refusal) return answerError(response, refusal.status, refusal.sentence)
    const url = parsePath(request.url ?? '/')
    if (!url) return answerError(response, 400, 'That is not a path.')
    const { path, search } = url
    if (path === '/rpc') await serveRpc(backstage.rpc(), request, response)
    else if (path === '/sources.json') answerJson(response, 200, backstage.sources())
    else if (path.startsWith('/gateway/'))
      await serveGateway(backstage.gateway(), path.slice('/gateway'.length), search, request, response)
    else if (path.startsWith('/indexer/'))
      await serveIndexer(backstage, path.slice('/indexer'.length), request, response)
    else page(path.slice(1), request, response)
  }
  const server = createServer((request, response) => {
    const address = server.address()
    const port = address !== null && typeof address === 'object' ? address.port : 0
    response.on('error', () => response.destroy())
    answer(request, response, port).catch(() => answerError(response, 400, 'The request could not be read.'))
  })
  server.requestTimeout = 30_000
  const accept = acceptRpcSockets(backstage.rpc)
  tunnelSockets(server, (path) => {
    if (path === '/rpc') return { accept }
    return path === '/gateway/live' ? { upstream: backstage.gateway(), path: '/live' } : null
  })
  return server
}

/** The decoded path and the raw query of a request line; null when it is not one. */
function parsePath(target: string): { path: string; search: string } | null {
  if (!target.startsWith('/') || target.startsWith('//')) return null
  try {
    const url = new URL(target, 'http://localhost')
    const path = decodeURIComponent(url.pathname)
    return path.includes('\0') || path.includes('\\') ? null : { path, search: url.search }
  } catch {
    return null
  }
}

import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { createServer, request, type Server } from 'node:http'
import { type AddressInfo, connect } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { gzipSync } from 'node:zlib'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { Upstream } from '../../../../src/cli/serve/forward.ts'
import { createPageServer, serveSite, withCity } from '../../../../src/cli/serve/pageServer.ts'
import { findFreePort, takePort } from '../../../../src/cli/serve/port.ts'
import { openSiteFolder } from '../../../../src/cli/serve/siteFiles.ts'

const folder = mkdtempSync(join(tmpdir(), 'veracity-site-'))
const received: { method: string; url: string; headers: Record<string, unknown>; body: string }[] = []
let page: Server
let upstream: Server
let port = 0
let chain: Upstream | null = null
let mode: 'echo' | 'hang' | 'cut' = 'echo'

const listen = (server: Server): Promise<number> =>
  new Promise((resolve) => server.listen(0, '127.0.0.1', () => resolve((server.address() as AddressInfo).port)))
const closeServer = (server: Server): Promise<void> =>
  new Promise((resolve) => {
    server.closeAllConnections()
    server.close(() => resolve())
  })

beforeAll(async () => {
  const write = (path: string, content: string | Buffer): void => {
    mkdirSync(join(folder, path, '..'), { recursive: true })
    writeFileSync(join(folder, path), content)
  }
  write('dist/index.html', '<!doctype html><title>Veracity</title>')
  write('dist/assets/main-AbCd1234.js', 'export {}')
  write('dist/assets/proofs_bg-x_Y-9zQ1.wasm', 'wasm')
  write('dist/city/other.txt', 'other')
  write('city/astana.vcity.gz', gzipSync('city'))
  write('secret.txt', 'secret')

  upstream = createServer((incoming, response) => {
    let body = ''
    incoming.on('data', (part) => {
      body += part
    })
    incoming.on('end', () => {
      received.push({ method: incoming.method!, url: incoming.url!, headers: { ...incoming.headers }, body })
      if (mode === 'cut') response.writeHead(200, { 'content-length': '1000' }).write('half', () => response.destroy())
      else if (mode === 'echo')
        response
          .writeHead(200, {
            'content-type': 'application/json',
            'set-cookie': 'a=b',
            'access-control-allow-origin': '*',
          })
          .end(JSON.stringify({ url: incoming.url }))
    })
  })
  const url = `http://127.0.0.1:${await listen(upstream)}`
  chain = { url, title: 'The chain' }
  const site = openSiteFolder(join(folder, 'dist'))
  page = createPageServer(
    {
      sources: () => ({ mode: 'live' }),
      rpc: () => chain,
      gateway: () => ({ url, title: 'The gateway' }),
      indexer: () => null,
      indexerHealth: () => ({ state: 'starting' }),
    },
    withCity(openSiteFolder(join(folder, 'city')), serveSite(site)),
  )
  port = await takePort(page, 0, 0)
})
afterAll(async () => {
  await closeServer(page)
  await closeServer(upstream)
  rmSync(folder, { recursive: true, force: true })
})

const get = (path: string, init: RequestInit = {}): Promise<Response> => fetch(`http://127.0.0.1:${port}${path}`, init)
const post = (path: string, body: unknown, headers: Record<string, string> = {}): Promise<Response> =>
  get(path, {
    method: 'POST',
    headers: { 'content-type': 'application/json', ...headers },
    body: typeof body === 'string' ? body : JSON.stringify(body),
  })
const readChain = { jsonrpc: '2.0', id: 1, method: 'eth_chainId', params: [] }

/** With headers that fetch would not let through. */
const rawStatus = (path: string, headers: Record<string, string>, method = 'GET'): Promise<number> =>
  new Promise((resolve, reject) => {
    request({ host: '127.0.0.1', port, path, method, headers }, (response) => {
      response.resume()
      resolve(response.statusCode ?? 0)
    })
      .on('error', reject)
      .end()
  })

describe('files', () => {
  test('default: the page, not kept by caches, with every security header', async () => {
    const response = await get('/')
    expect(await response.text()).toContain('Veracity')
    expect(response.headers.get('cache-control')).toBe('no-cache')
    expect(response.headers.get('content-type')).toBe('text/html; charset=utf-8')
    expect(response.headers.get('content-security-policy')).toContain("script-src 'self' 'wasm-unsafe-eval';")
    expect(response.headers.get('content-security-policy')).toContain("frame-ancestors 'none'")
    expect(response.headers.get('x-content-type-options')).toBe('nosniff')
    expect(response.headers.get('referrer-policy')).toBe('no-referrer')
    expect(response.headers.get('cross-origin-opener-policy')).toBe('same-origin')
    expect(response.headers.get('x-powered-by')).toBeNull()
  })

  test('behavior: what the build named by content is kept for ever', async () => {
    for (const path of ['/assets/main-AbCd1234.js', '/assets/proofs_bg-x_Y-9zQ1.wasm'])
      expect((await get(path)).headers.get('cache-control')).toBe('public, max-age=31536000, immutable')
    expect((await get('/assets/proofs_bg-x_Y-9zQ1.wasm')).headers.get('content-type')).toBe('application/wasm')
  })

  test('behavior: an unchanged file is not sent twice', async () => {
    const etag = (await get('/')).headers.get('etag')!
    expect((await get('/', { headers: { 'if-none-match': etag } })).status).toBe(304)
  })

  test('behavior: the city goes out as the packed bytes it is', async () => {
    const response = await get('/city/astana.vcity.gz')
    expect(response.headers.get('content-encoding')).toBeNull()
    expect(Buffer.from(await response.arrayBuffer())).toEqual(gzipSync('city'))
    expect(await (await get('/city/other.txt')).text()).toBe('other')
  })

  test('behavior: HEAD answers without a body, other methods are refused', async () => {
    const head = await get('/', { method: 'HEAD' })
    expect([head.status, await head.text()]).toEqual([200, ''])
    expect((await get('/', { method: 'PUT' })).status).toBe(405)
  })

  test.each([
    '/../secret.txt',
    '/%2e%2e/secret.txt',
    '/..%2fsecret.txt',
    '/assets/..%2f..%2f..%2fsecret.txt',
    '/city/..%2fsecret.txt',
    '/..%5csecret.txt',
    '//etc/passwd',
    '/%00',
    '/%',
    '/assets',
    '/missing.js',
  ])('error: %s leads nowhere', async (path) => {
    expect([400, 404]).toContain(await rawStatus(path, { host: `127.0.0.1:${port}` }))
  })

  test('error: an absolute request target is not a path', async () => {
    expect(await rawStatus('http://evil.example/', { host: `127.0.0.1:${port}` })).toBe(400)
  })
})

describe('strangers', () => {
  test.each([
    ['another name', 'evil.example'],
    ['another name with the port', 'evil.example:%PORT'],
    ['another port', '127.0.0.1:1'],
    ['a name that ends alike', 'notlocalhost:%PORT'],
    ['a name that begins alike', '127.0.0.1.evil.example:%PORT'],
    ['user and host', 'a@127.0.0.1:%PORT'],
  ])('error: host header with %s', async (_name, host) => {
    expect(await rawStatus('/', { host: host.replace('%PORT', String(port)) })).toBe(421)
    expect(await rawStatus('/rpc', { host: host.replace('%PORT', String(port)) }, 'POST')).toBe(421)
  })

  test('error: a request that names no host', async () => {
    const answer = await new Promise<string>((resolve) => {
      let text = ''
      const socket = connect(port, '127.0.0.1', () => socket.write('GET / HTTP/1.0\r\n\r\n'))
      socket.on('data', (part) => {
        text += part
      })
      socket.on('close', () => resolve(text))
    })
    expect(answer.split('\r\n')[0]).toBe('HTTP/1.1 421 Misdirected Request')
  })

  test('behavior: both names of this machine are known', async () => {
    for (const name of ['127.0.0.1', 'localhost', 'LOCALHOST'])
      expect(await rawStatus('/', { host: `${name}:${port}` })).toBe(200)
  })

  test('error: pages of other origins may ask for nothing', async () => {
    for (const origin of [
      'https://evil.example',
      'null',
      `http://127.0.0.1:${port + 1}`,
      `https://127.0.0.1:${port}`,
    ]) {
      expect((await post('/rpc', readChain, { origin })).status).toBe(403)
      expect((await get('/sources.json', { headers: { origin } })).status).toBe(403)
    }
    const foreign = { host: `127.0.0.1:${port}`, 'sec-fetch-site': 'cross-site', 'sec-fetch-mode': 'no-cors' }
    expect(await rawStatus('/gateway/head', foreign)).toBe(403)
  })

  test('behavior: a link on another page may open this one', async () => {
    const navigation = { host: `127.0.0.1:${port}`, 'sec-fetch-site': 'cross-site', 'sec-fetch-mode': 'navigate' }
    expect(await rawStatus('/', navigation)).toBe(200)
  })

  test('behavior: the page itself may ask', async () => {
    expect((await post('/rpc', readChain, { origin: `http://127.0.0.1:${port}` })).status).toBe(200)
  })
})

describe('services', () => {
  test('default: a chain read goes through, rewritten, and brings back no foreign headers', async () => {
    received.length = 0
    const response = await post('/rpc', { ...readChain, extra: 1 }, { cookie: 'c=d' })
    expect(await response.json()).toEqual({ url: '/' })
    expect(received[0]!.body).toBe(JSON.stringify(readChain))
    expect(received[0]!.headers.cookie).toBeUndefined()
    expect(response.headers.get('set-cookie')).toBeNull()
    expect(response.headers.get('access-control-allow-origin')).toBeNull()
    expect(response.headers.get('cache-control')).toBe('no-store')
  })

  test('error: writing to the chain is refused and reaches nobody', async () => {
    received.length = 0
    const batch = [readChain, { ...readChain, method: 'anvil_setStorageAt' }]
    const response = await post('/rpc', batch)
    expect(response.status).toBe(403)
    expect(await response.json()).toEqual({ error: 'The method anvil_setStorageAt is not served here: reading only.' })
    expect(received).toEqual([])
  })

  test('error: a form of another site cannot pose as JSON', async () => {
    for (const type of ['text/plain', 'application/x-www-form-urlencoded', 'multipart/form-data'])
      expect(
        (await get('/rpc', { method: 'POST', headers: { 'content-type': type }, body: JSON.stringify(readChain) }))
          .status,
      ).toBe(415)
    expect((await get('/rpc')).status).toBe(405)
  })

  test('error: a body that is too large is not read to its end', async () => {
    expect((await post('/rpc', `"${'x'.repeat(300_000)}"`)).status).toBe(413)
  })

  test('default: the gateway gets path and query', async () => {
    expect(await (await get('/gateway/batch/0xabc?from=3')).json()).toEqual({ url: '/batch/0xabc?from=3' })
    expect(await (await post('/gateway/tamper', { kind: 'flip' })).json()).toEqual({ url: '/tamper' })
  })

  test.each(['/gateway/a%20b', '/gateway/a%2f%2fb', '/gateway/x@evil.example/', '/gateway/%0d%0aHost:evil'])(
    'error: %s is not a path of the gateway',
    async (path) => {
      received.length = 0
      expect(await rawStatus(path, { host: `127.0.0.1:${port}` })).toBe(400)
      expect(received).toEqual([])
    },
  )

  test('behavior: of the indexer only the questions of the page are served', async () => {
    expect(await (await get('/indexer/health')).json()).toEqual({ state: 'starting' })
    for (const path of ['/indexer/sql/db', '/indexer/metrics', '/indexer/', '/indexer/graphql/../sql/live'])
      expect((await get(path)).status).toBe(404)
    expect((await post('/indexer/graphql', { query: '{ a }' })).status).toBe(502)
  })

  test('behavior: a part that is not there, or dies, is one sentence', async () => {
    const alive = chain
    chain = null
    expect(await (await post('/rpc', readChain)).json()).toEqual({ error: 'The chain is not running.' })
    chain = { url: `http://127.0.0.1:${await findFreePort()}`, title: 'The chain' }
    const dead = await post('/rpc', readChain)
    expect([dead.status, await dead.json()]).toEqual([502, { error: 'The chain does not answer.' }])
    chain = alive
  })

  test('behavior: an upstream that breaks off does not take the server with it', async () => {
    mode = 'cut'
    await expect(post('/rpc', readChain).then((response) => response.text())).rejects.toThrow()
    mode = 'echo'
    expect((await post('/rpc', readChain)).status).toBe(200)
  })

  test('behavior: a visitor who leaves early takes the question back', async () => {
    mode = 'hang'
    const leave = new AbortController()
    const asked = post('/rpc', readChain).catch(() => 'left')
    const left = get('/gateway/slow', { signal: leave.signal }).catch(() => 'left')
    leave.abort()
    expect(await left).toBe('left')
    upstream.closeAllConnections()
    expect(((await asked) as Response).status).toBe(502)
    mode = 'echo'
  })

  test('behavior: lines that are not HTTP end the connection, not the server', async () => {
    await new Promise<void>((resolve) => {
      const socket = connect(port, '127.0.0.1', () =>
        socket.write('GET / HTTP/1.1\r\nHost: a\r\nHost: b\r\n\x00\r\n\r\n'),
      )
      socket.on('close', () => resolve())
      socket.resume()
    })
    expect((await get('/')).status).toBe(200)
  })
})

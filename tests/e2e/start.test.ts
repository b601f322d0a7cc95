import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { gunzipSync } from 'node:zlib'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { readSourcesConfig } from '../../src/chain/sourcesConfig.ts'
import { decodeCity } from '../../src/formats/cityFile/decodeCity.ts'
import {
  commandOf,
  descendantsOf,
  isRunning,
  killLeft,
  ROOT,
  runVeracity,
  type Started,
  until,
} from '../support/startedProduct.ts'

const processTable = existsSync('/proc/self/stat')
const SMALL = ['start', '--no-indexer', '--devices', '20']

afterAll(killLeft)

const answers = (url: string): Promise<boolean> =>
  fetch(url).then(
    () => true,
    () => false,
  )

describe('veracity start', () => {
  let started: Started
  let url = ''
  beforeAll(async () => {
    started = runVeracity([...SMALL, '--port', '0'])
    url = await started.url
  })

  const rpc = async (method: string, params: unknown[] = []): Promise<Response> =>
    fetch(`${url}/rpc`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ jsonrpc: '2.0', id: 1, method, params }),
    })

  test('default: says in the terminal what comes up and how long it took, and one URL', () => {
    for (const step of ['city', 'page', 'fleet', 'chain'])
      expect(started.said()).toMatch(new RegExp(`✓ ${step} .*\\d\\.\\d s`))
    expect(started.out()).toBe(`Veracity is ready: ${url}/\n`)
  })

  test('default: the page, with its policy as a header and in its own head', async () => {
    const response = await fetch(`${url}/`)
    const html = await response.text()
    expect(response.status).toBe(200)
    expect(response.headers.get('content-security-policy')).toContain("script-src 'self' 'wasm-unsafe-eval'")
    expect(html).toMatch(/<meta http-equiv="Content-Security-Policy"/)
    expect(html.indexOf('Content-Security-Policy')).toBeLessThan(html.indexOf('<script'))
    expect(html.indexOf('charset')).toBeLessThan(1024) // where browsers look for it
    expect(html).not.toMatch(/<script(?![^>]*\ssrc=)/)
    const script = /src="\.\/(assets\/[^"]+)"/.exec(html)?.[1]
    expect((await fetch(`${url}/${script}`)).headers.get('cache-control')).toContain('immutable')
  })

  test('default: sources, chain, gateway and city are there', async () => {
    const sources = readSourcesConfig(await (await fetch(`${url}/sources.json`)).json())
    expect(sources.mode).toBe('live')
    expect(sources.indexer).toBeNull()
    expect(sources.chain?.chainId).toBe(31337)
    expect(await (await rpc('eth_chainId')).json()).toEqual({ jsonrpc: '2.0', id: 1, result: '0x7a69' })
    const code = (await (await rpc('eth_getCode', [sources.chain?.anchorLog, 'latest'])).json()) as { result: string }
    expect(code.result.length).toBeGreaterThan(100)
    const status = (await (await fetch(`${url}/gateway/status`)).json()) as { devices: number; logSize: number }
    expect(status.devices).toBe(20)
    expect(status.logSize).toBeGreaterThan(24)
    const packed = new Uint8Array(await (await fetch(`${url}/city/astana.vcity.gz`)).arrayBuffer())
    expect(decodeCity(new Uint8Array(gunzipSync(packed))).buildings.count).toBeGreaterThan(30_000)
  })

  test('error: nobody writes to the chain from a page', async () => {
    for (const method of ['eth_sendTransaction', 'eth_sendRawTransaction', 'anvil_reset', 'evm_mine'])
      expect((await rpc(method)).status).toBe(403)
  })

  test('behavior: new blocks keep coming', async () => {
    const height = async (): Promise<number> =>
      Number(((await (await rpc('eth_blockNumber')).json()) as { result: string }).result)
    const before = await height()
    await until(async () => (await height()) > before)
  })

  test('error: PORT_BUSY a second start on the same port says so in one line and ends with 2', async () => {
    const second = runVeracity([...SMALL, '--port', new URL(url).port])
    expect(await second.ended).toBe(2)
    expect(second.said()).toBe(`veracity start: Port ${new URL(url).port} is taken. Give another port with --port N.\n`)
    expect(await answers(url)).toBe(true)
  })

  test.skipIf(!processTable)('behavior: Ctrl+C leaves no process, no port and no folder (needs /proc)', async () => {
    const pid = started.child.pid!
    const family = descendantsOf(pid)
    expect(family.length).toBeGreaterThanOrEqual(2) // the chain and the warden
    started.child.kill('SIGINT')
    expect(await started.ended).toBe(0)
    await until(() => !family.some(isRunning))
    expect(await answers(url)).toBe(false)
    expect(existsSync(join(ROOT, '.veracity/run', String(pid)))).toBe(false)
    expect(started.out()).toBe(`Veracity is ready: ${url}/\n`)
  })
})

describe('an end that nobody planned', () => {
  test.skipIf(!processTable)('behavior: killed without a word, it still leaves nothing (needs /proc)', async () => {
    const started = runVeracity([...SMALL, '--port', '0'])
    const url = await started.url
    const pid = started.child.pid!
    const family = descendantsOf(pid)
    started.child.kill('SIGKILL')
    expect(await started.ended).toBe('SIGKILL')
    await until(() => !family.some(isRunning))
    await until(() => !existsSync(join(ROOT, '.veracity/run', String(pid))))
    expect(await answers(url)).toBe(false)
  })

  test.skipIf(!processTable)(
    'behavior: killed without a word while it still starts, it leaves nothing either (needs /proc)',
    async () => {
      const started = runVeracity([...SMALL, '--port', '0'])
      const pid = started.child.pid!
      await until(() => descendantsOf(pid).some((one) => commandOf(one).includes('anvil')))
      const family = descendantsOf(pid)
      started.child.kill('SIGKILL')
      await started.ended
      await until(() => !family.some(isRunning))
      await until(() => !existsSync(join(ROOT, '.veracity/run', String(pid))))
    },
  )

  test.skipIf(!processTable)(
    'behavior: told to end while it still starts, it ends with all it began (needs /proc)',
    async () => {
      const started = runVeracity([...SMALL, '--port', '0'])
      const pid = started.child.pid!
      const family = new Set<number>()
      const watch = setInterval(() => {
        for (const one of descendantsOf(pid)) family.add(one)
      }, 20)
      await until(() => [...family].some((one) => commandOf(one).includes('anvil')))
      started.child.kill('SIGTERM')
      expect(await started.ended).toBe(0)
      clearInterval(watch)
      expect(started.out()).toBe('')
      await until(() => ![...family].some(isRunning))
      await until(() => !existsSync(join(ROOT, '.veracity/run', String(pid))))
    },
  )

  test.skipIf(!processTable)(
    'behavior: a chain that dies is said in one line, the page stays (needs /proc)',
    async () => {
      const started = runVeracity([...SMALL, '--port', '0'])
      const url = await started.url
      const chain = descendantsOf(started.child.pid!).find((one) => commandOf(one).includes('anvil'))
      process.kill(chain!, 'SIGKILL')
      await until(() => started.said().includes('! chain'))
      expect((await fetch(`${url}/`)).status).toBe(200)
      const dead = await fetch(`${url}/rpc`, {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: '{"jsonrpc":"2.0","id":1,"method":"eth_chainId","params":[]}',
      })
      expect([dead.status, await dead.json()]).toEqual([502, { error: 'The chain does not answer.' }])
      started.child.kill('SIGINT')
      expect(await started.ended).toBe(0)
    },
  )
})

describe('with the indexer', () => {
  test.skipIf(!processTable)(
    'behavior: it catches up, answers, is started again once, and ends (needs /proc)',
    async () => {
      const started = runVeracity(['start', '--devices', '20', '--port', '0'])
      const url = await started.url
      const pid = started.child.pid!
      const indexerOf = () => descendantsOf(pid).find((one) => commandOf(one).includes('ponder.js start'))
      const health = async (): Promise<unknown> => (await fetch(`${url}/indexer/health`)).json()
      expect(await health()).toEqual({ state: 'starting' })
      expect(await (await fetch(`${url}/sources.json`)).json()).toMatchObject({ indexer: 'indexer' })
      await until(() => started.said().includes('✓ indexer'))
      expect(await health()).toEqual({ state: 'ready' })
      const answer = await fetch(`${url}/indexer/graphql`, {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify({ query: '{ head(id: 0) { blockNumber } devices { totalCount } }' }),
      })
      const { data } = (await answer.json()) as {
        data: { head: { blockNumber: string }; devices: { totalCount: number } }
      }
      expect(Number(data.head.blockNumber)).toBeGreaterThan(60)
      expect(data.devices.totalCount).toBe(20)
      expect((await fetch(`${url}/indexer/sql/db`)).status).toBe(404)

      process.kill(indexerOf()!, 'SIGKILL')
      await until(() => started.said().includes('Starting it again.'))
      await until(() => indexerOf() !== undefined)
      const family = descendantsOf(pid)
      started.child.kill('SIGINT')
      expect(await started.ended).toBe(0)
      await until(() => !family.some(isRunning))
      expect(existsSync(join(ROOT, '.veracity/run', String(pid)))).toBe(false)
    },
  )
})

test.each([
  [['start', '--port', 'x'], /--port got x, expected a whole number from 0 to 65535/],
  [['start', '--devices', '0'], /--devices got 0, expected a whole number from 1 to 2000/],
  [['start', '--colour', 'red'], /Unknown option '--colour'/],
  [['start', 'now'], /start takes no names, got "now"/],
])('error: BAD_USAGE veracity %s', async (args, sentence) => {
  const started = runVeracity(args)
  expect(await started.ended).toBe(2)
  expect(started.said()).toMatch(sentence)
  expect(started.said().trim().split('\n').length).toBe(1)
})

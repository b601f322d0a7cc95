import { existsSync, readdirSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { type Devnet, startDevnet } from '../../data/devnet/devnet.ts'
import { fromHex, toHex } from '../../src/base/hex.ts'
import { anchorLogAbi } from '../../src/chain/abis.ts'
import { type Batch, decodeBatch } from '../../src/proofs/batch.ts'
import { TEST_WORK_DIR } from '../support/devchain.ts'
import { createTestFleet } from '../support/fleet.ts'
import { crypto } from '../support/signers.ts'

const workDir = join(TEST_WORK_DIR, 'test-devnet')
let net: Devnet
let filledMs = 0
beforeAll(async () => {
  let historyAt = 0
  net = await startDevnet({
    fleet: createTestFleet(24),
    workDir,
    live: false,
    onProgress: ({ step }) => {
      if (step === 'history' && historyAt === 0) historyAt = performance.now()
      if (step === 'ready') filledMs = performance.now() - historyAt
    },
  })
})
afterAll(async () => net.stop())

const get = (path: string, init?: RequestInit) => fetch(`${net.gatewayUrl}/${path}`, init)
const post = (body: unknown, headers: Record<string, string> = {}) =>
  get('gateway/mischief', {
    method: 'POST',
    headers: { 'content-type': 'application/json', ...headers },
    body: typeof body === 'string' ? body : JSON.stringify(body),
  })
const blockTimeS = async (): Promise<number> =>
  Number(
    ((await net.stage.chain.rpc.request('eth_getBlockByNumber', ['latest', false])) as { timestamp: string }).timestamp,
  )

describe('startDevnet', () => {
  test('default: a day of batches is anchored, and the chain has come to the present', async () => {
    const next = await net.stage.chain.read(net.contracts.anchorLog, anchorLogAbi, 'nextSeq', [
      net.stage.gateway.address,
    ])
    expect(Number(next)).toBeGreaterThanOrEqual(96)
    expect(net.stage.gateway.logSize).toBe(Number(next))
    expect(Math.abs((await blockTimeS()) - Date.now() / 1000)).toBeLessThan(60)
    console.log(`history of 24 devices: ${filledMs.toFixed(0)} ms`)
  })
  test('default: bodies are served by the hash of their content', async () => {
    const [name] = readdirSync(
      join(workDir, readdirSync(workDir).find((n) => n.startsWith(`run-${process.pid}-`))!, 'bodies'),
    )
    const response = await get(`gateway/bodies/${name}`)
    const body = new Uint8Array(await response.arrayBuffer())
    expect(toHex(crypto.keccak256(body))).toBe(name)
    expect(response.headers.get('cache-control')).toContain('immutable')
    expect((decodeBatch(body) as Batch).gateway).toEqual(fromHex(net.stage.gateway.address))
  })
  test('default: status and documents', async () => {
    expect(await (await get('gateway/status')).json()).toMatchObject({
      chainId: 31337,
      devices: 24,
      mischief: { kind: 'none' },
    })
    const documents = (await (await get('documents')).json()) as { address: string }[]
    expect(new Set(documents.map(({ address }) => address)).size).toBe(24)
  })
  test('behavior: every frame the gateway stores is signed as simulated', async () => {
    const folder = join(workDir, readdirSync(workDir).find((n) => n.startsWith(`run-${process.pid}-`))!, 'bodies')
    for (const name of readdirSync(folder).slice(0, 5)) {
      const body = new Uint8Array(await (await get(`bodies/${name}`)).arrayBuffer())
      for (const frame of (decodeBatch(body) as Batch).frames) {
        for (let at = 115; at < frame.length - 64; at += 16) expect(frame[at]).toBe(1)
      }
    }
  })
  test.each([
    ['an unknown hash', `gateway/bodies/0x${'00'.repeat(32)}`, 404],
    ['a path out of the folder', 'gateway/bodies/..%2f..%2fpackage.json', 404],
    ['another path', 'gateway/secrets', 404],
  ])('error: %s', async (_, path, status) => {
    expect((await get(path)).status).toBe(status)
  })

  test('behavior: the mischief switch tells what it is set to', async () => {
    const device = net.stage.devices[3]!.signer.address
    expect(await (await post({ kind: 'replay', device })).json()).toEqual({ kind: 'replay', device })
    expect(await (await get('mischief')).json()).toEqual({ kind: 'replay', device })
    expect(await (await post({ kind: 'none' })).json()).toEqual({ kind: 'none', device: null })
  })
  test('behavior: the page’s own origin may switch, directly and through the proxy', async () => {
    const { host } = new URL(net.gatewayUrl)
    expect((await post({ kind: 'none' }, { origin: `http://${host}` })).status).toBe(200)
    const proxied = { origin: 'http://127.0.0.1:4173', 'x-forwarded-host': '127.0.0.1:4173' }
    expect((await post({ kind: 'none' }, proxied)).status).toBe(200)
  })
  test.each([
    ['a foreign origin', { kind: 'none' }, { origin: 'https://example.com' }, 403],
    [
      'a foreign origin that names itself as host',
      { kind: 'none' },
      { origin: 'http://evil.example', 'x-forwarded-host': 'evil.example' },
      403,
    ],
    ['another port of this machine', { kind: 'none' }, { origin: 'http://127.0.0.1:1' }, 403],
    ['a sandboxed frame', { kind: 'none' }, { origin: 'null' }, 403],
    ['a form', 'kind=none', { 'content-type': 'application/x-www-form-urlencoded' }, 415],
    ['no JSON', '{', {}, 400],
    ['an unknown kind', { kind: 'explode' }, {}, 400],
    ['a device that is no address', { kind: 'replay', device: 'me' }, {}, 400],
    ['a device of another fleet', { kind: 'revoked-signer', device: `0x${'12'.repeat(20)}` }, {}, 400],
    ['too many bytes', { kind: 'none', more: 'x'.repeat(2000) }, {}, 400],
  ])('error: the mischief switch refuses %s', async (_, body, headers, status) => {
    expect((await post(body, headers)).status).toBe(status)
  })
})

describe('stop', () => {
  test('behavior: leaves no process, no port, no file; a second start works; a busy port is named', async () => {
    const first = await startDevnet({ fleet: createTestFleet(3), workDir, history: false, live: false })
    const port = Number(new URL(first.gatewayUrl).port)
    const rpcPort = Number(new URL(first.rpcUrl).port)
    const busy = startDevnet({ fleet: createTestFleet(1), workDir, history: false, live: false, gatewayPort: port })
    await expect(busy).rejects.toMatchObject({ code: 'PORT_BUSY', details: { port } })
    const busyRpc = startDevnet({ fleet: createTestFleet(1), workDir, history: false, live: false, rpcPort })
    await expect(busyRpc).rejects.toMatchObject({ code: 'PORT_BUSY', details: { port: rpcPort } })
    await first.stop()
    for (const pid of first.pids) expect(() => process.kill(pid, 0)).toThrow()
    await expect(fetch(first.gatewayUrl)).rejects.toThrow()
    await expect(fetch(first.rpcUrl)).rejects.toThrow()
    const second = await startDevnet({
      fleet: createTestFleet(1),
      workDir,
      history: false,
      live: false,
      gatewayPort: port,
      rpcPort,
    })
    await second.stop()
    const left = existsSync(workDir) ? readdirSync(workDir).filter((n) => n.startsWith(`run-${process.pid}-`)) : []
    expect(left).toHaveLength(1) // the one of the tests above
  })
})

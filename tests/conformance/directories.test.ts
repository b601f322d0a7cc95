import { describe, expect, test } from 'vitest'
import { directories } from '../../src/chain/directories/index.ts'
import type { DirectoryRequest } from '../../src/chain/directory.ts'
import { createHttpRpc } from '../../src/chain/rpc.ts'
import { DIRECTORY_IDS, TRUST_CLASSES, TRUST_WORDS } from '../../src/model/trustClass.ts'

const modules = import.meta.glob<Record<string, unknown>>('/src/chain/directories/*.ts', { eager: true })

/** Values of a module that look like a directory. */
const directoriesIn = (module: Record<string, unknown>): unknown[] =>
  Object.values(module).filter((value) => typeof value === 'object' && value !== null && 'deployments' in value)

describe('directories', () => {
  test('behavior: the list names every directory in the folder, and every id that documents may carry', () => {
    const found = Object.entries(modules).flatMap(([file, module]) =>
      file.endsWith('/index.ts') ? [] : directoriesIn(module),
    )
    expect(new Set(found)).toEqual(new Set(directories))
    expect(directories.map(({ id }) => id).sort()).toEqual([...DIRECTORY_IDS].sort())
  })
  test('behavior: every trust class says in words what it is worth', () => {
    for (const trust of TRUST_CLASSES) expect(TRUST_WORDS[trust].sentence).toMatch(/^[A-Z].*\.$/)
  })
  test('behavior: where ioID stands is where its makers say', () => {
    const { deployments } = directories.find(({ id }) => id === 'ioid-v1')!
    expect(deployments.map(({ chainId, contracts }) => [chainId, contracts.registry, contracts.ioID])).toEqual([
      [4689, '0x04e4655cf258ec802d17c23ec6112ef7d97fa2af', '0x1fcb980ed0287777ab05adc93012332e11300e54'],
      [4690, '0x0a7e595c7889df3652a19af52c18377bf17e027d', '0x45ce3e6f526e597628c73b731a3e9af7fc32f5b7'],
    ])
  })
})

describe.each(directories)('$id', (directory) => {
  const somewhere = Object.fromEntries(
    directory.contracts.map((name, i) => [name, `0x${`${i + 1}`.repeat(40)}` as const]),
  )
  const request = (fetch: (url: string, init?: RequestInit) => Promise<Response>): DirectoryRequest => ({
    rpc: createHttpRpc('http://node', fetch, 500),
    chainId: 4690,
    contracts: somewhere,
    pins: {},
    project: 1,
    fromBlock: 0,
    kind: 'smart-meter',
    origin: 'simulated',
    maxDevices: 10,
    signal: AbortSignal.timeout(5_000),
  })
  const answering = (result: (method: string) => unknown) => async (_: string, init?: RequestInit) => {
    const { method } = JSON.parse(String(init?.body)) as { method: string }
    return new Response(JSON.stringify({ result: result(method) }))
  }

  test('behavior: names itself, what it is worth and the contracts it wants', () => {
    expect(directory.title).not.toBe('')
    expect(TRUST_CLASSES).toContain(directory.trust)
    expect(directory.trust).not.toBe('imported')
    expect(new Set(directory.contracts).size).toBe(directory.contracts.length)
    for (const { contracts, implementations, source } of directory.deployments) {
      expect(Object.keys(contracts).sort()).toEqual([...directory.contracts].sort())
      expect(directory.contracts).toEqual(expect.arrayContaining(Object.keys(implementations)))
      for (const address of Object.values({ ...contracts, ...implementations }))
        expect(address).toMatch(/^0x[0-9a-f]{40}$/)
      expect(source).not.toBe('')
    }
  })
  test('error: CHAIN_UNREACHABLE when nobody answers', async () => {
    const dead = request(() => Promise.reject(new TypeError('no network')))
    await expect(directory.list(dead)).rejects.toMatchObject({ code: 'CHAIN_UNREACHABLE' })
  })
  test('error: CHAIN_WRONG_ID before anything else is believed', async () => {
    const asked: string[] = []
    const elsewhere = request(
      answering((method) => {
        asked.push(method)
        return '0x1'
      }),
    )
    await expect(directory.list(elsewhere)).rejects.toMatchObject({ code: 'CHAIN_WRONG_ID' })
    expect(asked).toEqual(['eth_chainId'])
  })
  test.each([
    ['nothing', () => null],
    ['numbers', () => 7],
    ['lists', () => []],
    ['the same word to everything', () => `0x${'00'.repeat(31)}01`],
    ['bytes without end', () => `0x${'ab'.repeat(100_000)}`],
  ])('error: named and refused when an endpoint answers %s', async (_, result) => {
    const broken = request(answering((method) => (method === 'eth_chainId' ? '0x1252' : result())))
    await expect(directory.list(broken)).rejects.toMatchObject({
      code: expect.stringMatching(/^(DIRECTORY_BROKEN|CHAIN_UNREACHABLE)$/) as string,
    })
  })
})

import type { ServerResponse } from 'node:http'
import { afterEach, describe, expect, test } from 'vitest'
import type { TwinError } from '../../../../src/base/errors.ts'
import type { Rpc } from '../../../../src/chain/rpc.ts'
import type { SourceContext, SourceSink } from '../../../../src/chain/source.ts'
import { ponder } from '../../../../src/chain/sources/ponder.ts'
import type { SourcesConfig } from '../../../../src/chain/sourcesConfig.ts'
import type { Anchor } from '../../../../src/proofs/anchor.ts'
import {
  anchorRow,
  answerHonestly,
  blockHash,
  headRow,
  type IndexerScript,
  type IndexerServer,
  startIndexerServer,
} from '../../../support/indexerServer.ts'

let server: IndexerServer | undefined
afterEach(async () => {
  await server?.close()
  server = undefined
})

const config: SourcesConfig = {
  mode: 'live',
  chain: {
    rpc: 'rpc',
    chainId: 31337,
    anchorLog: `0x${'1'.repeat(40)}`,
    directory: `0x${'2'.repeat(40)}`,
    status: `0x${'3'.repeat(40)}`,
    fromBlock: 3,
    witnesses: 1,
  },
  gateway: 'gateway',
  indexer: 'indexer',
  recorded: null,
  lesson: null,
}

interface Heard {
  readonly anchors: Anchor[]
  readonly complete: number[]
  readonly states: string[]
  readonly error: TwinError | undefined
}

/** Runs the source against a script until it has slept `polls` times, or failed. */
async function listen(script: IndexerScript, polls: number, rpc: Rpc | null = chainUpTo(1_000)): Promise<Heard> {
  server = await startIndexerServer(script)
  const { url } = server
  const stop = new AbortController()
  let slept = 0
  const context: SourceContext = {
    config,
    resolve: () => url,
    fetch: (input, init) => fetch(input, init),
    clock: {
      nowMs: () => 0,
      sleep: async () => {
        if (++slept >= polls) stop.abort()
      },
    },
    rpc,
    async *heads() {},
    signal: stop.signal,
  }
  const heard = { anchors: [] as Anchor[], complete: [] as number[], states: [] as string[] }
  const sink: SourceSink = {
    anchors: (anchors) => void heard.anchors.push(...anchors),
    complete: (block) => void heard.complete.push(block),
    bundle: () => {},
    state: (state, words) => void heard.states.push(`${state}: ${words}`),
  }
  const error = await ponder.run(context, sink).then(
    () => undefined,
    (reason: unknown) => reason as TwinError,
  )
  return { ...heard, error }
}

const chainUpTo = (latest: number, hashOf = blockHash): Rpc => ({
  url: 'test',
  request: async (method, [block]) => {
    if (method === 'eth_blockNumber') return `0x${latest.toString(16)}`
    const number = Number(block)
    return number > latest ? null : { hash: hashOf(number) }
  },
})

const rows = Array.from({ length: 25 }, (_, seq) => anchorRow(seq, 10 + 2 * seq))

describe('an honest indexer', () => {
  test('default: names every anchor, newest first, then says up to where', async () => {
    const heard = await listen({ graphql: (q) => answerHonestly(q, 60, rows, 10) }, 1, chainUpTo(60))
    expect(heard.error).toBeUndefined()
    expect(heard.anchors.map(({ seq }) => seq)).toEqual(rows.map((_, i) => 24 - i))
    expect(heard.anchors[24]).toEqual({
      gateway: rows[0]!.gateway,
      seq: 0,
      batchRoot: rows[0]!.batchRoot,
      logRoot: rows[0]!.logRoot,
      logSize: 1,
      count: 320,
      tMinMs: 1_795_407_000_000,
      tMaxMs: 1_795_407_060_000,
      dataHash: rows[0]!.dataHash,
      anchoredAtMs: 1_795_407_080_000,
      blockNumber: 10,
      blockHash: rows[0]!.blockHash,
      txHash: rows[0]!.txHash,
      logIndex: 0,
    })
    expect(heard.complete).toEqual([60])
    expect(heard.states).toEqual(['ok: The indexer names the anchors, the chain confirms them.'])
  })

  test('behavior: the next time it asks only for what a reorganisation may have touched', async () => {
    const many = Array.from({ length: 100 }, (_, seq) => anchorRow(seq, 100 + 2 * seq))
    await listen({ graphql: (q) => answerHonestly(q, 300, many, 500) }, 2, chainUpTo(300))
    const from = server!.questions
      .filter(({ query }) => query.includes('anchors('))
      .map(({ variables }) => variables.from)
    expect(from).toEqual(['3', '236'])
  })

  test('behavior: while it starts, the page hears so and nothing is complete', async () => {
    let asked = 0
    const script: IndexerScript = {
      health: () => ({ state: ++asked < 3 ? 'starting' : 'ready' }),
      graphql: (q) => answerHonestly(q, 60, rows, 50),
    }
    const heard = await listen(script, 3, chainUpTo(60))
    expect(heard.states.slice(0, 2)).toEqual([
      'starting: The indexer is still starting.',
      'starting: The indexer is still starting.',
    ])
    expect(heard.complete).toEqual([60])
  })

  test('behavior: an index without a block is starting', async () => {
    const heard = await listen({ graphql: () => ({ head: null }) }, 2)
    expect(heard.states).toEqual(Array(2).fill('starting: The indexer has not read any block yet.'))
    expect(heard.complete).toEqual([])
  })

  test('behavior: one that lags says how far', async () => {
    const heard = await listen({ graphql: (q) => answerHonestly(q, 60, rows, 50) }, 1, chainUpTo(90))
    expect(heard.states).toEqual(['starting: The indexer is 30 blocks behind the chain.'])
    expect(heard.complete).toEqual([60])
  })

  test('behavior: without an endpoint of its own, or with a dead one, the page still hears the names', async () => {
    const dead: Rpc = { url: 'test', request: () => Promise.reject(new Error('down')) }
    for (const rpc of [null, dead]) {
      const heard = await listen({ graphql: (q) => answerHonestly(q, 60, rows, 50) }, 1, rpc)
      expect(heard.anchors.length).toBe(25)
      expect(heard.complete).toEqual([60])
      await server!.close()
    }
  })

  test('behavior: it stops at once when told to, even in the middle of a question', async () => {
    server = await startIndexerServer({ graphql: () => undefined }) // never answers
    const { url } = server
    const stop = new AbortController()
    const context: SourceContext = {
      config,
      resolve: () => url,
      fetch: (input, init) => {
        if (input.endsWith('graphql')) queueMicrotask(() => stop.abort())
        return fetch(input, init)
      },
      clock: { nowMs: () => 0, sleep: async () => {} },
      rpc: null,
      async *heads() {},
      signal: stop.signal,
    }
    const sink: SourceSink = { anchors: () => {}, complete: () => {}, bundle: () => {}, state: () => {} }
    await expect(ponder.run(context, sink)).resolves.toBeUndefined()
  })

  test('behavior: it is configured only for a live page with an indexer', () => {
    expect(ponder.isConfigured(config)).toBe(true)
    expect(ponder.isConfigured({ ...config, indexer: null })).toBe(false)
    expect(ponder.isConfigured({ ...config, mode: 'recorded' })).toBe(false)
  })
})

describe('an index on another fork', () => {
  const forked = chainUpTo(1_000, (block) => (block < 40 ? blockHash(block) : `0x${'f'.repeat(64)}`))

  test('error: INDEXER_UNREACHABLE its head is not on the chain, for longer than a reorganisation takes', async () => {
    const heard = await listen({ graphql: (q) => answerHonestly(q, 60, rows, 50) }, 50, forked)
    expect(heard.error?.code).toBe('INDEXER_UNREACHABLE')
    expect(heard.error?.message).toMatch(/does not know/)
    expect(heard.error?.details).toEqual({ indexerBlock: 60, indexerHash: blockHash(60) })
    expect(heard.anchors).toEqual([])
    expect(heard.complete).toEqual([])
  })

  test('behavior: a reorganisation it catches up with is no alarm', async () => {
    let asked = 0
    const rpc = chainUpTo(60, (block) => (++asked < 4 ? `0x${'e'.repeat(64)}` : blockHash(block)))
    const heard = await listen({ graphql: (q) => answerHonestly(q, 60, rows, 50) }, 4, rpc)
    expect(heard.error).toBeUndefined()
    expect(heard.complete).toEqual([60])
  })

  test('behavior: a head beyond the chain completes nothing', async () => {
    const heard = await listen({ graphql: (q) => answerHonestly(q, 5_000_000, rows, 50) }, 1, chainUpTo(60))
    expect(heard.complete).toEqual([])
    expect(heard.anchors.length).toBe(25)
  })

  test('behavior: a phantom is named, not judged: that is the work of whoever checks it', async () => {
    const phantom = { ...anchorRow(25, 59), blockHash: `0x${'a'.repeat(64)}` }
    const heard = await listen({ graphql: (q) => answerHonestly(q, 60, [...rows, phantom], 50) }, 1, chainUpTo(60))
    expect(heard.anchors.find(({ seq }) => seq === 25)?.blockHash).toBe(phantom.blockHash)
  })
})

describe('a hostile indexer', () => {
  const page = (items: unknown, pageInfo: unknown = { hasNextPage: false, endCursor: null }) => ({
    anchors: { items, pageInfo },
  })
  const withAnchors = (data: unknown): IndexerScript => ({
    graphql: ({ query }) => (query.includes('head(') ? headRow(60) : data),
  })
  const raw = (write: (response: ServerResponse) => void): IndexerScript => ({
    graphql: (_question, response) => {
      write(response)
      return undefined
    },
  })

  test.each<[string, unknown]>([
    ['no anchors at all', {}],
    ['null', null],
    ['items that are no list', page({ 0: anchorRow(0, 10) })],
    ['a row without a block', page([{ ...anchorRow(0, 10), blockNumber: undefined }])],
    ['a negative sequence', page([{ ...anchorRow(0, 10), seq: '-1' }])],
    ['a number past 2^53', page([{ ...anchorRow(0, 10), tMax: '99999999999999999999' }])],
    ['a fraction', page([{ ...anchorRow(0, 10), count: 1.5 }])],
    ['a count as text', page([{ ...anchorRow(0, 10), count: '320' }])],
    ['a root that is too short', page([{ ...anchorRow(0, 10), batchRoot: '0x12' }])],
    ['markup for a hash', page([{ ...anchorRow(0, 10), txHash: '<img src=x onerror=alert(1)>' }])],
    ['an address that is not one', page([{ ...anchorRow(0, 10), gateway: 'vitalik.eth' }])],
    ['one bad row among good ones', page([anchorRow(0, 10), { ...anchorRow(1, 12), dataHash: null }])],
    ['more rows than were asked for', page(Array.from({ length: 501 }, (_, i) => anchorRow(i, 10 + i)))],
    ['a next page without a cursor', page([anchorRow(0, 10)], { hasNextPage: true, endCursor: null })],
    ['empty pages without end', page([], { hasNextPage: true, endCursor: 'x' })],
    ['a cursor of a megabyte', page([anchorRow(0, 10)], { hasNextPage: true, endCursor: 'x'.repeat(1e6) })],
  ])('error: INDEXER_UNREACHABLE %s', async (_name, data) => {
    const heard = await listen(withAnchors(data), 1)
    expect(heard.error?.code).toBe('INDEXER_UNREACHABLE')
    expect(heard.anchors).toEqual([])
    expect(heard.complete).toEqual([])
  })

  test('error: INDEXER_UNREACHABLE the same page over and over', async () => {
    const heard = await listen(withAnchors(page([anchorRow(0, 10)], { hasNextPage: true, endCursor: 'x' })), 1)
    expect(heard.error?.message).toMatch(/has no end/)
    expect(heard.complete).toEqual([])
  })

  test.each<[string, IndexerScript]>([
    ['an error page', raw((response) => response.writeHead(502).end('Bad gateway'))],
    ['HTML with status 200', raw((response) => response.writeHead(200).end('<!doctype html>'))],
    ['half a JSON', raw((response) => response.writeHead(200).end('{"data":'))],
    ['a closed connection', raw((response) => response.destroy())],
    ['a GraphQL error', raw((response) => response.writeHead(200).end('{"errors":[{"message":"no such table"}]}'))],
    ['a list', raw((response) => response.writeHead(200).end('[]'))],
    ['a head that is not one', { graphql: () => ({ head: { blockNumber: 60, blockHash: 'x', timestamp: 1 } }) }],
  ])('error: INDEXER_UNREACHABLE %s', async (_name, script) => {
    const heard = await listen(script, 1)
    expect(heard.error?.code).toBe('INDEXER_UNREACHABLE')
    expect(heard.anchors).toEqual([])
  })

  test('error: INDEXER_UNREACHABLE an answer that never ends is given up', async () => {
    const flood = raw((response) => {
      const pour = (): void => {
        while (!response.destroyed && response.write(' '.repeat(65_536)));
        if (!response.destroyed) response.once('drain', pour)
      }
      response.writeHead(200)
      pour()
    })
    const heard = await listen(flood, 1)
    expect(heard.error?.message).toMatch(/more than 4194304 bytes/)
  })
})

import { describe, expect, test } from 'vitest'
import { readLogsBackwards } from '../../../src/chain/logs.ts'
import { createHttpRpc, type Rpc, RpcRefusal } from '../../../src/chain/rpc.ts'

const answering = (body: string, status = 200) =>
  createHttpRpc('http://rpc', async () => new Response(body, { status }))

describe('createHttpRpc', () => {
  test('default: gives the result, null included', async () => {
    expect(await answering('{"result":"0x1"}').request('m', [])).toBe('0x1')
    expect(await answering('{"result":null}').request('m', [])).toBeNull()
  })
  test('error: RpcRefusal carries code, message and data of the endpoint', async () => {
    const refusal = answering('{"error":{"code":-32005,"message":"range","data":"0x12"}}').request('m', [])
    await expect(refusal).rejects.toMatchObject({ name: 'RpcRefusal', code: -32005, message: 'range', data: '0x12' })
  })
  test.each([
    ['HTTP 502', answering('bad gateway', 502)],
    ['HTML', answering('<html>')],
    ['another JSON', answering('{"hello":1}')],
    ['null', answering('null')],
    ['a network error', createHttpRpc('http://rpc', () => Promise.reject(new TypeError('refused')))],
    [
      'silence',
      createHttpRpc(
        'http://rpc',
        (_, init) =>
          new Promise((_resolve, reject) => init?.signal?.addEventListener('abort', () => reject(new Error('late')))),
        20,
      ),
    ],
  ])('error: CHAIN_UNREACHABLE for %s', async (_, rpc) => {
    await expect(rpc.request('m', [])).rejects.toMatchObject({ code: 'CHAIN_UNREACHABLE' })
  })
})

describe('readLogsBackwards', () => {
  /** An endpoint that refuses wide ranges, and blocks in a list. */
  const endpoint = (maxSpan: number, asked: [number, number][] = []): Rpc => ({
    url: 'mock',
    async request(_, [filter]) {
      const { fromBlock, toBlock } = filter as { fromBlock: string; toBlock: string }
      const [from, to] = [Number(fromBlock), Number(toBlock)]
      if (to - from + 1 > maxSpan) throw new RpcRefusal(-32005, 'too wide')
      asked.push([from, to])
      return []
    },
  })
  const read = async (rpc: Rpc, from: number, to: number) => {
    for await (const _ of readLogsBackwards(rpc, { addresses: [] }, from, to, new AbortController().signal));
  }
  test.each([1, 7, 500, 2000, 1e9])(
    'default: covers every block once, newest first, when at most %i are allowed',
    async (maxSpan) => {
      const asked: [number, number][] = []
      await read(endpoint(maxSpan, asked), 10, maxSpan < 10 ? 60 : 5010)
      expect(asked[0]![1]).toBe(maxSpan < 10 ? 60 : 5010)
      expect(asked.at(-1)![0]).toBe(10)
      for (let i = 1; i < asked.length; i++) expect(asked[i]![1]).toBe(asked[i - 1]![0] - 1)
      expect(Math.max(...asked.map(([from, to]) => to - from + 1))).toBeLessThanOrEqual(Math.min(maxSpan, 2000))
    },
  )
  test('error: a block that is refused even alone ends it', async () => {
    await expect(read(endpoint(0), 0, 5)).rejects.toMatchObject({ name: 'RpcRefusal' })
  })
})

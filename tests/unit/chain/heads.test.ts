import { afterEach, describe, expect, test } from 'vitest'
import type { Hex } from '../../../src/base/hex.ts'
import { createHeads, type HeadEvent, type Heads, isHeadStale, STALE_AFTER_MS } from '../../../src/chain/heads.ts'
import type { Rpc } from '../../../src/chain/rpc.ts'
import type { Clock } from '../../../src/chain/source.ts'

/** A chain whose blocks carry the fork they belong to: 'a1', 'a2' … */
function createChain(length: number) {
  let blocks = Array.from({ length: length + 1 }, (_, n) => `a${n}`)
  const hash = (n: number): Hex | undefined => blocks[n] as Hex | undefined
  let chainId = 5
  let down = false
  const rpc: Rpc = {
    url: 'mock',
    async request(method, params) {
      if (down) throw new TypeError('down')
      if (method === 'eth_chainId') return `0x${chainId.toString(16)}`
      const n = params[0] === 'latest' ? blocks.length - 1 : Number(params[0])
      return hash(n) === undefined
        ? null
        : { number: `0x${n.toString(16)}`, hash: hash(n), parentHash: hash(n - 1) ?? '0x', timestamp: '0x10' }
    },
  }
  return {
    rpc,
    grow(count: number, fork = 'a') {
      blocks = [...blocks, ...Array.from({ length: count }, (_, i) => `${fork}${blocks.length + i}`)]
    },
    cut(toBlock: number) {
      blocks = blocks.slice(0, toBlock + 1)
    },
    set chainId(id: number) {
      chainId = id
    },
    set down(yes: boolean) {
      down = yes
    },
  }
}

let stop = new AbortController()
afterEach(() => {
  stop.abort()
  stop = new AbortController()
})
const clock: Clock = { nowMs: () => 0, sleep: () => new Promise((resolve) => setTimeout(resolve, 1)) }

function follow(chain: ReturnType<typeof createChain>, keep = 8) {
  const events: HeadEvent[] = []
  const states: Heads['state'][] = []
  const heads = createHeads({ rpc: chain.rpc, chainId: 5, clock, keep, onState: (state) => states.push(state) })
  void (async () => {
    for await (const event of heads.follow(stop.signal)) events.push(event)
  })()
  void heads.run(stop.signal)
  return { heads, events, states }
}
const until = async (condition: () => boolean): Promise<void> => {
  while (!condition()) await new Promise((resolve) => setTimeout(resolve, 1))
}

describe('createHeads', () => {
  test('default: the present head first, then each new one; the last headers are kept', async () => {
    const chain = createChain(20)
    const { heads, events } = follow(chain)
    await until(() => events.length === 1)
    expect(events[0]).toMatchObject({ head: { number: 20, hash: 'a20', timeMs: 16_000 }, withdrawnFrom: null })
    chain.grow(3)
    await until(() => events.length === 2)
    expect(events[1]).toMatchObject({ head: { number: 23 }, withdrawnFrom: null })
    await until(() => heads.hashAt(16) !== null)
    expect(heads.hashAt(15)).toBeNull()
  })
  test.each([
    ['one block replaced', 19, 1, 20],
    ['three blocks replaced by more', 17, 9, 18],
    ['three blocks replaced by fewer', 17, 1, 18],
    ['blocks only taken away', 18, 0, 19],
  ])('behavior: %s', async (_, cutTo, growBy, withdrawnFrom) => {
    const chain = createChain(20)
    const { heads, events } = follow(chain)
    await until(() => heads.hashAt(14) !== null)
    chain.cut(cutTo)
    chain.grow(growBy, 'b')
    await until(() => events.length === 2)
    expect(events[1]).toMatchObject({ head: { number: cutTo + growBy }, withdrawnFrom })
    expect(heads.hashAt(cutTo + growBy)).toBe(growBy === 0 ? `a${cutTo}` : `b${cutTo + growBy}`)
  })
  test('behavior: a fork deeper than every header kept withdraws everything', async () => {
    const chain = createChain(20)
    const { heads, events } = follow(chain)
    await until(() => heads.hashAt(13) !== null)
    chain.cut(5)
    chain.grow(20, 'b')
    await until(() => events.length === 2)
    expect(events[1]!.withdrawnFrom).toBe(0)
    expect(heads.hashAt(24)).toBe('b24')
  })
  test('behavior: what a slow reader misses is merged, never lost', async () => {
    const chain = createChain(20)
    const heads = createHeads({ rpc: chain.rpc, chainId: 5, clock, keep: 8 })
    const reader = heads.follow(stop.signal)
    void heads.run(stop.signal)
    await reader.next()
    await until(() => heads.hashAt(14) !== null)
    chain.cut(17)
    chain.grow(4, 'b')
    await until(() => heads.head?.number === 21)
    chain.grow(4, 'b')
    await until(() => heads.head?.number === 25)
    expect((await reader.next()).value).toMatchObject({ head: { number: 25 }, withdrawnFrom: 18 })
  })
  test('error: another chain and a dead endpoint are states, and end when they end', async () => {
    const chain = createChain(20)
    chain.chainId = 1
    const { events, states } = follow(chain)
    await until(() => states.includes('wrong-chain'))
    expect(events).toEqual([])
    chain.chainId = 5
    await until(() => events.length === 1)
    chain.down = true
    await until(() => states.at(-1) === 'unreachable')
    chain.down = false
    chain.grow(1)
    await until(() => events.length === 2)
    expect(states).toEqual(['wrong-chain', 'ok', 'unreachable', 'ok'])
  })
})

test('behavior: a head is stale after its time, not before', () => {
  expect(isHeadStale(1000, 1000 + STALE_AFTER_MS)).toBe(false)
  expect(isHeadStale(1000, 1001 + STALE_AFTER_MS)).toBe(true)
})

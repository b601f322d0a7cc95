import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { type ChainLink, createDeviceChain } from '../../../src/proofs/deviceChain.ts'

type Link = ChainLink & { readonly name: string }
const hash = (text: string): Uint8Array => Uint8Array.from({ length: 32 }, (_, i) => text.charCodeAt(i % text.length))

/** A frame of two readings; its hash is its name. `place` counts batches. */
const link = (name: string, seqFirst: number, prev: string, place: number, count = 2): Link => ({
  name,
  seqFirst,
  count,
  signedHash: hash(name),
  prev: prev ? hash(prev) : new Uint8Array(32),
  place: { blockNumber: place, logIndex: 0, index: 0 },
  standing: 'open',
  missingBefore: 0,
})
const standings = (links: readonly Link[]): string[] =>
  links.map((l) => `${l.name} ${l.standing} ${l.missingBefore}`).sort()
const inserted = (links: readonly Link[]): Link[] => {
  const chain = createDeviceChain<Link>()
  for (const one of links) chain.insert(one)
  return [...links]
}

describe('createDeviceChain', () => {
  const a = () => link('a', 0, '', 1)
  const b = () => link('b', 2, 'a', 2)
  const c = () => link('c', 4, 'b', 3)

  test('default: a whole chain follows', () => {
    expect(standings(inserted([a(), b(), c()]))).toEqual(['a first 0', 'b follows 0', 'c follows 0'])
  })
  test('behavior: newest first, what is not read yet is open, and follows once it is', () => {
    const chain = createDeviceChain<Link>()
    const late = c()
    chain.insert(late)
    expect(late.standing).toBe('open')
    const middle = b()
    expect(chain.insert(middle)).toEqual([late])
    expect(late.standing).toBe('follows')
    expect(middle.standing).toBe('open')
    expect(chain.markComplete()).toEqual([middle])
    expect(middle).toMatchObject({ standing: 'gap', missingBefore: 2 })
    chain.insert(a())
    expect(middle.standing).toBe('follows')
  })
  test('behavior: a skipped frame is a gap of its readings', () => {
    expect(standings(inserted([a(), c()]))).toEqual(['a first 0', 'c gap 2'])
  })
  test('behavior: the right number after another frame is a gap of none', () => {
    expect(standings(inserted([a(), link('x', 2, 'never seen', 2)]))).toEqual(['a first 0', 'x gap 0'])
  })
  test('behavior: the frame anchored first is taken, whichever arrives first', () => {
    const replay = () => ({ ...a(), name: 'replay', place: { blockNumber: 9, logIndex: 0, index: 0 } })
    const expected = ['a first 0', 'b follows 0', 'replay duplicate 0']
    expect(standings(inserted([a(), b(), replay()]))).toEqual(expected)
    expect(standings(inserted([replay(), b(), a()]))).toEqual(expected)
  })
  test('behavior: a cloned key that reuses numbers is a duplicate, also when it overlaps by one reading', () => {
    expect(standings(inserted([a(), b(), link('clone', 3, 'z', 5)]))).toContain('clone duplicate 0')
    expect(standings(inserted([a(), b(), link('clone', 1, 'z', 5, 1)]))).toContain('clone duplicate 0')
  })
  test('behavior: an earlier frame that turns up late can free what its rival had blocked', () => {
    const rival = link('rival', 2, 'a', 5, 4) // blocks 2..5
    const blocked = link('blocked', 4, 'b', 6)
    const chain = createDeviceChain<Link>()
    for (const one of [a(), rival, blocked]) chain.insert(one)
    expect(blocked.standing).toBe('duplicate')
    chain.insert(b()) // placed before the rival: now the rival is the duplicate
    expect(rival.standing).toBe('duplicate')
    expect(blocked.standing).toBe('follows')
  })
  test('behavior: what a reorg removes leaves no trace', () => {
    const chain = createDeviceChain<Link>()
    const [one, two, three] = [a(), b(), c()]
    for (const each of [one, two, three]) chain.insert(each)
    expect(chain.remove(new Set([two]))).toEqual([three])
    expect(three).toMatchObject({ standing: 'gap', missingBefore: 2 })
    const again = { ...two, place: { blockNumber: 8, logIndex: 0, index: 0 } }
    chain.insert(again)
    expect(standings([one, again, three])).toEqual(['a first 0', 'b follows 0', 'c follows 0'])
  })
  test('behavior: forgotten numbers stay taken', () => {
    const chain = createDeviceChain<Link>()
    const links = Array.from({ length: 10 }, (_, i) => link(`n${i}`, 2 * i, i ? `n${i - 1}` : '', i))
    for (const one of links) chain.insert(one)
    expect(chain.forget(3)).toHaveLength(7)
    expect(chain.length).toBe(3)
    const replay = { ...links[2]!, place: { blockNumber: 99, logIndex: 0, index: 0 } }
    chain.insert(replay)
    expect(replay.standing).toBe('duplicate')
    const next = link('next', 20, 'n9', 100)
    chain.insert(next)
    expect(next.standing).toBe('follows')
    expect(links[7]!.standing).toBe('follows') // its lower neighbour was forgotten, not lost
  })
  test('behavior: standings depend on the set of frames, not on the order they came in (seeded)', () => {
    const oneLink = fc.record({
      seqFirst: fc.integer({ min: 0, max: 12 }),
      count: fc.integer({ min: 1, max: 4 }),
      prev: fc.integer({ min: 0, max: 5 }),
    })
    fc.assert(
      fc.property(
        fc.array(oneLink, { minLength: 1, maxLength: 12 }),
        fc.array(fc.nat(), { minLength: 12, maxLength: 12 }),
        (specs, keys) => {
          const make = () => specs.map(({ seqFirst, count, prev }, i) => link(`f${i}`, seqFirst, `f${prev}`, i, count))
          const shuffled = make()
            .map((one, i) => ({ one, key: keys[i % 12]! }))
            .sort((x, y) => x.key - y.key)
            .map(({ one }) => one)
          expect(standings(inserted(shuffled))).toEqual(standings(inserted(make())))
        },
      ),
      { seed: 21, numRuns: 400 },
    )
  })
  test('behavior: removing equals never having had (seeded)', () => {
    const oneLink = fc.record({
      seqFirst: fc.integer({ min: 0, max: 10 }),
      count: fc.integer({ min: 1, max: 3 }),
      gone: fc.boolean(),
    })
    fc.assert(
      fc.property(fc.array(oneLink, { minLength: 1, maxLength: 10 }), (specs) => {
        const make = () => specs.map(({ seqFirst, count }, i) => link(`f${i}`, seqFirst, `f${i - 1}`, i, count))
        const chain = createDeviceChain<Link>()
        const all = make()
        for (const one of all) chain.insert(one)
        const stays = (_: unknown, i: number): boolean => !specs[i]!.gone
        chain.remove(new Set(all.filter((one, i) => !stays(one, i))))
        expect(standings(all.filter(stays))).toEqual(standings(inserted(make().filter(stays))))
      }),
      { seed: 22, numRuns: 300 },
    )
  })
})

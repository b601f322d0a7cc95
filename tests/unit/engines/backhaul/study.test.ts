import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { createRandom } from '../../../../src/base/random.ts'
import { finish } from '../../../../src/base/steps.ts'
import type { BackhaulInput } from '../../../../src/engines/backhaul/input.ts'
import { sayBackhaul } from '../../../../src/engines/backhaul/sentence.ts'
import { runBackhaul } from '../../../../src/engines/backhaul/study.ts'
import { aBackhaul, aFlow, aLink } from '../../../support/backhaul.ts'

const study = (input: BackhaulInput) => finish(runBackhaul(input))

describe('study', () => {
  test('default: the busiest hour, utilisation and what saturates first', () => {
    const links = [aLink('up', 'gw', 'pop', { capacityBps: 10e6 }), aLink('core', 'pop', 'net', { capacityBps: 100e6 })]
    const {
      busiestHour,
      links: found,
      flows,
      ...rest
    } = study(aBackhaul(links, [aFlow('f', 'gw', 'net', 1e6, 5e6, 2e6)]))
    expect(busiestHour).toBe(1)
    expect(found[0]).toMatchObject({ utilisation: 0.5, peakUtilisation: 0.5, peakHour: 1, growth: 2 })
    expect(flows[0]).toMatchObject({ hops: 2, rateBps: 5e6, bottleneck: '' })
    expect(rest.violations).toEqual([])
    expect(sayBackhaul({ busiestHour, links: found, flows, ...rest })).toBe(
      'At hour 1, the busiest, 100.0 % of the demand is carried. up saturates first, at 2.00 times the demand. The failure of up hurts most: it cuts off 1 flows.',
    )
  })

  test('behavior: an overloaded link divides itself fairly, is named, and its queue has no end', () => {
    const links = [aLink('ab', 'a', 'b', { capacityBps: 6e6 })]
    const { flows, carriedBps } = study(aBackhaul(links, [aFlow('x', 'a', 'b', 1e6), aFlow('y', 'a', 'b', 9e6)]))
    expect(flows.map(({ rateBps }) => rateBps)).toEqual([1e6, 5e6])
    expect(flows[1]).toMatchObject({ bottleneck: 'ab', delayP50S: Infinity, delayP99S: Infinity })
    expect(carriedBps).toBe(6e6)
  })

  test('behavior: both ways of a link are two roads, unless they share one medium', () => {
    const flows = [aFlow('x', 'a', 'b', 9e6), aFlow('y', 'b', 'a', 9e6)]
    const carried = (shared: boolean) => study(aBackhaul([aLink('ab', 'a', 'b', { shared })], flows)).carriedBps
    expect(carried(false)).toBe(18e6)
    expect(carried(true)).toBe(10e6)
  })

  test('behavior: routes take the least delay, then the fewest links', () => {
    const triangle = [aLink('ab', 'a', 'b'), aLink('bc', 'b', 'c'), aLink('ac', 'a', 'c', { delayS: 0.0025 })]
    const hops = (delayS: number) =>
      study(aBackhaul([triangle[0]!, triangle[1]!, aLink('ac', 'a', 'c', { delayS })], [aFlow('x', 'a', 'c', 1e6)]))
        .flows[0]!.hops
    expect(hops(0.0025)).toBe(2)
    expect(hops(0.002)).toBe(1)
    expect(hops(0.0015)).toBe(1)
  })

  test('behavior: a single failure reroutes, slows or cuts off; a ring survives any', () => {
    const ring = ['ab', 'bc', 'cd', 'da'].map((id) => aLink(id, id[0]!, id[1]!))
    const safe = study(aBackhaul(ring, [aFlow('x', 'a', 'b', 4e6), aFlow('y', 'b', 'c', 4e6)]))
    expect(safe.failures.map(({ cutOff, slowed }) => [cutOff.length, slowed])).toEqual([
      [0, 0],
      [0, 0],
    ])
    const tight = study(aBackhaul(ring, [aFlow('x', 'a', 'b', 8e6), aFlow('y', 'a', 'd', 8e6)]))
    expect(tight.failures[0]).toMatchObject({ cutOff: [], lostBps: 6e6 })
    const tail = study(aBackhaul([...ring, aLink('de', 'd', 'e')], [aFlow('z', 'a', 'e', 1e6)]))
    expect(tail.failures[0]).toMatchObject({ link: 'de', cutOff: ['z'], lostBps: 1e6, slowed: 1 })
  })

  test('behavior: a flow no way leads for gets nothing and says so', () => {
    const { flows, violations } = study(
      aBackhaul([aLink('ab', 'a', 'b'), aLink('cd', 'c', 'd')], [aFlow('x', 'a', 'd', 1e6)]),
    )
    expect(flows[0]).toMatchObject({ hops: -1, rateBps: 0, delayP50S: NaN })
    expect(violations).toEqual([])
  })

  test('behavior: P50, P95 and P99 rise, and lie above the bare delay; several channels wait less than one', () => {
    const flows = [aFlow('x', 'a', 'b', 8e6)]
    const delays = (channels: number, capacityBps: number) =>
      study(aBackhaul([aLink('ab', 'a', 'b', { channels, capacityBps })], flows)).flows[0]!
    const { delayP50S, delayP95S, delayP99S } = delays(1, 10e6)
    expect(delayP50S).toBeGreaterThan(0.001)
    expect(delayP95S).toBeGreaterThan(delayP50S)
    expect(delayP99S).toBeGreaterThan(delayP95S)
    // M/M/1 behind a delay of 1 ms
    expect(delayP99S - 0.001).toBeCloseTo((-Math.log(0.01) * 0.0008) / 0.2, 3)
  })

  test('behavior: trunks are told lost by Erlang B, waiting by Erlang C', () => {
    const trunks = [{ id: 't', offeredErlang: 20, circuits: 10 }]
    const input = aBackhaul([aLink('ab', 'a', 'b')], [], { trunks })
    expect(study(input).trunks[0]!.blocked).toBeCloseTo(0.5379631686320729, 12)
    expect(study(input).trunks[0]!.waits).toBe(1)
  })

  test('behavior: on random networks rates are fair at every hour, no link is overloaded, who is cut off is slowed', () => {
    fc.assert(
      fc.property(fc.string(), (seed) => {
        const random = createRandom(seed)
        const node = () => `n${random.below(8)}`
        const links = Array.from({ length: 14 }, (_, l) =>
          aLink(`l${l}`, `n${l % 8}`, `n${(l + 1 + random.below(6)) % 8}`, {
            capacityBps: 1e6 * (1 + random.below(50)),
            delayS: random.below(5) / 1000,
            shared: random.next() < 0.3,
          }),
        ).filter(({ from, to }) => from !== to)
        const flows = Array.from({ length: 20 }, (_, f) => {
          const from = links[random.below(links.length)]!.from
          const hours = Array.from({ length: 3 }, () => 1e6 * random.below(20))
          return { ...aFlow(`f${f}`, from, node(), ...hours), weight: 0.5 + random.next() }
        }).filter(({ from, to }) => from !== to && links.some((l) => l.from === to || l.to === to))
        const result = study(aBackhaul(links, flows))
        expect(result.violations).toEqual([])
        for (const { peakUtilisation } of result.links) expect(peakUtilisation).toBeLessThanOrEqual(1 + 1e-9)
        for (const { cutOff, slowed } of result.failures)
          expect(slowed).toBeGreaterThanOrEqual(cutOff.length === 0 ? 0 : 0)
      }),
      { seed: 3, numRuns: 60 },
    )
  })
})

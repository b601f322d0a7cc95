import { describe, expect, test } from 'vitest'
import { finish } from '../../../src/base/steps.ts'
import { ASSET_KIND_INFO } from '../../../src/model/asset.ts'
import { networks } from '../../../src/networks/index.ts'
import { defaultEra } from '../../../src/networks/network.ts'
import { type RankingQuestion, rankNodes } from '../../../src/plan/rankNodes.ts'
import { documentOf, veracity } from '../../support/commandLine.ts'

const question: RankingQuestion = {
  budgetUsd: 10_000,
  onRoof: false,
  site: {},
  startDay: 20788,
  energyPriceUsd: 0.05,
  discountRate: 0.1,
  draws: 60,
  seed: 1,
}
const rank = (more: Partial<RankingQuestion> = {}) => finish(rankNodes({ ...question, ...more }))

describe('this place, this budget', () => {
  test('default: every node that a network pays today stands in it once, under the rules in force', () => {
    const ranked = rank()
    const all = networks.flatMap((network) => network.nodeTypes.map(({ kind }) => `${network.id}/${kind}`))
    expect(ranked.map(({ network, kind }) => `${network}/${kind}`).sort()).toEqual(all.sort())
    for (const { network, era } of ranked) expect(era).toBe(defaultEra(networks.find(({ id }) => id === network)!).id)
  })
  test('behavior: what the budget allows comes first, by value per dollar, best first', () => {
    const ranked = rank()
    const worth = ranked.map(({ result }) => result.npvUsd.p50 / result.outlayUsd.p50)
    const last = ranked.findIndex(({ affordable }) => !affordable)
    expect(last).toBeGreaterThan(0)
    for (const { outlayUsd } of ranked.slice(0, last)) expect(outlayUsd).toBeLessThanOrEqual(10_000)
    for (const { outlayUsd } of ranked.slice(last)) expect(outlayUsd).toBeGreaterThan(10_000)
    for (const part of [worth.slice(0, last), worth.slice(last)]) expect(part).toEqual([...part].sort((a, b) => b - a))
  })
  test('behavior: a larger budget allows no less; a roof takes only what may stand there', () => {
    const count = (budgetUsd: number) => rank({ budgetUsd }).filter(({ affordable }) => affordable).length
    expect(count(100_000)).toBeGreaterThanOrEqual(count(1000))
    for (const { kind } of rank({ onRoof: true })) expect(ASSET_KIND_INFO[kind].mayStandInBuilding).toBe(true)
  })
  test('behavior: what does not pay back says what would have to be true', () => {
    for (const { result } of rank())
      if (result.irr.kind === 'none') expect(result.breakEven).toMatch(/does not pay back/)
  })
  test('behavior: the same question has the same answer', () => {
    expect(rank()).toEqual(rank())
  })
  test.each([0, -5, NaN, Infinity])('error: ECONOMICS_INVALID for a budget of %d', (budgetUsd) => {
    expect(() => rank({ budgetUsd })).toThrow(expect.objectContaining({ code: 'ECONOMICS_INVALID' }))
  })
})

describe('economy rank', () => {
  test('default: on the command line, as a document and as text', async () => {
    const { ranked } = documentOf<{ ranked: readonly { network: string }[] }>(
      await veracity('economy', 'rank', '--budget', '5000', '--roof', '--draws', '50', '--json'),
    )
    expect(ranked.length).toBeGreaterThan(5)
    const { out, code } = await veracity('economy', 'rank', '--draws', '50', '--people', '3000', '--km2', '2')
    expect(code).toBe(0)
    expect(out).toContain('(beyond the budget)')
    expect(out).toContain('Not investment advice')
  })
  test.each([
    ['no budget', ['--budget', '0']],
    ['words', ['--budget', 'much']],
    ['fewer than nobody', ['--people=-1']],
    ['no draws', ['--draws', '0']],
    ['an option nobody knows', ['--roofs']],
  ])('error: %s is 2 and one line', async (_, argv) => {
    const { code, err } = await veracity('economy', 'rank', ...argv)
    expect(code).toBe(2)
    expect(err.split('\n').length).toBe(1)
  })
})

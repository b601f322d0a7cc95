import { afterEach, expect, test } from 'vitest'
import { finish } from '../../../src/base/steps.ts'
import { runEconomics } from '../../../src/engines/economics/index.ts'
import { networks } from '../../../src/networks/index.ts'
import { defaultEra } from '../../../src/networks/network.ts'
import { AS_IT_IS } from '../../../src/networks/rules/economyStep.ts'
import { type NodeQuestion, plannedOf, requestOf } from '../../../src/plan/nodeOutcome.ts'
import { placeableNodes } from '../../../src/plan/rankNodes.ts'
import { createEconApi } from '../../../workers/econ.api.ts'
import { createEconomist } from '../../../workers/econ.client.ts'
import { createEconomistPool, type EconomistPool } from '../../../workers/econ.pool.ts'
import { messageLine } from '../../support/messageLine.ts'

const pools: EconomistPool[] = []
afterEach(() => {
  for (const pool of pools.splice(0)) pool.dispose()
})
const poolOf = (size: number): EconomistPool => {
  const pool = createEconomistPool(size, () => createEconomist(messageLine(createEconApi())))
  pools.push(pool)
  return pool
}
const question = (
  network: string,
  kind: NodeQuestion['asset']['kind'],
  more: Partial<NodeQuestion> = {},
): NodeQuestion => ({
  asset: { id: 'node', kind, latDeg: 51.13, lonDeg: 71.43, network, params: {} },
  era: null,
  site: {},
  startDay: 20788,
  energyPriceUsd: 0.05,
  tokenPriceScale: 1,
  changes: [],
  ...more,
})
const ask = { draws: 700, seed: 1, discountRate: 0.1 }
const nodes = networks.flatMap((network) =>
  network.nodeTypes.flatMap(({ kind }) => (defaultEra(network).earn[kind] ? [[network.id, kind] as const] : [])),
)

test.each(nodes)(
  'behavior: %s, %s: the same bytes for 1, 2 and 4 workers, and as from one run',
  async (network, kind) => {
    const asked = question(network, kind)
    const one = await poolOf(1).outcome({ question: asked, ...ask })
    for (const size of [2, 4]) expect(await poolOf(size).outcome({ question: asked, ...ask })).toEqual(one)
    expect(one.result).toEqual(finish(runEconomics({ node: plannedOf(asked).cash, ...ask })))
    expect(one.npvUsd.counts.reduce((sum, n) => sum + n, 0)).toBe(ask.draws)
    expect(one.paidBackBy).toEqual([...one.paidBackBy].sort((a, b) => a - b))
  },
)

test('behavior: numbers of chance that were kept change no figure: there and back gives the same', async () => {
  const pool = poolOf(2)
  const asked = question('helium-mobile', 'wifi-cell')
  const change = { driver: 'site-demand', value: 4, p10: 1, p90: 20, reason: 'a stadium' }
  const first = await pool.outcome({ question: asked, ...ask })
  const moved = await pool.outcome({ question: { ...asked, changes: [change] }, ...ask })
  expect(moved.result.npvUsd.p50).toBeGreaterThan(first.result.npvUsd.p50)
  expect(moved.report.changes).toEqual([
    { fact: 'site-demand', title: 'This site against the typical one', unit: '×', was: 1, is: 4, reason: 'a stadium' },
  ])
  expect(await pool.outcome({ question: asked, ...ask })).toEqual(first)
  // other chance: another seed, another life
  const other = await pool.outcome({ question: asked, ...ask, seed: 2 })
  expect(other.result.npvUsd).not.toEqual(first.result.npvUsd)
  expect(await poolOf(1).outcome({ question: { ...asked, changes: [change] }, ...ask })).toEqual(moved)
})

test.each([
  [{ driver: 'gravity', value: 1, p10: 1, p90: 1 }, /"gravity" is no driver or cost here; there are: token-price, /],
  [{ driver: 'connected-share', value: 2, p10: 1, p90: 3 }, /expected 0 to 1 throughout/],
  [{ driver: 'site-demand', value: 0, p10: 0, p90: 1 }, /expected more than 0 throughout/],
  [{ driver: 'site-demand', value: 1, p10: 2, p90: 3 }, /rising order/],
  [{ driver: 'hotspot', value: -1, p10: -1, p90: -1 }, /expected 0 or more/],
  [{ driver: 'life', value: 0, p10: 0, p90: 0 }, /expected 1\/12 to 100/],
] as const)('error: NETWORK_RULES for a change that makes no sense: %j', async (change, words) => {
  const asked = question('helium-mobile', 'wifi-cell', { changes: [{ ...change, reason: 'because' }] })
  const failed = poolOf(2).outcome({ question: asked, ...ask })
  await expect(failed).rejects.toMatchObject({ code: 'NETWORK_RULES', message: expect.stringMatching(words) })
})

test('behavior: a cost and a life that somebody knows better enter the figures and the facts', async () => {
  const reason = 'offer of the shop'
  const changes = [
    { driver: 'hotspot', value: 100, p10: 100, p90: 100, reason },
    { driver: 'life', value: 3, p10: 3, p90: 3, reason },
  ]
  const outcome = await poolOf(1).outcome({ question: question('helium-mobile', 'wifi-cell', { changes }), ...ask })
  const stated = await poolOf(1).outcome({ question: question('helium-mobile', 'wifi-cell'), ...ask })
  expect(outcome.result.months).toBe(36)
  expect(outcome.result.outlayUsd.p50).toBeLessThan(stated.result.outlayUsd.p50)
  expect(outcome.report.facts.find(({ id }) => id === 'hotspot')!.fact).toMatchObject({
    value: 100,
    source: `changed: ${reason}`,
    grade: 'assumption',
  })
})

test.each(nodes)(
  'behavior: %s, %s: what the grid cannot carry takes earnings, and the report says how much and why',
  async (network, kind) => {
    const heldBy = 'A cable is full.'
    const free = plannedOf(question(network, kind))
    const api = createEconApi()
    void api
    const request = requestOf(question(network, kind, { site: { curtailedShare: 0.4 } }))
    const [answer] = await poolOf(1).first.evaluate({ requests: [{ ...request, heldBy }], ...ask })
    const { heldBack } = answer!.report
    expect(heldBack!.share).toBe(0.4)
    expect(heldBack!.reason).toBe(heldBy)
    const gross = (run: typeof free.run): number =>
      run.usd(Object.fromEntries(free.drivers.map((d) => [d.id, d.fact.value])), 12)
    if (network !== 'iotex-device' || gross(free.run) > 0) expect(heldBack!.lostUsdPerMonth).toBeGreaterThan(0)
  },
)

test('behavior: the terms of a node add up to what is left', async () => {
  for (const [network, kind] of nodes) {
    const { report } = await poolOf(1).outcome({ question: question(network, kind), ...ask, draws: 2 })
    const at = report.terms.findIndex(({ title }) => title.startsWith('Earned, after'))
    const money = report.terms.slice(at).filter(({ unit }) => unit === 'USD/month')
    const left = money.pop()!
    expect(left.title).toBe('Left')
    expect(money.reduce((sum, { value }) => sum + value, 0)).toBeCloseTo(left.value, 6)
  }
})

test('default: a token under its rules, and under others: the supply adds up, the pools are told by name', async () => {
  const { first } = poolOf(1)
  const asked = { network: 'helium-mobile', era: 'helium-mobile@hip149', whatIf: AS_IT_IS, years: 3, priceUsd: 0.25 }
  const now = await first.study(asked)
  expect(now.isTried).toBe(false)
  expect(now.holds).toBe(true)
  const half = await first.study({ ...asked, whatIf: { ...AS_IT_IS, issueScale: 0.5 } })
  expect([half.isTried, half.holds]).toEqual([true, true])
  for (const { asItIs, whatIf } of half.pools) expect(whatIf).toBeLessThanOrEqual(asItIs)
  await expect(first.study({ ...asked, network: 'evening' })).rejects.toMatchObject({ code: 'NETWORK_RULES' })
  await expect(first.study({ ...asked, era: 'helium-mobile@poc' })).rejects.toMatchObject({ code: 'NETWORK_RULES' })
  await expect(first.study({ ...asked, years: 0 })).rejects.toMatchObject({ code: 'ECONOMICS_INVALID' })
})

test('default: ranks what stands ready by the budget, and refuses no budget', async () => {
  const { first } = poolOf(1)
  const requests = placeableNodes(true, 51.13, 71.43).map((asset) =>
    requestOf({ ...question(asset.network, asset.kind), asset }),
  )
  const terms = { requests, draws: 50, seed: 1, discountRate: 0.1 }
  const ranked = await first.rank({ ...terms, budgetUsd: 5000 })
  expect(ranked.length).toBe(requests.length)
  const affordable = ranked.map((node) => node.affordable)
  expect(affordable).toEqual([...affordable].sort((a, b) => Number(b) - Number(a)))
  for (const { affordable: within, outlayUsd } of ranked) expect(within).toBe(outlayUsd <= 5000)
  await expect(first.rank({ ...terms, budgetUsd: 0 })).rejects.toMatchObject({ code: 'ECONOMICS_INVALID' })
})

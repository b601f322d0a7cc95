import { describe, expect, test } from 'vitest'
import { finish } from '../../../src/base/steps.ts'
import { runEconomics } from '../../../src/engines/economics/index.ts'
import { ASSET_KIND_INFO, ASSET_KINDS, type Asset } from '../../../src/model/asset.ts'
import { ENERGY_PRICE, TOKEN_PRICE } from '../../../src/networks/network.ts'
import { type NodeRequest, planNode } from '../../../src/plan/plannedNode.ts'
import { aSite } from '../../support/draws.ts'

const site = aSite('gpu-rack')
const place = {
  startDay: 20788,
  peopleReached: 800,
  coveredKm2: 20,
  curtailedShare: 0,
  pvKwhPerKwp: 1300,
  drawnKwhPerDay: 300,
}
const request = (
  asset: Partial<Asset> & Pick<Asset, 'kind' | 'network'>,
  more: Partial<NodeRequest> = {},
): NodeRequest => ({
  asset: { id: 'a', latDeg: 51.1, lonDeg: 71.4, params: {}, ...asset },
  site: place,
  energyPriceUsd: 0.05,
  tokenPriceScale: 1,
  ...more,
})
const everything = ASSET_KINDS.flatMap((kind) => ASSET_KIND_INFO[kind].networks.map((network) => ({ kind, network })))
const economicsOf = (req: NodeRequest) =>
  finish(runEconomics({ node: planNode(req).cash, draws: 400, seed: 1, discountRate: 0.1 }))

describe.each(everything)('$kind in $network', ({ kind, network }) => {
  test('default: has costs, drivers with unique ids, and a life', () => {
    const node = planNode(request({ kind, network }))
    expect(new Set(node.drivers.map(({ id }) => id)).size).toBe(node.drivers.length)
    expect(node.cash.months).toBeGreaterThan(12)
    expect(node.cash.outlayUsd({ 'cost-factor': 1 })).toBeGreaterThan(0)
    expect(node.cash.runningUsd({})).toBeGreaterThan(0)
  })
  test('default: draws to an honest result: ordered bands, a chance between 0 and 1, a reason when it does not pay', () => {
    const result = economicsOf(request({ kind, network }))
    for (const band of [result.grossPerMonthUsd, result.netPerMonthUsd, result.npvUsd, result.outlayUsd]) {
      expect(Number.isFinite(band.p50)).toBe(true)
      expect(band.p10).toBeLessThanOrEqual(band.p50)
      expect(band.p50).toBeLessThanOrEqual(band.p90)
    }
    expect(result.simplePayback.probability).toBeGreaterThanOrEqual(0)
    expect(result.simplePayback.probability).toBeLessThanOrEqual(1)
    expect(result.energyKwhPerMonth).toBeGreaterThan(0)
    if (result.breakEven)
      expect(result.breakEven).toMatch(/^At the medians it does not pay back within its \d+ years\. .*\.$/)
  })
})

describe('settings of the scenario', () => {
  test('behavior: the token-price scale moves price and band, and "the snapshot" stays the snapshot', () => {
    const price = (scale: number) =>
      planNode(request({ kind: 'gpu-rack', network: 'render' }, { tokenPriceScale: scale })).drivers.find(
        ({ id }) => id === TOKEN_PRICE,
      )!
    expect(price(2).fact.value).toBe(2 * price(1).fact.value)
    expect(price(2).p90).toBe(2 * price(1).p90)
    expect(price(2).wouldBe!(price(1).fact.value * 4, 0, site)).toBe(
      price(1).wouldBe!(price(1).fact.value * 4, price(1).fact.value, site),
    )
  })
  test('behavior: dearer energy hurts a charger and helps a solar roof', () => {
    const npv = (kind: 'ev-charger' | 'pv-battery', network: string, usd: number) =>
      economicsOf(request({ kind, network }, { energyPriceUsd: usd })).npvUsd.p50
    expect(npv('ev-charger', 'ev-charging', 0.15)).toBeLessThan(npv('ev-charger', 'ev-charging', 0.05))
    expect(npv('pv-battery', 'self-supply', 0.15)).toBeGreaterThan(npv('pv-battery', 'self-supply', 0.05))
    const node = planNode(request({ kind: 'pv-battery', network: 'self-supply' }))
    expect(node.drivers.find(({ id }) => id === ENERGY_PRICE)!.wouldBe).toBeDefined()
  })
  test('behavior: a grid that cannot carry it takes earnings away', () => {
    const full = economicsOf(request({ kind: 'ev-charger', network: 'ev-charging' }))
    const held = economicsOf(
      request({ kind: 'ev-charger', network: 'ev-charging' }, { site: { ...place, curtailedShare: 0.4 } }),
    )
    expect(held.grossPerMonthUsd.p50).toBeCloseTo(0.6 * full.grossPerMonthUsd.p50, 6)
  })
  test('behavior: a driver that somebody knows better carries the reason, and moves nothing but itself', () => {
    const change = { driver: 'uptime', value: 0.99, p10: 0.98, p90: 0.999, reason: 'a year of logs' }
    const asset = { kind: 'gpu-rack', network: 'render' } as const
    const [plain, known] = [planNode(request(asset)), planNode(request(asset, { changes: [change] }))]
    for (const driver of plain.drivers) {
      const now = known.drivers.find(({ id }) => id === driver.id)!
      if (driver.id !== 'uptime') expect(now).toEqual(driver)
      else
        expect(now).toMatchObject({ p10: 0.98, p90: 0.999, fact: { value: 0.99, source: 'changed: a year of logs' } })
    }
    expect(known.cash.drivers.find(({ id }) => id === 'uptime')).toMatchObject({ median: 0.99, p10: 0.98, p90: 0.999 })
  })
  test('behavior: another way for the price to move is the price’s alone', () => {
    const price = { kind: 'gbm', volatilityPerYear: 0.5, driftPerYear: 0 } as const
    const { cash } = planNode(request({ kind: 'gpu-rack', network: 'render' }, { price }))
    for (const { id, path } of cash.drivers) expect(path).toEqual(id === TOKEN_PRICE ? price : undefined)
  })
  test('behavior: another rule set can be chosen by name', () => {
    const old = planNode(request({ kind: 'lorawan-gateway', network: 'helium-iot' }, { era: 'helium-iot@poc' }))
    expect(old.era.status).toBe('historic')
  })
})

describe('error: NETWORK_RULES', () => {
  test.each([
    ['an unknown network', request({ kind: 'ev-charger', network: 'nonesuch' })],
    ['a kind that the network does not know', request({ kind: 'ev-charger', network: 'filecoin' })],
    [
      'a driver that nobody has',
      request(
        { kind: 'ev-charger', network: 'ev-charging' },
        { changes: [{ driver: 'x', value: 1, p10: 0, p90: 2, reason: 'why' }] },
      ),
    ],
    ['an unknown rule set', request({ kind: 'ev-charger', network: 'ev-charging' }, { era: 'x' })],
    ['a network named like a member of every object', request({ kind: 'ev-charger', network: 'constructor' })],
  ])('%s', (_, bad) => {
    expect(() => planNode(bad)).toThrowError(expect.objectContaining({ code: 'NETWORK_RULES' }))
  })
})

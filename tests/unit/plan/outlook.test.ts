import { describe, expect, test } from 'vitest'
import { finish } from '../../../src/base/steps.ts'
import { networkById, networks } from '../../../src/networks/index.ts'
import { defaultEra, type TokenEconomy } from '../../../src/networks/network.ts'
import { AS_IT_IS, openEconomy, unitsForUsd } from '../../../src/networks/rules/economyStep.ts'
import { HNT } from '../../../src/networks/rules/heliumEmission.ts'
import { unitOf } from '../../../src/networks/rules/proRata.ts'
import { renderBudget } from '../../../src/networks/rules/renderEconomy.ts'
import { comparePools, equilibriumPrice, eraOn, runOutlook, supplyHolds } from '../../../src/plan/outlook.ts'

const eraOf = (network: string) => defaultEra(networkById.get(network)!)
const outlook = (network: string, years: number, more: Partial<Parameters<typeof runOutlook>[2]> = {}) =>
  finish(runOutlook(networkById.get(network)!, eraOf(network), { years, priceUsd: 1, ...more }))

describe('burn and mint', () => {
  // RNP-001: 10,000 tokens a month; what is burnt is set in dollars
  const toy: TokenEconomy = {
    title: 'RNP-001',
    source: 'rendernetwork/RNPs, RNP-001',
    epochS: 2_592_000,
    start: '2026-01-01T00:00:00Z',
    fromFund: false,
    supply: 500_000_000n,
    pools: [{ id: 'nodes', title: 'Nodes', to: 'nodes' }],
    remint: null,
    facts: [],
    open: ({ demandScale }) => ({
      streams: () => [{ amount: 10_000n, millionths: [1_000_000n] }],
      burn: (_, __, priceE8) => unitsForUsd(10_000 * demandScale, priceE8, 0),
      locked: () => 0n,
    }),
  }
  const supplyAfter = (demandScale: number, priceE8 = 100_000_000n) =>
    openEconomy(toy, { ...AS_IT_IS, demandScale }, () => priceE8)().supply
  test('default: 10,000 burnt against 10,000 minted leaves the supply, 15,000 burnt takes 5,000 off it', () => {
    expect(supplyAfter(1)).toBe(500_000_000n)
    expect(supplyAfter(1.5)).toBe(500_000_000n - 5000n)
  })
  test('behavior: at the equilibrium price use burns what is minted, whatever the use', () => {
    for (const demand of [0.2, 1, 1.5, 40]) {
      const price = equilibriumPrice(10_000 * demand, 10_000)
      expect(supplyAfter(demand, BigInt(Math.round(price * 1e8)))).toBe(500_000_000n)
    }
    expect(equilibriumPrice(5, 0)).toBeNaN()
  })
  test('behavior: the equilibrium an outlook names is one: at that price the year burns what it issues', () => {
    const at = outlook('render', 1).years[0]!.equilibriumUsd
    const { issued, burnt } = outlook('render', 1, { priceUsd: at }).years[0]!
    expect(Math.abs(Number(issued - burnt) / Number(issued))).toBeLessThan(1e-6)
  })
})

describe('outlook', () => {
  test('default: every token economy holds its supply identity over ten years, as it is and under what-ifs', () => {
    for (const { id, eras } of networks) {
      const era = eras.find(({ economy }) => economy)
      if (!era?.economy) continue
      for (const whatIf of [AS_IT_IS, { demandScale: 7, feeScale: 0.5, issueScale: 0.5, delayEpochs: 90 }])
        expect(supplyHolds(era.economy, outlook(id, 10, { whatIf }).years), id).toBe(true)
    }
  })
  test('behavior: the identity is broken by a single unit too many', () => {
    const { years } = outlook('near', 2)
    const forged = [years[0]!, { ...years[1]!, burnt: years[1]!.burnt + 1n }]
    expect(supplyHolds(eraOf('near').economy!, forged)).toBe(false)
  })
  test('behavior: a flat fee for identities burns 250 IOTX a device, and nothing else changes (IIP-41)', () => {
    const iotex = networkById.get('iotex-device')!
    const under = iotex.eras.find(({ id }) => id === 'iotex-device@iip41')!
    const [asItIs] = outlook('iotex-device', 1).years
    const [proposed] = finish(runOutlook(iotex, under, { years: 1, priceUsd: 1 })).years
    expect(proposed!.burnt).toBe(365n * 200n * 250n * unitOf(18))
    expect(asItIs!.supply - proposed!.supply).toBe(proposed!.burnt)
    expect(proposed!.pools).toEqual(asItIs!.pools)
  })
  test('default: HNT issues its schedule and supplement, and more of what was burnt comes back below the band', () => {
    const { years } = outlook('helium-mobile', 2, { priceUsd: 0.25 })
    expect(years[0]!.issued > 60_000_000n * HNT).toBe(true)
    const dear = outlook('helium-mobile', 2, { priceUsd: 1 }).years
    expect(years[0]!.reminted > dear[0]!.reminted).toBe(true)
    expect(years[0]!.reminted <= years[0]!.burnt + 38_000n * 7n * HNT).toBe(true)
  })
  test('default: NEAR validators earn about 4.8 % on what is staked, IoTeX delegates and voters about 6 %', () => {
    expect(outlook('near', 1).years[0]!.stakingYield).toBeCloseTo(0.0488, 3)
    expect(outlook('iotex-device', 1).years[0]!.stakingYield).toBeCloseTo(0.0597, 3)
    expect(outlook('dimo', 1).years[0]!.stakingYield).toBeNaN()
  })
  test('behavior: a halving that comes later pays its pools more, and half the emission pays them half', () => {
    const { economy } = eraOf('helium-mobile')
    const base = outlook('helium-mobile', 3)
    const late = outlook('helium-mobile', 3, { whatIf: { ...AS_IT_IS, delayEpochs: 365 } })
    const half = outlook('helium-mobile', 3, { whatIf: { ...AS_IT_IS, issueScale: 0.5 } })
    const of = (what: typeof base) => comparePools(economy!, base, what).find(({ pool }) => pool === 'iot')!
    expect(of(late).whatIf > of(late).asItIs).toBe(true)
    expect(of(half).whatIf < of(half).asItIs).toBe(true)
  })
  test('default: Render’s budgets: 9,126,804, then 5.9 million, and 5.5 % less each year after the fifth, below the cap', () => {
    const render = unitOf(8)
    expect([0, 1, 2].map((year) => renderBudget(year) / render)).toEqual([9_126_804n, 5_900_000n, 5_900_000n])
    expect(renderBudget(5)).toBe((5_900_000n * render * 945n) / 1000n)
    expect(renderBudget(-1)).toBe(0n)
  })
  test('default: the rule set in force is marked by date, and a proposal never is', () => {
    const mobile = networkById.get('helium-mobile')!
    expect(eraOn(mobile, '2026-01-01')!.id).toBe('helium-mobile@poc')
    expect(eraOn(mobile, '2026-09-15')!.id).toBe('helium-mobile@hip149')
    expect(eraOn(mobile, '2019-01-01')).toBeUndefined()
    expect(eraOn(networkById.get('render')!, '2025-11-01')).toBeUndefined() // only a lost vote covers it
  })
  test.each([
    ['no years', { years: 0 }],
    ['half a year', { years: 0.5 }],
    ['a century', { years: 100 }],
    ['no price', { years: 1, priceUsd: 0 }],
    ['a price that is none', { years: 1, priceUsd: NaN }],
    ['a negative demand', { years: 1, whatIf: { ...AS_IT_IS, demandScale: -1 } }],
    ['a fee that is none', { years: 1, whatIf: { ...AS_IT_IS, feeScale: NaN } }],
    ['half an epoch', { years: 1, whatIf: { ...AS_IT_IS, delayEpochs: 0.5 } }],
  ])('error: ECONOMICS_INVALID for %s', (_, options) => {
    expect(() => finish(runOutlook(networkById.get('near')!, eraOf('near'), { priceUsd: 1, ...options }))).toThrow(
      expect.objectContaining({ code: 'ECONOMICS_INVALID' }),
    )
  })
  test('error: NETWORK_RULES for a network without a token', () => {
    const ev = networkById.get('ev-charging')!
    expect(() => finish(runOutlook(ev, ev.eras[0]!, { years: 1, priceUsd: 1 }))).toThrow(
      expect.objectContaining({ code: 'NETWORK_RULES' }),
    )
  })
})

import { describe, expect, test } from 'vitest'
import { ASSET_KIND_INFO, ASSET_KINDS } from '../../src/model/asset.ts'
import { networkById, networks } from '../../src/networks/index.ts'
import {
  type Driver,
  defaultEra,
  ENERGY_PRICE,
  type Era,
  NETWORK_PARTS,
  type NetworkFact,
  type NetworkSpec,
  RISKS,
  TOKEN_PRICE,
  UPTIME,
} from '../../src/networks/network.ts'
import { aSite, initialParams, medianDraw } from '../support/draws.ts'
import { exampleNetwork } from '../support/exampleNetwork.ts'

const MONTHS = 36
const ISO = /^\d{4}-\d{2}-\d{2}$/
const earnModels = ({ eras }: NetworkSpec) =>
  eras.flatMap((era) =>
    ASSET_KINDS.flatMap((kind) => {
      const earn = era.earn[kind]
      return earn ? [{ era, kind, earn }] : []
    }),
  )
const factsOf = (network: NetworkSpec): NetworkFact[] => [
  ...(network.token ? [{ id: TOKEN_PRICE, title: network.token.price.title, fact: network.token.price.fact }] : []),
  ...(network.token?.cap ? [network.token.cap] : []),
  ...network.eras.flatMap(({ rules }) => rules),
  ...earnModels(network).flatMap(({ earn }) => [
    ...earn.drivers,
    ...earn.drivers.flatMap(({ path }) =>
      path
        ? [
            { id: 'volatility', title: 'volatility', fact: path.volatilityPerYear },
            { id: 'reversion', title: 'reversion', fact: path.reversionPerYear },
          ]
        : [],
    ),
  ]),
  ...network.nodeTypes.flatMap((node) => [
    ...node.capex,
    ...node.install,
    ...node.opexYear,
    node.power,
    { id: 'life', title: 'life', fact: node.life },
  ]),
]

test('every network file stands in the list, once', () => {
  const files = Object.keys(import.meta.glob('/src/networks/*.ts')).map((path) => path.split('/').at(-1)!)
  expect(networks.length).toBe(files.filter((file) => file !== 'index.ts' && file !== 'network.ts').length)
  expect(new Set(networks.map(({ id }) => id)).size).toBe(networks.length)
})

test('every network that an asset can join exists and knows what it costs and earns', () => {
  for (const kind of ASSET_KINDS) {
    expect(ASSET_KIND_INFO[kind].networks.length).toBeGreaterThan(0)
    for (const id of ASSET_KIND_INFO[kind].networks) {
      const network = networkById.get(id)
      expect(network, `${kind} joins ${id}`).toBeDefined()
      expect(network!.nodeTypes.some((node) => node.kind === kind)).toBe(true)
      expect(defaultEra(network!).earn[kind]).toBeDefined()
    }
  }
})

test('a kind of asset offers exactly the networks that pay it', () => {
  for (const kind of ASSET_KINDS) {
    const paying = networks.filter((network) => defaultEra(network).earn[kind]).map(({ id }) => id)
    expect([...ASSET_KIND_INFO[kind].networks].sort(), kind).toEqual(paying.sort())
  }
})

// the documented example of public/spec/network.md is held to the same
describe.each([...networks, exampleNetwork])('$id', (network) => {
  test('every fact has a value, a unit, a source, a date and a grade', () => {
    for (const { id, title, fact } of factsOf(network)) {
      expect(title, id).not.toBe('')
      expect(Number.isFinite(fact.value), id).toBe(true)
      expect(fact.unit, id).not.toBe('')
      expect(fact.source.length, id).toBeGreaterThan(3)
      expect(fact.asOf, id).toMatch(ISO)
      expect(Date.parse(fact.asOf), id).not.toBeNaN()
      expect(['chain', 'doc', 'press', 'memory', 'assumption']).toContain(fact.grade)
      // a source that owns up to being recalled or assumed may not carry a better grade
      if (/^assumed/.test(fact.source)) expect(fact.grade, id).toBe('assumption')
      if (/recalled/.test(fact.source)) expect(['memory', 'assumption'], id).toContain(fact.grade)
    }
  })

  test('tells what a node is, what it proves, who pays, what is burnt, and what can go wrong', () => {
    const { node, proves, pays, burns, risks } = network.story
    expect(Object.keys(risks).sort()).toEqual([...RISKS].sort())
    for (const text of [node, proves, pays, burns, ...Object.values(risks)]) {
      expect(text).toMatch(/^[A-Z].*[.]$/)
      expect(text.length).toBeLessThan(260)
    }
  })

  test('names each driver, cost and rule once for a kind of node, so that one can be changed and found', () => {
    for (const { era, kind, earn } of earnModels(network)) {
      const type = network.nodeTypes.find((node) => node.kind === kind)
      const lines = type ? [...type.capex, ...type.install, ...type.opexYear, type.power] : []
      const ids = [...earn.drivers, ...lines, { id: 'life' }].map(({ id }) => id)
      expect(new Set(ids).size, `${era.id} ${kind}: ${ids.join(' ')}`).toBe(ids.length)
    }
  })

  test('names all six parts, with source and date', () => {
    expect(Object.keys(network.parts).sort()).toEqual([...NETWORK_PARTS].sort())
    for (const part of Object.values(network.parts)) {
      expect(part.title).not.toBe('')
      expect(part.source).not.toBe('')
      expect(part.asOf).toMatch(ISO)
    }
    expect(network.caveats.length).toBeGreaterThan(0)
  })

  test('has dated eras, newest first, and never a proposal as the default', () => {
    expect(defaultEra(network).status).toBe('active')
    const from = network.eras.map((era) => Date.parse(era.from))
    expect(from).toEqual([...from].sort((a, b) => b - a))
    for (const era of network.eras) {
      expect(era.from).toMatch(ISO)
      expect(era.id.startsWith(`${network.id.split('@')[0]}`)).toBe(true)
      expect(era.rules.length).toBeGreaterThan(0)
      if (era.status === 'historic') expect(Date.parse(era.to!)).toBeGreaterThan(Date.parse(era.from))
      if (era.status === 'active') expect(era.to).toBeNull()
    }
  })

  test('costs are in dollars, never negative, and grow with what is bought', () => {
    for (const node of network.nodeTypes) {
      const params = initialParams(node.kind)
      const double = Object.fromEntries(Object.entries(params).map(([key, value]) => [key, 2 * value]))
      for (const line of [...node.capex, ...node.install, ...node.opexYear]) {
        expect(line.fact.unit.startsWith('USD'), line.id).toBe(true)
        expect(line.fact.value).toBeGreaterThanOrEqual(0)
        expect(line.per(params)).toBeGreaterThan(0)
        expect(line.per(double)).toBeGreaterThanOrEqual(line.per(params))
      }
      for (const line of node.opexYear) expect(line.fact.unit).toContain('/a')
      expect(node.power.fact.value * node.power.per(params)).toBeGreaterThan(0)
      expect(node.life.unit).toBe('a')
      expect(node.life.value).toBeGreaterThan(0)
    }
  })

  if (network.eras.some((era) => era.emission)) {
    test('emission: whole base units, never negative, the same each time, epoch by epoch', () => {
      for (const { emission } of network.eras) {
        if (!emission) continue
        expect(Date.parse(emission.anchor)).not.toBeNaN()
        for (const epoch of [0, 1, 100, 10_000, 1_000_000]) {
          const units = emission.at(epoch)
          expect(typeof units).toBe('bigint')
          expect(units).toBeGreaterThanOrEqual(0n)
          expect(emission.at(epoch)).toBe(units)
        }
      }
    })
  }

  describe.each(earnModels(network))(
    '$era.id, $kind',
    ({
      era,
      kind,
      earn,
    }: {
      era: Era
      kind: (typeof ASSET_KINDS)[number]
      earn: NonNullable<Era['earn'][(typeof ASSET_KINDS)[number]]>
    }) => {
      const site = aSite(kind)
      const node = earn.run(site, MONTHS)
      const draw = medianDraw(earn.drivers)
      const income = (run: typeof node, values: typeof draw, month = 20): number =>
        run.usd(values, month) + run.tokens(values, month) * (values[TOKEN_PRICE] ?? 0)

      test('drivers: ordered quantiles of the right shape, ids unique', () => {
        expect(new Set(earn.drivers.map(({ id }) => id)).size).toBe(earn.drivers.length)
        for (const { id, fact, p10, p90, shape, most } of earn.drivers) {
          expect(p10, id).toBeLessThanOrEqual(fact.value)
          expect(fact.value, id).toBeLessThanOrEqual(p90)
          expect(p10, id).toBeLessThan(p90)
          expect(p90, id).toBeLessThanOrEqual(most)
          if (shape === 'log') expect(p10, id).toBeGreaterThan(0)
          if (shape === 'share') expect(p10 > 0 && p90 < 1, id).toBe(true)
        }
        expect(earn.drivers.some(({ id }) => id === TOKEN_PRICE)).toBe(network.token !== null)
      })

      test('offers at least one way to break even, in words that carry the number', () => {
        const ways = earn.drivers.filter((driver: Driver) => driver.wouldBe)
        expect(ways.length).toBeGreaterThan(0)
        for (const { wouldBe, fact } of ways)
          expect(wouldBe!(Math.max(1, 3 * fact.value), fact.value, site)).toMatch(/\d/)
      })

      test('is finite and never negative at any corner of its drivers', () => {
        for (const pick of ['p10', 'p90'] as const) {
          const corner = { ...draw, ...Object.fromEntries(earn.drivers.map((driver) => [driver.id, driver[pick]])) }
          for (const month of [0, 12, MONTHS - 1]) {
            for (const value of [
              income(node, corner, month),
              node.workKwh(corner, month),
              node.feeTokens(corner, month),
              node.collateralTokens(corner),
            ]) {
              expect(Number.isFinite(value)).toBe(true)
              expect(value).toBeGreaterThanOrEqual(0)
            }
          }
        }
      })

      test('earns nothing when it is off, and takes no energy for work', () => {
        const off = { ...draw, [UPTIME]: 0 }
        for (const month of [0, 20]) {
          expect(income(node, off, month)).toBe(0)
          expect(node.settle(off, month)).toMatchObject({ tokens: 0n, usd: 0 })
          expect(node.workKwh(off, month)).toBe(0)
        }
      })

      test('never earns less for more uptime, people, area, sun, or a driver that is offered to break even', () => {
        let before = 0
        for (const uptime of [0, 0.3, 0.9, 1]) {
          const now = income(node, { ...draw, [UPTIME]: uptime })
          expect(now).toBeGreaterThanOrEqual(before)
          before = now
        }
        const base = income(node, draw)
        for (const better of [{ peopleReached: 5000 }, { coveredKm2: 100 }, { pvKwhPerKwp: 2000 }]) {
          expect(income(earn.run({ ...site, ...better }, MONTHS), draw)).toBeGreaterThanOrEqual(base)
        }
        expect(income(earn.run({ ...site, curtailedShare: 0.5 }, MONTHS), draw)).toBeLessThanOrEqual(base)
        for (const { id, wouldBe, p90 } of earn.drivers) {
          if (!wouldBe) continue
          // a token paid at its dollar's worth gives the same, to the last bit or so
          expect(income(node, { ...draw, [id]: p90 }), id).toBeGreaterThanOrEqual(base * (1 - 1e-12))
        }
      })

      test('settles in whole base units what the float says, within a millionth and one unit', () => {
        for (const month of [0, 7, MONTHS - 1]) {
          const { tokens, unallocated, usd, tokenPriceUsd } = node.settle(draw, month)
          expect(tokens).toBeGreaterThanOrEqual(0n)
          expect(unallocated).toBeGreaterThanOrEqual(0n)
          expect(unallocated).toBeLessThanOrEqual(2n)
          expect(usd).toBeCloseTo(node.usd(draw, month), 9)
          if (!network.token) continue
          expect(tokenPriceUsd).toBe(draw[TOKEN_PRICE])
          const exact = Number(tokens) / 10 ** network.token.decimals
          const float = node.tokens(draw, month)
          // one data credit, the smallest work that Helium counts, is the most that rounding down may take
          const dust = network.token.symbol === 'HNT' ? 1e-5 / draw[TOKEN_PRICE]! : 1e-8
          expect(Math.abs(exact - float)).toBeLessThanOrEqual(float * 1e-6 + dust)
        }
      })

      test('makes never less than nothing of what its cost is levelled by, and nothing when it is off', () => {
        if (!node.work) return
        expect(node.work.unit).not.toBe('')
        for (const month of [0, 20]) {
          const made = node.work.perMonth(draw, month)
          expect(Number.isFinite(made) && made >= 0).toBe(true)
          expect(node.work.perMonth({ ...draw, [UPTIME]: 0 }, month)).toBe(0)
        }
      })

      test('what its work wears out is never negative, and nothing while it is off but by age', () => {
        if (!node.wearUsd) return
        for (let month = 0; month < MONTHS; month++) expect(node.wearUsd(draw, month)).toBeGreaterThanOrEqual(0)
        expect(node.wearUsd({ ...draw, [UPTIME]: 0 }, 0)).toBe(0)
      })

      test('explains itself term by term', () => {
        const terms = node.terms(draw)
        expect(terms.length).toBeGreaterThan(0)
        const lines = network.nodeTypes.find((type) => type.kind === kind)
        const known = [
          ...[...earn.drivers, ...era.rules, ...(lines ? [...lines.capex, lines.power] : [])].map(({ id }) => id),
          ...[UPTIME, ENERGY_PRICE],
          ...Object.keys(site).map((key) => `site.${key}`),
          ...Object.keys(site.params).map((key) => `param.${key}`),
        ]
        for (const { title, value, from = [] } of terms) {
          expect(title).not.toBe('')
          expect(Number.isFinite(value), title).toBe(true)
          for (const id of from) expect(known, `${title} rests on ${id}`).toContain(id)
        }
        // somewhere it leads to facts
        expect(terms.some(({ from = [] }) => from.length > 0)).toBe(true)
      })

      test('vesting releases everything, in order', () => {
        if (!node.vesting) return
        expect(node.vesting.reduce((sum, share) => sum + share, 0)).toBeCloseTo(1, 12)
        for (const share of node.vesting) expect(share).toBeGreaterThanOrEqual(0)
      })
    },
  )
})

import { describe, expect, test } from 'vitest'
import { networks } from '../../../src/networks/index.ts'
import { documentOf, veracity } from '../../support/commandLine.ts'

describe('network list', () => {
  interface Listed {
    readonly networks: readonly {
      id: string
      era: string
      eras: { id: string; status: string; facts: { grade: string; unit: string }[] }[]
      nodeTypes: { capex: { grade: string }[] }[]
    }[]
  }
  test('default: every network with eras, facts and grades', async () => {
    const { networks: listed } = documentOf<Listed>(await veracity('network', 'list', '--json'))
    expect(listed.map(({ id }) => id)).toEqual(networks.map(({ id }) => id))
    for (const { era, eras, nodeTypes } of listed) {
      expect(eras.find(({ id }) => id === era)!.status).toBe('active')
      for (const { facts } of eras) for (const { grade, unit } of facts) expect([grade, unit]).not.toContain(undefined)
      for (const { capex } of nodeTypes) expect(capex.every(({ grade }) => grade)).toBe(true)
    }
  })
  test('default: as text it names sources', async () => {
    const { out } = await veracity('network', 'list')
    expect(out).toContain('helium-mobile@hip149')
    expect(out).toContain('HIP-149')
  })
})

describe('economy emission', () => {
  interface Emission {
    readonly rows: readonly { epoch: number; startsAt: string; amount: string }[]
    readonly total: string
    readonly decimals: number
  }
  test('default: Filecoin from epoch 0, exact', async () => {
    const { rows, total } = documentOf<Emission>(
      await veracity('economy', 'emission', 'filecoin', '--epochs', '3', '--json'),
    )
    expect(rows[0]).toEqual({ epoch: 0, startsAt: '2020-08-24T22:00:00.000Z', amount: '36266264293777134739' })
    expect(BigInt(total)).toBe(rows.reduce((sum, { amount }) => sum + BigInt(amount), 0n))
  })
  test('default: Helium’s daily steps, and the supplement on the day it starts', async () => {
    const { rows } = documentOf<Emission>(
      await veracity('economy', 'emission', 'helium-mobile', '--epochs', '1101', '--json'),
    )
    const on = (date: string) => rows.find(({ startsAt }) => startsAt.startsWith(date))!.amount
    expect(on('2023-08-02')).toBe('8219178082192')
    expect(on('2024-08-01')).toBe('4109589041096')
    expect(on('2026-08-05')).toBe('2054794520548')
    expect(on('2026-08-06')).toBe(String(2054794520548n + 19_600_000_000_000n))
  })
  test('behavior: --from continues where another ended', async () => {
    const whole = documentOf<Emission>(await veracity('economy', 'emission', 'filecoin', '--epochs', '5', '--json'))
    const tail = documentOf<Emission>(
      await veracity('economy', 'emission', 'filecoin', '--epochs', '2', '--from', '3', '--json'),
    )
    expect(tail.rows).toEqual(whole.rows.slice(3))
  })
  test('behavior: a network without a token answers 1 and says so', async () => {
    const answer = await veracity('economy', 'emission', 'ev-charging', '--epochs', '1', '--json')
    expect(answer.code).toBe(1)
    expect(documentOf(answer)).toMatchObject({ emission: null, reason: expect.stringContaining('issues no token') })
  })
  test.each([
    ['an unknown network', ['economy', 'emission', 'nonesuch', '--epochs', '1']],
    ['a name every object has', ['economy', 'emission', 'constructor']],
    ['no network', ['economy', 'emission']],
    ['no number', ['economy', 'emission', 'filecoin', '--epochs', 'x']],
    ['none at all', ['economy', 'emission', 'filecoin', '--epochs', '0']],
    ['too many', ['economy', 'emission', 'filecoin', '--epochs', '1e9']],
    ['another era', ['economy', 'emission', 'filecoin', '--era', 'x']],
  ])('error: %s is 2 and one line', async (_, argv) => {
    const { code, err } = await veracity(...argv)
    expect(code).toBe(2)
    expect(err.split('\n').length).toBe(1)
  })
})

describe('economy outlook', () => {
  interface Outlook {
    readonly years: readonly { era: string; issued: string; supply: string; burnt: string; reminted: string }[]
    readonly change: readonly { pool: string; asItIs: string; whatIf: string }[] | null
    readonly supplyIdentityHolds: boolean
  }
  test('default: years of a token with exact amounts, and the identity checked', async () => {
    const { years, change, supplyIdentityHolds } = documentOf<Outlook>(
      await veracity('economy', 'outlook', 'helium-mobile', '--years', '3', '--json'),
    )
    expect(years.length).toBe(3)
    expect(years[0]!.era).toBe('helium-mobile@hip149')
    expect(supplyIdentityHolds).toBe(true)
    expect(change).toBeNull()
    for (const { issued, supply } of years) for (const units of [issued, supply]) expect(units).toMatch(/^\d+$/)
  })
  test('behavior: a what-if says who gains and who pays', async () => {
    const { change } = documentOf<Outlook>(
      await veracity('economy', 'outlook', 'near', '--years', '2', '--issue', '0.5', '--json'),
    )
    for (const { asItIs, whatIf } of change!) expect(BigInt(whatIf) < BigInt(asItIs)).toBe(true)
  })
  test('default: as text it names the source and the identity', async () => {
    const { out, code } = await veracity('economy', 'outlook', 'render', '--demand', '4')
    expect(code).toBe(0)
    expect(out).toContain('RNP-022')
    expect(out).toContain('Supply identity holds.')
    expect(out).toContain('equilibrium at')
  })
  test('behavior: a network without a token answers 1 and says so', async () => {
    const answer = await veracity('economy', 'outlook', 'battery-swap', '--json')
    expect(answer.code).toBe(1)
    expect(documentOf(answer)).toMatchObject({ outlook: null, reason: expect.stringContaining('no token economy') })
  })
  test.each([
    ['an unknown network', ['economy', 'outlook', 'nonesuch']],
    ['no network', ['economy', 'outlook']],
    ['a century', ['economy', 'outlook', 'near', '--years', '100']],
    ['no price', ['economy', 'outlook', 'near', '--price', '0']],
    ['half an epoch', ['economy', 'outlook', 'near', '--delay', '0.5']],
    ['a negative demand', ['economy', 'outlook', 'near', '--demand', '-1']],
    ['another era', ['economy', 'outlook', 'near', '--era', 'x']],
  ])('error: %s is 2 and one line', async (_, argv) => {
    const { code, err } = await veracity(...argv)
    expect(code).toBe(2)
    expect(err.split('\n').length).toBe(1)
  })
})

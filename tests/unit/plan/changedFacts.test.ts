import { expect, test } from 'vitest'
import type { Asset } from '../../../src/model/asset.ts'
import { factKey } from '../../../src/model/factChange.ts'
import { type Edit, emptyScenario, stateOf } from '../../../src/model/scenario.ts'
import { changesOf } from '../../../src/plan/nodeRequests.ts'
import { planNode } from '../../../src/plan/plannedNode.ts'
import { typicalSite } from '../../../src/plan/typicalSite.ts'
import { aBase } from '../../support/scenarios.ts'

const asset: Asset = { id: 'n', kind: 'ev-charger', latDeg: 51.13, lonDeg: 71.43, network: 'ev-charging', params: {} }
const change = (value: number) => ({ value, p10: value / 2, p90: value * 2, reason: 'the contract says so' })
const edit = (id: string, value: number): Edit => ({ kind: 'fact', id, before: null, after: change(value) })
const stateWith = (...edits: Edit[]) => stateOf({ ...emptyScenario(aBase), edits })

test('behavior: a change reaches its kind in its network, and nothing else', () => {
  const state = stateWith(
    edit(factKey('ev-charging', 'ev-charger', 'demand'), 3),
    edit(factKey('iotex-device', 'ev-charger', 'demand'), 5),
    edit(factKey('near', 'validator', 'uptime'), 0.5),
  )
  expect(changesOf(state, asset)).toEqual([{ driver: 'demand', ...change(3) }])
  expect(changesOf(state, { ...asset, network: 'iotex-device' })).toEqual([{ driver: 'demand', ...change(5) }])
  expect(changesOf(state, { ...asset, kind: 'gpu-rack', network: 'render' })).toEqual([])
})

test('behavior: the changed driver carries value, spread, reason and the grade of an assumption; what was stated stays known', () => {
  const node = planNode({
    asset,
    site: typicalSite(asset, 20788, {}),
    energyPriceUsd: 0.05,
    tokenPriceScale: 1,
    changes: [{ driver: 'demand', ...change(3) }],
  })
  const changed = node.drivers.find(({ id }) => id === 'demand')!
  expect(changed).toMatchObject({ p10: 1.5, p90: 6, fact: { value: 3, grade: 'assumption' } })
  expect(changed.fact.source).toBe('changed: the contract says so')
  expect(node.stated.drivers.find(({ id }) => id === 'demand')!.fact.grade).toBeDefined()
  expect(node.stated.drivers.find(({ id }) => id === 'demand')!.fact.source).not.toContain('changed')
})

test('behavior: an unchanged plan plans as before', () => {
  expect(changesOf(stateWith(), asset)).toEqual([])
})

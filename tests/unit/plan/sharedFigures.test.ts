import { expect, test } from 'vitest'
import { finish } from '../../../src/base/steps.ts'
import { chanceOf } from '../../../src/engines/assets/chance.ts'
import { ASSET_FACTS } from '../../../src/engines/assets/facts.ts'
import { assets as assetsEngine } from '../../../src/engines/assets/index.ts'
import type { Asset } from '../../../src/model/asset.ts'
import { emptyScenario, stateOf } from '../../../src/model/scenario.ts'
import { SWAP_EFFICIENCY, SWAP_KWH } from '../../../src/networks/batterySwap.ts'
import { networkById } from '../../../src/networks/index.ts'
import { CHARGER_EFFICIENCY } from '../../../src/networks/rules/charging.ts'
import { GPU_OVERHEAD } from '../../../src/networks/rules/gpuPower.ts'
import { EDGE_OVERHEAD } from '../../../src/networks/telecomTower.ts'
import { nodeRequests } from '../../../src/plan/nodeRequests.ts'
import { aBase } from '../../support/scenarios.ts'
import { tinyCity } from '../../support/tinyCity.ts'

// Networks may not import engines, so a figure that both use stands in both, and here they are held together.
const powerOf = (network: string, kind: string): number =>
  networkById.get(network)!.nodeTypes.find((node) => node.kind === kind)!.power.fact.value

test('default: what loads the grid and what earns are the same machines', () => {
  expect(CHARGER_EFFICIENCY.value).toBe(ASSET_FACTS.chargerEfficiency.value)
  expect(SWAP_EFFICIENCY.value).toBe(ASSET_FACTS.swapEfficiency.value)
  expect(SWAP_KWH.value).toBe(ASSET_FACTS.swapKwh.value)
  expect(GPU_OVERHEAD.value).toBe(ASSET_FACTS.gpuOverhead.value)
  expect(powerOf('helium-iot', 'lorawan-gateway')).toBe(ASSET_FACTS.gatewayW.value)
  expect(powerOf('helium-mobile', 'wifi-cell')).toBe(ASSET_FACTS.wifiCellW.value)
  expect(powerOf('telecom-tower', 'tower')).toBe(ASSET_FACTS.towerW.value)
  expect(powerOf('dimo', 'vehicle-dongle')).toBe(ASSET_FACTS.dongleW.value)
  expect(EDGE_OVERHEAD.value).toBe(ASSET_FACTS.edgeOverhead.value)
  expect(powerOf('filecoin', 'storage-rack')).toBe(ASSET_FACTS.storageWPerTib.value)
})

const sky = { latDeg: 51.13, lonDeg: 71.43, utcOffsetH: 5, year: 2017, cloudCover: 0.2 }
test('behavior: a station’s mean day is that of the days that load the grid, for each of twins on one spot', () => {
  const station = (id: string) => ({
    id,
    kind: 'swap-station' as const,
    latDeg: 51.13,
    lonDeg: 71.43,
    network: 'battery-swap',
    params: {},
  })
  const twins = [station('s'), station('t')]
  const chance = chanceOf(twins)
  const gridKwh = (asset: Asset) => (dayOfYear: number) => {
    const input = { assets: [asset], sky: { ...sky, dayOfYear }, houseW: new Map(), steps: 96, chance }
    return finish(assetsEngine.run(input))[0]!.loadW.reduce((sum, w) => sum + w / 4 / 1000, 0)
  }
  const midMonths = [15, 46, 74, 105, 135, 166, 196, 227, 258, 288, 319, 349]
  const state = stateOf({
    ...emptyScenario(aBase),
    edits: twins.map((after) => ({ kind: 'asset' as const, id: after.id, before: null, after })),
  })
  const { meta } = tinyCity([])
  const means = nodeRequests(state, { coverage: [], meta, startDay: 20788 }).map(({ site }) => site.drawnKwhPerDay)
  const year = Number(meta.dataDate.slice(0, 4))
  expect(year).toBe(sky.year)
  for (const [i, twin] of twins.entries())
    expect(means[i]).toBeCloseTo(midMonths.map(gridKwh(twin)).reduce((sum, x) => sum + x, 0) / 12, 6)
  expect(means[0]).not.toBe(means[1])
})

test('behavior: only what a kind needs of its place is filled in, and a cloudier sky makes less', () => {
  const at = { latDeg: 51.13, lonDeg: 71.43, params: {} }
  const assets = [
    { ...at, id: 'p', kind: 'pv-battery' as const, network: 'self-supply' },
    { ...at, id: 'e', kind: 'ev-charger' as const, network: 'ev-charging' },
  ]
  const state = stateOf({
    ...emptyScenario(aBase),
    edits: assets.map((after) => ({ kind: 'asset' as const, id: after.id, before: null, after })),
  })
  const requests = (cloudCover: number) =>
    nodeRequests(
      { ...state, settings: new Map([['cloud-cover', cloudCover]]) },
      { coverage: [], meta: tinyCity([]).meta, startDay: 20788 },
    )
  const [charger, roof] = requests(0.2)
  expect(charger!.site).toMatchObject({ pvKwhPerKwp: 0, peopleReached: 0 })
  expect(charger!.site.drawnKwhPerDay).toBeGreaterThan(100)
  expect(roof!.site.drawnKwhPerDay).toBe(0)
  expect(roof!.site.pvKwhPerKwp).toBeGreaterThan(1000)
  expect(requests(0.9)[1]!.site.pvKwhPerKwp).toBeLessThan(roof!.site.pvKwhPerKwp)
})

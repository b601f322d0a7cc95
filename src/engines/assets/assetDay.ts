import type { Random } from '../../base/random.ts'
import { type Asset, paramOf } from '../../model/asset.ts'
import { chargerDay } from './evCharger.ts'
import { ASSET_FACTS } from './facts.ts'
import { batteryDay } from './pvBattery.ts'
import { pvDayWPerKwp, type Sky } from './solar.ts'
import { swapDay } from './swapStation.ts'

/** What one placed asset does over a day. */
export interface AssetDay {
  readonly id: string
  readonly loadW: Float64Array // [steps] drawn, charging of its battery included
  readonly generationW: Float64Array // [steps] fed: modules and battery
  readonly qVar: Float64Array // [steps] drawn
  readonly ratedW: number // what its connection must carry
}

const flat = (steps: number, watt: number): Float64Array => new Float64Array(steps).fill(watt)

const withLoad = (id: string, loadW: Float64Array, tanPhi: number, ratedW: number): AssetDay => ({
  id,
  loadW,
  generationW: new Float64Array(loadW.length),
  qVar: loadW.map((w) => w * tanPhi),
  ratedW,
})

/** What the connection of an asset must carry, whatever the day. */
export function ratedWOf(asset: Asset): number {
  const p = (key: string): number => paramOf(asset, key)
  switch (asset.kind) {
    case 'ev-charger':
      return p('powerKw') * p('connectors') * 1000
    case 'swap-station':
      return p('packs') * p('chargerKw') * 1000
    case 'pv-battery':
      return p('pvKwp') * 1000
    case 'storage-rack':
      return p('rawTib') * ASSET_FACTS.storageWPerTib.value
    case 'gpu-rack':
      return p('gpus') * p('gpuW') * ASSET_FACTS.gpuOverhead.value
    case 'lorawan-gateway':
      return ASSET_FACTS.gatewayW.value
    case 'wifi-cell':
      return ASSET_FACTS.wifiCellW.value
    case 'tower':
      return ASSET_FACTS.towerW.value + p('edgeKw') * 1000 * ASSET_FACTS.edgeOverhead.value
    case 'vehicle-dongle':
      return p('vehicles') * ASSET_FACTS.dongleW.value
    case 'validator':
      return p('serverW')
  }
}

/**
 * Power of one asset over a day.
 *
 * Shapes   `houseW` [steps] of the building it stands on, null when it stands free
 * Units    W, var
 */
export function assetDay(asset: Asset, sky: Sky, houseW: Float64Array | null, random: Random, steps: number): AssetDay {
  const p = (key: string): number => paramOf(asset, key)
  const ratedW = ratedWOf(asset)
  switch (asset.kind) {
    case 'ev-charger': {
      const isManaged = (asset.params.managed ?? 0) > 0
      const { loadW } = chargerDay(p('powerKw'), Math.round(p('connectors')), isManaged, random, steps)
      return withLoad(asset.id, loadW, ASSET_FACTS.chargerTanPhi.value, ratedW)
    }
    case 'swap-station': {
      const { loadW } = swapDay(Math.round(p('packs')), p('chargerKw'), random, steps)
      return withLoad(asset.id, loadW, ASSET_FACTS.chargerTanPhi.value, ratedW)
    }
    case 'pv-battery': {
      const pvW = pvDayWPerKwp(sky, steps).map((w) => w * p('pvKwp'))
      const { chargeW, dischargeW } = batteryDay(pvW, houseW, p('storageKwh'))
      const generationW = pvW.map((w, t) => w + dischargeW[t])
      return { id: asset.id, loadW: chargeW, generationW, qVar: new Float64Array(steps), ratedW }
    }
    case 'storage-rack':
    case 'gpu-rack':
    case 'lorawan-gateway':
    case 'wifi-cell':
    case 'tower':
    case 'vehicle-dongle':
    case 'validator':
      return withLoad(asset.id, flat(steps, ratedW), ASSET_FACTS.itTanPhi.value, ratedW)
  }
}

import { ASSET_KIND_INFO, type AssetKind, paramOf } from '../../src/model/asset.ts'
import { type Draw, type Driver, ENERGY_PRICE, type Params, type Site, UPTIME } from '../../src/networks/network.ts'

/** All parameters of a kind at their initial values. */
export const initialParams = (kind: AssetKind): Params =>
  Object.fromEntries(
    ASSET_KIND_INFO[kind].params.map(({ key }) => [
      key,
      paramOf({ id: 'x', kind, latDeg: 0, lonDeg: 0, network: '', params: {} }, key),
    ]),
  )

/** A place like many, for tests: 500 people, 10 km², sun of a steppe city. */
export const aSite = (kind: AssetKind, more: Partial<Site> = {}): Site => ({
  params: initialParams(kind),
  startDay: 20788, // 2026-12-01
  peopleReached: 500,
  coveredKm2: 10,
  curtailedShare: 0,
  pvKwhPerKwp: 1250,
  drawnKwhPerDay: 300,
  ...more,
})

/** Every driver at its median, the node always on, a kilowatt-hour at five cents. */
export const medianDraw = (drivers: readonly Driver[], more: Record<string, number> = {}): Draw => ({
  ...Object.fromEntries(drivers.map(({ id, fact }) => [id, fact.value])),
  [UPTIME]: 1,
  [ENERGY_PRICE]: 0.05,
  ...more,
})

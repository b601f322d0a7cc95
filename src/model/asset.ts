/** What a planner can place. Index order is the order of the palette. */
export const ASSET_KINDS = [
  'lorawan-gateway',
  'wifi-cell',
  'ev-charger',
  'swap-station',
  'pv-battery',
  'storage-rack',
  'gpu-rack',
  'tower',
  'vehicle-dongle',
  'validator',
] as const
export type AssetKind = (typeof ASSET_KINDS)[number]

/** One number a planner may set on an asset. */
export interface AssetParam {
  readonly key: string
  readonly title: string
  readonly unit: string
  readonly initial: number
  readonly min: number
  readonly max: number
  readonly step: number
}

export interface AssetKindInfo {
  readonly kind: AssetKind
  readonly title: string
  readonly what: string // one sentence for the palette
  readonly params: readonly AssetParam[]
  readonly mayStandInBuilding: boolean // on a roof or inside
  readonly networks: readonly string[] // ids of networks it can join, the default first
}

const param = (
  key: string,
  title: string,
  unit: string,
  initial: number,
  min: number,
  max: number,
  step: number,
): AssetParam => ({ key, title, unit, initial, min, max, step })

/** Everything the palette, the grid and the economics need to know of a kind, but no price: prices are facts of networks. */
export const ASSET_KIND_INFO: Readonly<Record<AssetKind, AssetKindInfo>> = {
  'lorawan-gateway': {
    kind: 'lorawan-gateway',
    title: 'LoRaWAN gateway',
    what: 'Hears sensors for kilometres around.',
    params: [
      param('mastM', 'Antenna above roof or ground', 'm', 3, 1, 60, 1),
      param('eirpDbm', 'Radiated power', 'dBm', 16, 0, 29, 1),
    ],
    mayStandInBuilding: true,
    networks: ['helium-iot', 'iotex-device'],
  },
  'wifi-cell': {
    kind: 'wifi-cell',
    title: 'Wi-Fi / 5G small cell',
    what: 'Carries phone data for a block.',
    params: [
      param('mastM', 'Antenna above roof or ground', 'm', 3, 1, 40, 1),
      param('eirpDbm', 'Radiated power', 'dBm', 30, 10, 36, 1),
    ],
    mayStandInBuilding: true,
    networks: ['helium-mobile'],
  },
  'ev-charger': {
    kind: 'ev-charger',
    title: 'EV charger',
    what: 'Charges parked cars.',
    params: [
      param('powerKw', 'Power per connector', 'kW', 50, 3, 400, 1),
      param('connectors', 'Connectors', '', 2, 1, 24, 1),
    ],
    mayStandInBuilding: false,
    networks: ['ev-charging', 'iotex-device'],
  },
  'swap-station': {
    kind: 'swap-station',
    title: 'Battery-swap station',
    what: 'Exchanges a battery in minutes and charges the empty ones.',
    params: [
      param('packs', 'Batteries', '', 21, 4, 60, 1),
      param('chargerKw', 'Power per charging bay', 'kW', 40, 7, 120, 1),
    ],
    mayStandInBuilding: false,
    networks: ['battery-swap'],
  },
  'pv-battery': {
    kind: 'pv-battery',
    title: 'PV + battery',
    what: 'Solar roof with storage.',
    params: [param('pvKwp', 'Modules', 'kWp', 30, 1, 2000, 1), param('storageKwh', 'Storage', 'kWh', 30, 0, 2000, 5)],
    mayStandInBuilding: true,
    networks: ['self-supply', 'iotex-device'],
  },
  'storage-rack': {
    kind: 'storage-rack',
    title: 'Storage rack',
    what: 'Keeps data for others, with proofs.',
    params: [param('rawTib', 'Raw capacity', 'TiB', 1024, 32, 10240, 32)],
    mayStandInBuilding: true,
    networks: ['filecoin'],
  },
  'gpu-rack': {
    kind: 'gpu-rack',
    title: 'GPU rack',
    what: 'Renders and computes for others.',
    params: [param('gpus', 'GPUs', '', 8, 1, 64, 1), param('gpuW', 'Power per GPU', 'W', 450, 50, 1200, 10)],
    mayStandInBuilding: true,
    networks: ['render'],
  },
  tower: {
    kind: 'tower',
    title: 'Telecom tower',
    what: 'A mobile site with room for edge computers.',
    params: [
      param('mastM', 'Antenna above roof or ground', 'm', 30, 10, 80, 1),
      param('eirpDbm', 'Radiated power', 'dBm', 58, 30, 70, 1),
      param('edgeKw', 'Power for edge computers', 'kW', 5, 0, 100, 1),
    ],
    mayStandInBuilding: true,
    networks: ['telecom-tower'],
  },
  'vehicle-dongle': {
    kind: 'vehicle-dongle',
    title: 'Vehicle dongle',
    what: 'Reads what a car knows of itself, with the owner’s consent.',
    params: [param('vehicles', 'Vehicles parked here', '', 1, 1, 500, 1)],
    mayStandInBuilding: true,
    networks: ['dimo'],
  },
  validator: {
    kind: 'validator',
    title: 'Validator node',
    what: 'Makes and checks the blocks of a chain, with a stake behind it.',
    params: [param('serverW', 'Power of the server', 'W', 300, 50, 2000, 10)],
    mayStandInBuilding: true,
    networks: ['near', 'iotex-device'],
  },
}

/** One thing somebody placed. Position in degrees, so that it means the same in every build of the city. */
export interface Asset {
  readonly id: string
  readonly kind: AssetKind
  readonly latDeg: number
  readonly lonDeg: number
  readonly network: string // id of a network spec
  readonly params: Readonly<Record<string, number>> // by AssetParam.key
}

/** A parameter of an asset, or the kind's initial value when it is not set. */
export const paramOf = (asset: Asset, key: string): number =>
  asset.params[key] ?? ASSET_KIND_INFO[asset.kind].params.find((p) => p.key === key)?.initial ?? NaN

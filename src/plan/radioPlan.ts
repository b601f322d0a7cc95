import type { Fact } from '../base/quantity.ts'
import { roofOver } from '../engines/radio/heightField.ts'
import { createEnu } from '../geo/enu.ts'
import type { Asset, AssetKind } from '../model/asset.ts'
import { paramOf } from '../model/asset.ts'
import type { City } from '../model/city.ts'
import type { Transmitter } from '../model/coverage.ts'
import { fact } from '../networks/network.ts'

/** How the radio of a kind is planned: which model, which figures. */
interface RadioKind {
  readonly kind: AssetKind
  readonly model: 'bullington' | 'umi' | 'uma'
  readonly cellM: number
  readonly freqMhz: number
  readonly rangeM: number
  readonly sensitivityDbm: number
}

/** Facts behind the figures. */
const RADIO_FACTS = {
  loraSensitivity: fact(-137, 'dBm', 'Semtech SX1272 datasheet: end device at SF12, 125 kHz', '2019-01-01', 'doc'),
  wifiSensitivity: fact(-85, 'dBm', 'HIP-93: weakest signal that counted as coverage for Wi-Fi', '2023-09-01', 'doc'),
  loraRange: fact(
    5000,
    'm',
    'assumed cut-off of the computation; signals may reach further over open land',
    '2026-11-01',
    'assumption',
  ),
  towerSensitivity: fact(-100, 'dBm', 'assumed: weakest signal with which a phone works', '2026-11-01', 'assumption'),
  towerRange: fact(3000, 'm', 'assumed cut-off of the computation', '2026-11-01', 'assumption'),
  wifiRange: fact(500, 'm', 'assumed cut-off of the computation', '2026-11-01', 'assumption'),
} as const

const RADIO_KINDS: readonly RadioKind[] = [
  {
    kind: 'lorawan-gateway',
    model: 'bullington',
    cellM: 10,
    freqMhz: 868,
    rangeM: RADIO_FACTS.loraRange.value,
    sensitivityDbm: RADIO_FACTS.loraSensitivity.value,
  },
  {
    kind: 'wifi-cell',
    model: 'umi',
    cellM: 4,
    freqMhz: 5500,
    rangeM: RADIO_FACTS.wifiRange.value,
    sensitivityDbm: RADIO_FACTS.wifiSensitivity.value,
  },
  {
    kind: 'tower',
    model: 'uma',
    cellM: 10,
    freqMhz: 1800,
    rangeM: RADIO_FACTS.towerRange.value,
    sensitivityDbm: RADIO_FACTS.towerSensitivity.value,
  },
]

/** One coverage to compute: all radios of a kind, since they serve the same devices. */
export interface CoverageGroup {
  readonly kind: AssetKind
  readonly model: 'bullington' | 'umi' | 'uma'
  readonly cellM: number
  readonly transmitters: readonly Transmitter[] // id of the transmitter = id of the asset; sorted
}

/**
 * The radios of a plan as transmitters. An antenna stands on the roof of the building it is in, else on the ground,
 * plus its mast.
 */
export function coverageGroups(assets: Iterable<Asset>, city: City, boxes: Float32Array): CoverageGroup[] {
  const enu = createEnu(city.meta.originLatDeg, city.meta.originLonDeg)
  const at = new Float64Array(2)
  const list = [...assets].sort((a, b) => (a.id < b.id ? -1 : 1))
  return RADIO_KINDS.flatMap(({ kind, model, cellM, freqMhz, rangeM, sensitivityDbm }) => {
    const transmitters = list
      .filter((asset) => asset.kind === kind)
      .map((asset): Transmitter => {
        enu.toLocal(asset.latDeg, asset.lonDeg, at)
        const [xM, yM] = [at[0], at[1]]
        const heightM = roofOver(city.buildings, boxes, xM, yM) + paramOf(asset, 'mastM')
        return { id: asset.id, xM, yM, heightM, eirpDbm: paramOf(asset, 'eirpDbm'), freqMhz, rangeM, sensitivityDbm }
      })
    return transmitters.length > 0 ? [{ kind, model, cellM, transmitters }] : []
  })
}

const FACTS_OF: Partial<Readonly<Record<AssetKind, readonly { readonly title: string; readonly fact: Fact }[]>>> = {
  'lorawan-gateway': [
    { title: 'Weakest signal a sensor decodes', fact: RADIO_FACTS.loraSensitivity },
    { title: 'Range computed', fact: RADIO_FACTS.loraRange },
  ],
  'wifi-cell': [
    { title: 'Weakest signal that counts', fact: RADIO_FACTS.wifiSensitivity },
    { title: 'Range computed', fact: RADIO_FACTS.wifiRange },
  ],
  tower: [
    { title: 'Weakest signal that counts', fact: RADIO_FACTS.towerSensitivity },
    { title: 'Range computed', fact: RADIO_FACTS.towerRange },
  ],
}

/** What the coverage of a kind rests on, for its panel. */
export const radioFactsOf = (kind: AssetKind) => FACTS_OF[kind] ?? []

export const isRadio = (kind: AssetKind): boolean => RADIO_KINDS.some((radio) => radio.kind === kind)

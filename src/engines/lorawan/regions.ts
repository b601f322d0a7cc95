/** A stretch of spectrum with limits of its own. */
export interface SubBand {
  readonly fromHz: number
  readonly toHz: number
  readonly dutyCycle: number // share of the time one device may send; 1 no limit
  readonly maxEirpDbm: number
}

export interface DataRate {
  readonly spreadingFactor: number
  readonly bandwidthHz: number
  readonly maxMacPayloadBytes: number
}

/** What LoRaWAN may do in a part of the world. Uplink only. */
export interface Region {
  readonly id: string
  readonly title: string
  readonly source: string
  readonly subBands: readonly SubBand[]
  readonly channelsHz: readonly number[] // the plan devices are usually given; the first are those every device knows
  readonly dataRates: readonly DataRate[] // DR0 …, LoRa only
  readonly maxAdrDataRate: number // as far as the network raises a device
  readonly powerOffsetsDb: readonly number[] // below the greatest EIRP, by power index
  readonly dwellS: number // longest single transmission; Infinity no limit
}

/** EIRP over ERP of a half-wave dipole. */
const EIRP_OVER_ERP_DB = 2.15

const band = (fromMhz: number, toMhz: number, dutyCycle: number, maxEirpDbm: number): SubBand => ({
  fromHz: fromMhz * 1e6,
  toHz: toMhz * 1e6,
  dutyCycle,
  maxEirpDbm,
})
const rates = (bandwidthHz: number, ...rows: readonly (readonly [sf: number, bytes: number])[]): DataRate[] =>
  rows.map(([spreadingFactor, maxMacPayloadBytes]) => ({ spreadingFactor, bandwidthHz, maxMacPayloadBytes }))
const ladder = (n: number): number[] => Array.from({ length: n }, (_, i) => (i === 0 ? 0 : -2 * i))
const every200Khz = (firstMhz: number, n: number): number[] =>
  Array.from({ length: n }, (_, i) => Math.round((firstMhz + 0.2 * i) * 1e6))
const SOURCE = 'LoRa Alliance RP002-1.0.4, as in The Things Stack, pkg/band'

/** Every region of the engine. To add one: write it here. */
export const REGIONS: readonly Region[] = [
  {
    id: 'EU868',
    title: 'Europe 863 to 870 MHz',
    source: `${SOURCE}; sub-bands of ETSI EN 300 220-2 V3.1.1`,
    subBands: [
      band(863, 865, 0.001, 14 + EIRP_OVER_ERP_DB),
      band(865, 868, 0.01, 14 + EIRP_OVER_ERP_DB),
      band(868, 868.6, 0.01, 14 + EIRP_OVER_ERP_DB),
      band(868.7, 869.2, 0.001, 14 + EIRP_OVER_ERP_DB),
      band(869.4, 869.65, 0.1, 27 + EIRP_OVER_ERP_DB),
      band(869.7, 870, 0.01, 14 + EIRP_OVER_ERP_DB),
    ],
    channelsHz: [...every200Khz(868.1, 3), ...every200Khz(867.1, 5)],
    dataRates: rates(125_000, [12, 59], [11, 59], [10, 59], [9, 123], [8, 250], [7, 250]),
    maxAdrDataRate: 5,
    powerOffsetsDb: ladder(8),
    dwellS: Infinity,
  },
  {
    id: 'US915',
    title: 'United States 902 to 928 MHz, sub-band 2',
    source: `${SOURCE}; FCC part 15.247, 400 ms a channel`,
    subBands: [band(902.3, 914.9, 1, 21 + EIRP_OVER_ERP_DB)],
    channelsHz: every200Khz(903.9, 8),
    dataRates: rates(125_000, [10, 19], [9, 61], [8, 133], [7, 250]),
    maxAdrDataRate: 3,
    powerOffsetsDb: ladder(15),
    dwellS: 0.4,
  },
  {
    id: 'AU915',
    title: 'Australia 915 to 928 MHz, sub-band 2',
    source: `${SOURCE}; Radiocommunications (Low Interference Potential Devices) Class Licence 2015; dwell time on`,
    subBands: [band(915, 928, 1, 30)],
    channelsHz: every200Khz(916.8, 8),
    // with the dwell time on, DR0 and DR1 carry nothing and are not given
    dataRates: rates(125_000, [12, 0], [11, 0], [10, 19], [9, 61], [8, 133], [7, 250]),
    maxAdrDataRate: 5,
    powerOffsetsDb: ladder(15),
    dwellS: 0.4,
  },
  {
    id: 'AS923',
    title: 'Asia 923 MHz, group 1',
    source: `${SOURCE}; dwell time off`,
    subBands: [band(923, 923.5, 0.01, 16)],
    channelsHz: [923_200_000, 923_400_000],
    dataRates: rates(125_000, [12, 59], [11, 59], [10, 123], [9, 123], [8, 250], [7, 250]),
    maxAdrDataRate: 5,
    powerOffsetsDb: ladder(8),
    dwellS: Infinity,
  },
  {
    id: 'IN865',
    title: 'India 865 to 867 MHz',
    source: SOURCE,
    subBands: [band(865, 867, 1, 14 + EIRP_OVER_ERP_DB)],
    channelsHz: [865_062_500, 865_402_500, 865_985_000],
    dataRates: rates(125_000, [12, 59], [11, 59], [10, 59], [9, 123], [8, 250], [7, 250]),
    maxAdrDataRate: 5,
    powerOffsetsDb: ladder(11),
    dwellS: Infinity,
  },
  {
    id: 'KR920',
    title: 'Korea 920 to 923 MHz',
    source: `${SOURCE}; listening before talking is not modelled`,
    subBands: [band(920, 923, 1, 14 + EIRP_OVER_ERP_DB)],
    channelsHz: [922_100_000, 922_300_000, 922_500_000],
    dataRates: rates(125_000, [12, 59], [11, 59], [10, 59], [9, 123], [8, 250], [7, 250]),
    maxAdrDataRate: 5,
    powerOffsetsDb: ladder(8),
    dwellS: Infinity,
  },
]

export const regionById: ReadonlyMap<string, Region> = new Map(REGIONS.map((region) => [region.id, region]))

/** Index of the sub-band that holds a channel, -1 for none. */
export const subBandOf = (region: Region, channelHz: number): number =>
  region.subBands.findIndex(({ fromHz, toHz }) => channelHz >= fromHz && channelHz <= toHz)

import type { Fact } from '../../base/quantity.ts'

const fact = (value: number, unit: string, source: string, asOf: string, grade: Fact['grade']): Fact => ({
  value,
  unit,
  source,
  asOf,
  grade,
})
const assumed = (value: number, unit: string, source: string): Fact =>
  fact(value, unit, source, '2024-01-01', 'assumption')

/** Electric behaviour of what a planner can place. */
export const ASSET_FACTS = {
  chargerEfficiency: assumed(0.93, '', 'grid to battery, DC charger'),
  fastFromKw: assumed(22, 'kW', 'a connector above this charges passers-by, below it those who stay'),
  fastSessionsPerDay: assumed(6, '1/connector·d', 'public fast charger'),
  slowSessionsPerDay: assumed(1.2, '1/connector·d', 'workplace or kerbside charger'),
  fastSessionKwh: assumed(25, 'kWh', 'public fast charger'),
  slowSessionKwh: fact(
    14.68,
    'kWh',
    'mean of 30,114 sessions at Caltech and JPL (ACN-Data, via evprof)',
    '2021-09-30',
    'doc',
  ),
  slowStayH: fact(6.89, 'h', 'mean connected time of the same sessions', '2021-09-30', 'doc'),
  fastStayH: assumed(0.75, 'h', 'public fast charger'),
  swapsPerPackDay: fact(
    5,
    '1/pack·d',
    'U Power compact station: 8 slots, 30 to 50 swaps a day (batteryindustry.net)',
    '2024-06-01',
    'press',
  ),
  swapKwh: assumed(35, 'kWh', 'energy put back into a returned pack'),
  swapEfficiency: fact(0.98, '', 'NIO power swap station 3.0, charging modules', '2024-12-31', 'press'),
  storageWPerTib: fact(
    5,
    'W/TiB',
    'sealed storage with its servers, depinly.io methodology for Filecoin',
    '2025-01-01',
    'press',
  ),
  gpuOverhead: assumed(1.35, '×', 'host, power supply and cooling over the cards themselves'),
  gatewayW: fact(5, 'W', 'LoRaWAN gateway; from memory', '2024-01-01', 'memory'),
  wifiCellW: fact(18, 'W', 'outdoor access point, 10 to 25 W; from memory', '2024-01-01', 'memory'),
  itTanPhi: assumed(0.2, '', 'power supplies with correction, cos φ 0.98'),
  chargerTanPhi: assumed(0.1, '', 'active front end, cos φ 0.995'),
  pvTiltDeg: assumed(35, '°', 'fixed tilt, facing the equator'),
  groundAlbedo: assumed(0.2, '', 'ground without snow'),
  pvGammaPerK: fact(-0.0035, '1/K', 'PVWatts, premium and standard modules between', '2014-09-01', 'doc'),
  pvLosses: fact(0.14075660688264469, 'share', 'PVWatts default system losses', '2014-09-01', 'doc'),
  inverterEfficiency: fact(0.96, '', 'PVWatts default nominal inverter efficiency', '2014-09-01', 'doc'),
  cellHeatKPerW: assumed(0.031, 'K·m²/W', 'cell over air at 800 W/m², NOCT 45 °C'),
  storageHours: assumed(2, 'h', 'a battery gives its capacity in two hours'),
  storageEfficiency: assumed(0.9, '', 'there and back'),
  eveningFromH: assumed(18, 'h', 'storage without a house feeds the evening peak from'),
  eveningToH: assumed(22, 'h', 'and until'),
  airMeanC: fact(3.8, '°C', 'Astana, mean of the year; from memory', '2020-12-31', 'memory'),
  airSwingC: fact(18, 'K', 'Astana, half the way from January to July; from memory', '2020-12-31', 'memory'),
} as const satisfies Record<string, Fact>

/** Share of a day's sessions that begin in each hour. Assumption: shops and commutes for passers-by, mornings for those who stay. */
export const FAST_HOURS = [1, 1, 1, 1, 1, 2, 3, 5, 7, 7, 7, 8, 8, 8, 8, 9, 10, 11, 11, 10, 8, 6, 4, 2]
export const SLOW_HOURS = [1, 1, 1, 1, 1, 2, 6, 14, 22, 16, 9, 6, 6, 6, 5, 4, 5, 8, 9, 7, 4, 3, 2, 1]
export const SWAP_HOURS = [3, 2, 2, 2, 2, 3, 5, 7, 8, 7, 7, 8, 9, 8, 7, 7, 8, 9, 9, 8, 7, 6, 5, 4]

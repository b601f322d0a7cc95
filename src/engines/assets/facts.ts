import type { Fact, TitledFact } from '../../base/quantity.ts'

const fact = (
  title: string,
  value: number,
  unit: string,
  source: string,
  asOf: string,
  grade: Fact['grade'],
): TitledFact => ({
  title,
  value,
  unit,
  source,
  asOf,
  grade,
})
const assumed = (title: string, value: number, unit: string, source: string): TitledFact =>
  fact(title, value, unit, source, '2024-01-01', 'assumption')

/** Electric behaviour of what a planner can place. */
export const ASSET_FACTS = {
  chargerEfficiency: assumed('Charger efficiency', 0.93, '', 'grid to battery, DC charger'),
  fastFromKw: assumed(
    'Fast charger from',
    22,
    'kW',
    'a connector above this charges passers-by, below it those who stay',
  ),
  fastSessionsPerDay: assumed('Sessions at a fast connector', 6, '1/connector·d', 'public fast charger'),
  slowSessionsPerDay: assumed('Sessions at a slow connector', 1.2, '1/connector·d', 'workplace or kerbside charger'),
  fastSessionKwh: assumed('Energy of a fast session', 25, 'kWh', 'public fast charger'),
  slowSessionKwh: fact(
    'Energy of a slow session',
    14.68,
    'kWh',
    'mean of 30,114 sessions at Caltech and JPL (ACN-Data, via evprof)',
    '2021-09-30',
    'doc',
  ),
  slowStayH: fact(
    'Stay at a slow connector',
    6.89,
    'h',
    'mean connected time of the same sessions',
    '2021-09-30',
    'doc',
  ),
  fastStayH: assumed('Stay at a fast connector', 0.75, 'h', 'public fast charger'),
  swapsPerPackDay: fact(
    'Swaps per battery and day',
    5,
    '1/pack·d',
    'U Power compact station: 8 slots, 30 to 50 swaps a day (batteryindustry.net)',
    '2024-06-01',
    'press',
  ),
  swapKwh: assumed('Energy of a swap', 35, 'kWh', 'energy put back into a returned pack'),
  swapEfficiency: fact(
    'Efficiency of swap charging',
    0.98,
    '',
    'NIO power swap station 3.0, charging modules',
    '2024-12-31',
    'press',
  ),
  storageWPerTib: fact(
    'Power of stored data',
    5,
    'W/TiB',
    'sealed storage with its servers, depinly.io methodology for Filecoin',
    '2025-01-01',
    'press',
  ),
  gpuOverhead: assumed(
    'Power around the graphics cards',
    1.35,
    '×',
    'host, power supply and cooling over the cards themselves',
  ),
  gatewayW: fact('Power of a LoRaWAN gateway', 5, 'W', 'LoRaWAN gateway; from memory', '2024-01-01', 'memory'),
  wifiCellW: fact(
    'Power of a Wi-Fi cell',
    18,
    'W',
    'outdoor access point, 10 to 25 W; from memory',
    '2024-01-01',
    'memory',
  ),
  towerW: fact('Power of a mobile site', 4000, 'W', 'typical site, datacenterdynamics.com', '2024-01-01', 'press'),
  edgeOverhead: assumed('Power around edge computers', 1.4, '×', 'cooling and supply of a small cabinet'),
  dongleW: assumed('Power of a vehicle dongle', 2, 'W', 'from the car’s battery, in the end from its charger'),
  itTanPhi: assumed('Reactive share of computers', 0.2, '', 'power supplies with correction, cos φ 0.98'),
  chargerTanPhi: assumed('Reactive share of chargers', 0.1, '', 'active front end, cos φ 0.995'),
  pvTiltDeg: assumed('Tilt of solar modules', 35, '°', 'fixed tilt, facing the equator'),
  groundAlbedo: assumed('Reflection of the ground', 0.2, '', 'ground without snow'),
  pvGammaPerK: fact(
    'Solar output per degree',
    -0.0035,
    '1/K',
    'PVWatts, premium and standard modules between',
    '2014-09-01',
    'doc',
  ),
  pvLosses: fact(
    'Solar system losses',
    0.14075660688264469,
    'share',
    'PVWatts default system losses',
    '2014-09-01',
    'doc',
  ),
  inverterEfficiency: fact(
    'Inverter efficiency',
    0.96,
    '',
    'PVWatts default nominal inverter efficiency',
    '2014-09-01',
    'doc',
  ),
  cellHeatKPerW: assumed('Warming of solar cells', 0.031, 'K·m²/W', 'cell over air at 800 W/m², NOCT 45 °C'),
  storageHours: assumed('Hours a battery lasts at full power', 2, 'h', 'a battery gives its capacity in two hours'),
  storageEfficiency: assumed('Battery efficiency, there and back', 0.9, '', 'there and back'),
  eveningFromH: assumed('Evening peak from', 18, 'h', 'storage without a house feeds the evening peak from'),
  eveningToH: assumed('Evening peak until', 22, 'h', 'and until'),
  airMeanC: fact('Mean air temperature', 3.8, '°C', 'Astana, mean of the year; from memory', '2020-12-31', 'memory'),
  airSwingC: fact(
    'Seasonal swing of the air',
    18,
    'K',
    'Astana, half the way from January to July; from memory',
    '2020-12-31',
    'memory',
  ),
} as const satisfies Record<string, TitledFact>

/** Where a placed asset is connected, by what it is rated, and how far a connection reaches. */
export const CONNECTION_RULES = {
  streetUpToW: assumed(
    'Connected in the street up to',
    100_000,
    'W',
    'up to this the connection is made to the cable in the street',
  ),
  boardUpToW: assumed(
    'Connected at a station up to',
    630_000,
    'W',
    'up to this a cable of its own runs from the board of a station; above it a station of its own is built',
  ),
  streetReachM: assumed('Reach of a street connection', 200, 'm', 'reach of a connection to the street'),
  boardReachM: assumed('Reach of a cable from a station', 500, 'm', 'reach of a cable from a board'),
  stationReachM: assumed('Reach of a 10 kV connection', 2000, 'm', 'reach of a 10 kV cable to a new station'),
} as const satisfies Record<string, TitledFact>

/** Share of a day's sessions that begin in each hour. Assumption: shops and commutes for passers-by, mornings for those who stay. */
export const FAST_HOURS = [1, 1, 1, 1, 1, 2, 3, 5, 7, 7, 7, 8, 8, 8, 8, 9, 10, 11, 11, 10, 8, 6, 4, 2]
export const SLOW_HOURS = [1, 1, 1, 1, 1, 2, 6, 14, 22, 16, 9, 6, 6, 6, 5, 4, 5, 8, 9, 7, 4, 3, 2, 1]
export const SWAP_HOURS = [3, 2, 2, 2, 2, 3, 5, 7, 8, 7, 7, 8, 9, 8, 7, 7, 8, 9, 9, 8, 7, 6, 5, 4]

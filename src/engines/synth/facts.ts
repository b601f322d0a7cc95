import type { Fact, TitledFact } from '../../base/quantity.ts'
import type { RoadClass } from '../../model/city.ts'

/** Who says so, as of when, how well backed: for a type whose figures come from one table. */
type Citation = Pick<Fact, 'source' | 'asOf' | 'grade'>

const PANDAPOWER: Citation = {
  source:
    'pandapower standard types (e2nIEE/pandapower, std_types.py), after manufacturers’ tables; that such types lie in this city is an assumption',
  asOf: '2020-01-01',
  grade: 'doc',
}

/** A three-phase cable. */
export interface CableType {
  readonly name: string
  readonly rOhmPerM: number
  readonly xOhmPerM: number
  readonly faradPerM: number
  readonly ampacityA: number
  readonly citation: Citation
}

const cable = (name: string, rPerKm: number, xPerKm: number, nanofaradPerKm: number, ampacityA: number): CableType => ({
  name,
  rOhmPerM: rPerKm / 1e3,
  xOhmPerM: xPerKm / 1e3,
  faradPerM: nanofaradPerKm / 1e12,
  ampacityA,
  citation: PANDAPOWER,
})

/** 10 kV cables from thin to thick. */
export const MV_CABLES: readonly CableType[] = [
  cable('NA2XS2Y 3×1×95 mm² 10 kV', 0.313, 0.123, 315, 249),
  cable('NA2XS2Y 3×1×150 mm² 10 kV', 0.206, 0.11, 360, 315),
  cable('NA2XS2Y 3×1×240 mm² 10 kV', 0.122, 0.105, 456, 416),
]

/** 0.4 kV cables from thin to thick. */
export const LV_CABLES: readonly CableType[] = [
  cable('NAYY 4×50 mm² 0.4 kV', 0.642, 0.083, 210, 142),
  cable('NAYY 4×120 mm² 0.4 kV', 0.225, 0.08, 264, 242),
  cable('NAYY 4×150 mm² 0.4 kV', 0.208, 0.08, 261, 270),
]

/** A distribution transformer, or several alike side by side. */
export interface TransformerType {
  readonly name: string
  readonly ratedVa: number
  readonly shortCircuitPu: number
  readonly copperLossPu: number
  readonly ironLossW: number
  readonly noLoadPu: number
  readonly citation: Citation
}

const transformer = (
  kva: number,
  uk: number,
  ur: number,
  ironKw: number,
  i0: number,
  citation: Citation,
): TransformerType => ({
  name: `${kva} kVA 10/0.4 kV`,
  ratedVa: kva * 1e3,
  shortCircuitPu: uk / 100,
  copperLossPu: ur / 100,
  ironLossW: ironKw * 1e3,
  noLoadPu: i0 / 100,
  citation,
})

/** 10/0.4 kV transformers from small to large; above the largest, several of 1,000 kVA stand side by side. */
export const STATION_TRANSFORMERS: readonly TransformerType[] = [
  transformer(250, 4, 1.2, 0.6, 0.24, PANDAPOWER),
  transformer(400, 4, 1.325, 0.95, 0.2375, PANDAPOWER),
  transformer(630, 4, 1.0794, 1.18, 0.1873, PANDAPOWER),
  transformer(1000, 5.5, 1.08, 1.55, 0.5, {
    source: 'TMG-1000/10, hermetic oil transformer of the GOST 16555 kind, from memory',
    asOf: '2015-01-01',
    grade: 'memory',
  }),
]

/** 110/10 kV transformers of the substations. */
export const SUBSTATION_TRANSFORMERS: readonly TransformerType[] = [
  { ...transformer(25_000, 12, 0.41, 14, 0.07, PANDAPOWER), name: '25 MVA 110/10 kV' },
  { ...transformer(40_000, 16.2, 0.34, 18, 0.05, PANDAPOWER), name: '40 MVA 110/10 kV' },
  { ...transformer(63_000, 18, 0.32, 22, 0.04, PANDAPOWER), name: '63 MVA 110/10 kV' },
]

const assumed = (title: string, value: number, unit: string, source: string): TitledFact => ({
  title,
  value,
  unit,
  source,
  asOf: '2017-01-01',
  grade: 'assumption',
})

/** The planning rules by which the grid is laid out. All are assumptions in the manner of a distribution planner. */
export const RULES = {
  mediumV: assumed(
    'Medium voltage',
    10_000,
    'V',
    'medium voltage of the city networks, 10 kV (Astana REC runs 10-0.4 kV; strategy2050.kz, 4 July 2014)',
  ),
  lowV: assumed('Low voltage', 400, 'V', 'low voltage, 0.4 kV'),
  highV: assumed(
    'Voltage that feeds the substations',
    110_000,
    'V',
    'voltage that feeds the city substations; mapped lines are 110 to 500 kV',
  ),
  busbarPu: assumed(
    'Voltage held at the 10 kV busbars',
    1.03,
    'pu',
    '10 kV busbar kept at 10.3 kV by the on-load tap changer, whatever the load',
  ),
  tapStepPu: assumed(
    'Step of the off-load taps',
    0.025,
    'pu',
    'off-load tap changer of a 10/0.4 kV transformer, ±2 × 2.5 %',
  ),
  lowTargetPu: assumed(
    'Board voltage the taps are set for',
    1.01,
    'pu',
    'low-voltage board at peak load that the off-load tap is set for',
  ),
  sigmas: assumed(
    'Deviations planned for',
    2,
    '',
    'dimensioned for the mean of the peak day plus two standard deviations (Velander’s formula)',
  ),
  growth: assumed('Margin on today’s load', 1.15, '×', 'margin on today’s load'),
  cableLoading: assumed(
    'Planned loading of low-voltage cables',
    0.85,
    'share',
    'highest planned loading of a low-voltage cable',
  ),
  feederLoading: assumed(
    'Planned loading of 10 kV feeders',
    0.65,
    'share',
    'highest planned loading of a 10 kV feeder, so that a neighbour can take part of it over',
  ),
  transformerLoading: assumed(
    'Planned loading of station transformers',
    0.9,
    'share',
    'highest planned loading of a station transformer',
  ),
  substationLoading: assumed('Planned loading of substations', 0.7, 'share', 'highest planned loading of a substation'),
  substationVa: assumed(
    'Largest substation',
    252e6,
    'VA',
    'four 63 MVA transformers: a substation that would need more gives load to its neighbours',
  ),
  lowDropPu: assumed('Planned voltage drop, low voltage', 0.06, 'pu', 'planned voltage drop in a low-voltage feeder'),
  mediumDropPu: assumed('Planned voltage drop, 10 kV', 0.06, 'pu', 'planned voltage drop in a 10 kV feeder'),
  stationVa: assumed(
    'Largest station of a block',
    1_260_000,
    'VA',
    'two 630 kVA transformers: where a block’s load reaches it, a station is full',
  ),
  ownStationW: assumed(
    'Building with a station of its own',
    250_000,
    'W',
    'a building above this has a station of its own',
  ),
  lowReachM: assumed(
    'Reach of a station along streets',
    500,
    'm',
    'longest way along streets within the area of a station, from its outermost building to its root',
  ),
  feederVa: assumed('Load of a 10 kV feeder', 4_800_000, 'VA', 'load that one 10 kV feeder gathers'),
  overlandCost: assumed(
    'Cost of a trench across open ground',
    2,
    '×',
    'a trench across open ground, over one along a street',
  ),
  shortestServiceM: assumed(
    'Shortest service line',
    8,
    'm',
    'no service line is shorter: down to the cable and up into the house',
  ),
  strayM: assumed(
    'Building far from any street',
    200,
    'm',
    'a building further than this from any street is named in the findings',
  ),
  jointM: assumed('Spacing of joints', 60, 'm', 'spacing of the joints along a street that buildings are connected to'),
} as const satisfies Record<string, TitledFact>

/** How much dearer a trench is than along an ordinary street. Railways and motorways carry none. Assumptions. */
export const TRENCH_COST: Readonly<Record<RoadClass, number>> = {
  motorway: Infinity,
  trunk: 1.2,
  primary: 1,
  secondary: 1,
  tertiary: 1,
  street: 1,
  service: 1.1,
  foot: 1.3,
  rail: Infinity,
}

/** Statutory limits of the voltage at a customer. */
export const VOLTAGE_LIMITS: Fact = {
  value: 0.1,
  unit: 'pu',
  source: 'GOST 32144-2013, 4.2.2: ±10 % of the nominal voltage; in force in Kazakhstan; from memory',
  asOf: '2014-07-01',
  grade: 'memory',
}

import type { Fact, TitledFact } from '../../base/quantity.ts'
import type { BuildingUse } from '../../model/city.ts'
import type { ProfileId } from './profileTables.ts'

const TM46 = 'CIBSE TM46:2008, Energy benchmarks, table 1, electricity typical benchmark'
const kwhPerM2 = (value: number, source: string, grade: Fact['grade'], asOf: string): Fact => ({
  value,
  unit: 'kWh/m²·a',
  source,
  asOf,
  grade,
})
const benchmark = (value: number, category: string): Fact =>
  kwhPerM2(value, `${TM46}: ${category}`, 'doc', '2008-10-01')
const recalled = (value: number, category: string): Fact =>
  kwhPerM2(value, `${TM46}: ${category}; quoted from memory`, 'memory', '2008-10-01')
const guess = (value: number, why: string): Fact => kwhPerM2(value, why, 'assumption', '2017-01-01')

/** What a kind of building draws: energy of a year per gross floor area, its shape, its power factor, how many customers it holds. */
export interface UseLoad {
  readonly energy: Fact
  readonly profile: ProfileId
  readonly tanPhi: number
  readonly m2PerCustomer: number
}

/** Floor area of what switches on and off as one: a flat, a detached house, a shop or workshop. Assumptions. */
const FLAT_M2 = 70
const HOUSE_M2 = 120
const UNIT_M2 = 250

/** Reactive share: 0.2 for dwellings (cos φ 0.98), 0.4 for the rest (cos φ 0.93). Source: RD 34.20.185-94, tables 2.1.1 and 2.2.1, from memory. */
const HOME_TAN = 0.2
const WORK_TAN = 0.4

const load = (energy: Fact, profile: ProfileId, tanPhi: number, m2PerCustomer: number): UseLoad => ({
  energy,
  profile,
  tanPhi,
  m2PerCustomer,
})

/** Load by use. What is mapped only as `building=yes` is given a use first, see useOf.ts. */
export const USE_LOADS: Readonly<Record<Exclude<BuildingUse, 'unknown'>, UseLoad>> = {
  house: load(
    guess(35, 'appliances and light of a detached house; heat comes from stoves and district heating'),
    'H0',
    HOME_TAN,
    HOUSE_M2,
  ),
  apartments: load(
    guess(35, 'appliances, light and lifts of flats on gross floor area; heat comes from district heating'),
    'H0',
    HOME_TAN,
    FLAT_M2,
  ),
  office: load(benchmark(95, 'general office'), 'G1', WORK_TAN, UNIT_M2),
  retail: load(recalled(165, 'general retail'), 'G4', WORK_TAN, UNIT_M2),
  industrial: load(recalled(35, 'workshop'), 'G0', WORK_TAN, UNIT_M2),
  school: load(benchmark(40, 'schools and seasonal public buildings'), 'G1', WORK_TAN, UNIT_M2),
  hospital: load(recalled(90, 'hospital, clinical and research'), 'G3', WORK_TAN, UNIT_M2),
  public: load(benchmark(70, 'cultural activities'), 'G1', WORK_TAN, UNIT_M2),
  hotel: load(recalled(105, 'hotel'), 'G3', WORK_TAN, UNIT_M2),
  garage: load(recalled(20, 'covered car park'), 'G0', WORK_TAN, UNIT_M2),
  religious: load(benchmark(20, 'public buildings with light usage'), 'G0', WORK_TAN, UNIT_M2),
  other: load(guess(35, 'between a workshop and a school'), 'G0', WORK_TAN, UNIT_M2),
}

/** Storey height where neither levels nor a height are mapped, in metres. */
export const STOREY_M: Fact = {
  value: 3.2,
  unit: 'm',
  source: 'storey height used for estimated heights',
  asOf: '2017-01-01',
  grade: 'assumption',
}

/**
 * How much a single customer's quarter hour strays from the mean of its kind: standard deviation over mean.
 * n customers together stray by this over √n, which is what makes the sum smooth (Velander's second term).
 */
export const SINGLE_CUSTOMER_SPREAD: Fact = {
  value: 1,
  unit: '',
  source:
    'coefficient of variation of one household at 15 minutes, about 1; A. J. Pansini, Electrical Distribution Engineering, on diversity; from memory',
  asOf: '2007-01-01',
  grade: 'memory',
}

/** How much of a quarter hour's deviation lives on into the next: what is on tends to stay on. */
export const PERSISTENCE: Fact = {
  value: 0.7,
  unit: '',
  source: 'correlation of neighbouring quarter hours of one customer',
  asOf: '2017-01-01',
  grade: 'assumption',
}

const rule = (title: string, value: number, unit: string, source: string): TitledFact => ({
  title,
  value,
  unit,
  source,
  asOf: '2017-01-01',
  grade: 'assumption',
})

/** What is mapped only as `building=yes`: industrial within an industrial area, else by height and size. */
export const USE_RULES = {
  flatsFromStoreys: rule('Plain building that holds flats', 3, 'storeys', 'a plain building this high holds flats'),
  houseUpToM2: rule(
    'Plain building that is a house',
    300,
    'm²',
    'a lower one up to this footprint is a house, a larger one mixed trade',
  ),
} as const satisfies Record<string, TitledFact>

/** Figures of the city that the sum of all buildings is held against. */
export interface CityFacts {
  readonly population: Fact
  readonly peakW: Fact
  readonly normKwhPerPerson: Fact
}

export const ASTANA: CityFacts = {
  population: {
    value: 1_014_015,
    unit: 'people',
    source:
      'Committee on Statistics of Kazakhstan, 1 September 2017, as quoted in the Russian Wikipedia article on Astana',
    asOf: '2017-09-01',
    grade: 'press',
  },
  peakW: {
    value: 550e6,
    unit: 'W',
    source:
      'No published winter peak of 2017 was found. 550 MW is what the city networks could carry before the 220 kV ring of 2014 raised it to 1,500 MW (Astana REC, strategy2050.kz, 4 July 2014); taken as the peak of the snapshot year',
    asOf: '2014-07-04',
    grade: 'assumption',
  },
  normKwhPerPerson: {
    value: 2310,
    unit: 'kWh/person·a',
    source:
      'Planning norm for households, public buildings and utilities of a large city with electric stoves (1,870 without), RD 34.20.185-94 as reprinted in regional building norms, decision 39/11 of 13 July 2011, table 15',
    asOf: '2011-07-13',
    grade: 'doc',
  },
}

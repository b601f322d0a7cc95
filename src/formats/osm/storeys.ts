import type { Fact } from '../../base/quantity.ts'
import { BUILDING_USES, type BuildingUse } from '../../model/city.ts'

const CTBUH =
  'CTBUH Height Calculator, typical occupied floor-to-floor height (as quoted at allaboutconstruction.blogspot.com, 2013)'

const fact = (value: number, source: string, grade: Fact['grade']): Fact => ({
  value,
  unit: 'm',
  source,
  asOf: '2013-10-01',
  grade,
})

/** Floor to floor, by what a building is used for. */
export const STOREY_HEIGHT_M = {
  office: fact(3.9, `${CTBUH}: office`, 'press'),
  residential: fact(3.1, `${CTBUH}: residential and hotel`, 'press'),
  mixed: fact(3.5, `${CTBUH}: function unknown or mixed use`, 'press'),
  hall: fact(5, 'one clear floor of a workshop or warehouse', 'assumption'),
  garage: fact(2.8, 'one floor of parked cars', 'assumption'),
} as const satisfies Record<string, Fact>

const BY_USE: Readonly<Record<BuildingUse, keyof typeof STOREY_HEIGHT_M>> = {
  unknown: 'mixed',
  house: 'residential',
  apartments: 'residential',
  office: 'office',
  retail: 'office',
  industrial: 'hall',
  school: 'mixed',
  hospital: 'office',
  public: 'office',
  hotel: 'residential',
  garage: 'garage',
  religious: 'hall',
  other: 'mixed',
}

/**
 * Most low buildings of a city are homes, whether or not somebody mapped that:
 * up to this many levels an unknown use counts as residential.
 */
const LOW_LEVELS = 5

/** Height of one storey in metres. A many-storeyed works building has office floors, not halls. */
export function storeyHeightM(use: number, levels: number): number {
  const kind = BY_USE[BUILDING_USES[use] ?? 'unknown']
  if (kind === 'mixed' && use === 0 && levels <= LOW_LEVELS) return STOREY_HEIGHT_M.residential.value
  if (kind === 'hall' && levels > 2) return STOREY_HEIGHT_M.office.value
  return STOREY_HEIGHT_M[kind].value
}

/** Height of a building of which nothing is known but its use and size, and that has no neighbours to go by. */
export function typicalHeightM(use: number, footprintM2: number): number {
  const kind = BUILDING_USES[use] ?? 'unknown'
  if (kind === 'apartments') return 5 * STOREY_HEIGHT_M.residential.value
  if (kind === 'garage') return STOREY_HEIGHT_M.garage.value
  if (kind === 'house' || footprintM2 < 40) return STOREY_HEIGHT_M.residential.value
  if (kind === 'office' || kind === 'hotel' || kind === 'hospital') return 4 * storeyHeightM(use, 4)
  if (kind === 'school' || kind === 'public') return 3 * storeyHeightM(use, 3)
  if (kind === 'industrial' || kind === 'retail' || kind === 'religious') return 7
  return footprintM2 > 400 ? 3 * STOREY_HEIGHT_M.mixed.value : 2 * STOREY_HEIGHT_M.residential.value
}

import type { CoverageInput } from '../../../src/engines/radio/coverage.ts'
import { footprintBoxes } from '../../../src/engines/radio/heightField.ts'
import { blockBuildings } from '../../support/tinyCity.ts'

const buildings = blockBuildings([{ x: 60, y: -20, w: 40, h: 40, heightM: 30 }])
const input = (more: Partial<CoverageInput> = {}, radio: object = {}): CoverageInput => ({
  buildings,
  boxes: footprintBoxes(buildings),
  transmitters: [
    { id: 'a', xM: 0, yM: 0, heightM: 20, eirpDbm: 16, freqMhz: 868, rangeM: 500, sensitivityDbm: -137, ...radio },
  ],
  cellM: 10,
  model: 'bullington',
  ...more,
})

export const sample = () => input()

export const broken = [
  { title: 'a model that does not exist', input: () => input({ model: 'magic' }) },
  { title: 'cells of no size', input: () => input({ cellM: 0 }) },
  { title: 'an antenna under ground', input: () => input({}, { heightM: -3 }) },
  { title: 'a range without end', input: () => input({}, { rangeM: Infinity }) },
  { title: 'no position', input: () => input({}, { xM: NaN }) },
]

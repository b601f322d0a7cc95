import { finish } from '../../src/base/steps.ts'
import { geoJson } from '../../src/formats/geoJson/index.ts'
import type { City } from '../../src/model/city.ts'
import { boxRing, building, collection, feature, near } from './featureCollection.ts'

export interface TownOptions {
  readonly blocks?: number // per side
  readonly substation?: boolean
  readonly streets?: boolean
  readonly id?: string
}

const BLOCK_M = 120

/**
 * A small town in the manner of a chequerboard: streets around every block, four houses in each, a tall house in every
 * fifth, a mall, a workshop in an industrial area, a farm out in the fields, and a substation at the south-west corner.
 */
export function aTown({ blocks = 5, substation = true, streets = true, id = 'town' }: TownOptions = {}): City {
  const side = blocks * BLOCK_M
  const features: unknown[] = []
  let way = 1
  const next = () => `way/${way++}`
  const line = (from: readonly [number, number], to: readonly [number, number]) =>
    feature(next(), { highway: 'residential' }, { type: 'LineString', coordinates: [near(...from), near(...to)] })
  for (let k = 0; k <= blocks && streets; k++) {
    for (let j = 0; j < blocks; j++) {
      features.push(line([k * BLOCK_M, j * BLOCK_M], [k * BLOCK_M, (j + 1) * BLOCK_M]))
      features.push(line([j * BLOCK_M, k * BLOCK_M], [(j + 1) * BLOCK_M, k * BLOCK_M]))
    }
  }
  for (let i = 0; i < blocks; i++) {
    for (let j = 0; j < blocks; j++) {
      const [x, y] = [i * BLOCK_M, j * BLOCK_M]
      const tall = (i + j * blocks) % 5 === 0
      if (tall) features.push(building(next(), { 'building:levels': '9' }, boxRing(x + 30, y + 30, 50, 15)))
      else
        for (const [dx, dy] of [
          [15, 15],
          [85, 15],
          [15, 85],
          [85, 85],
        ] as const)
          features.push(building(next(), { 'building:levels': '1' }, boxRing(x + dx, y + dy, 12, 10)))
    }
  }
  features.push(building(next(), { building: 'retail', 'building:levels': '3' }, boxRing(side + 30, 20, 100, 60)))
  features.push(
    feature(next(), { landuse: 'industrial' }, { type: 'Polygon', coordinates: [boxRing(side + 20, 150, 150, 150)] }),
    building(next(), { 'building:levels': '1' }, boxRing(side + 40, 180, 60, 30)),
    building(next(), { building: 'house', 'building:levels': '1' }, boxRing(-900, 40, 10, 10)),
  )
  if (substation)
    features.push(
      feature('node/1', { power: 'substation', name: 'South' }, { type: 'Point', coordinates: near(-40, -40) }),
    )
  const { city } = finish(geoJson.read([collection(...features)]))
  return { ...city, meta: { ...city.meta, id, dataDate: '2017-06-01', utcOffsetH: 5 } }
}

import { TwinError } from '../../base/errors.ts'
import type { City } from '../../model/city.ts'
import { POINT_KINDS, ROAD_CLASSES, tagOf } from '../../model/city.ts'
import { type CityCounts, defineFormat } from '../format.ts'
import { brokenCity } from './checkColumns.ts'
import { decodeCityFile, isCityFile } from './decodeCity.ts'

/** A city as this product writes it: one buffer of columns, read in milliseconds. */
export const cityFile = defineFormat({
  id: 'vcity',
  title: 'Veracity city file',
  extensions: ['.vcity'],
  sniff: isCityFile,
  *read(files, options = {}) {
    const [file, another] = files
    if (another) throw brokenCity(another.name, `a city file stands alone, but ${files.length} were given`)
    yield 0
    const { city, about } = decodeCityFile(file!.bytes, file!.name)
    if (city.buildings.count + city.roads.count === 0) {
      throw new TwinError('CITY_EMPTY', `"${file!.name}" holds neither a building nor a road.`)
    }
    yield 0.9
    // the frame is fixed by the file; a caller may rename a city, not move it
    const { originLatDeg, originLonDeg } = city.meta
    const meta = { ...city.meta, ...options.meta, originLatDeg, originLonDeg }
    return { city: { ...city, meta }, findings: about?.findings ?? [], counts: about?.counts ?? countCity(city) }
  },
})

/** Counts of a file that carries none: what is in it is all one can know. */
function countCity({ buildings, roads, areas, powerLines, points }: City): CityCounts {
  const distinct = (ids: ArrayLike<number>, when: (i: number) => boolean): number => {
    const seen = new Set<number>()
    for (let i = 0; i < ids.length; i++) if (when(i)) seen.add(ids[i]!)
    return seen.size
  }
  const kind = (name: (typeof POINT_KINDS)[number]): number => {
    const wanted = POINT_KINDS.indexOf(name)
    return points.kind.reduce((n, k) => n + (k === wanted ? 1 : 0), 0)
  }
  const rail = ROAD_CLASSES.indexOf('rail')
  const isOutline = (i: number): boolean => tagOf(buildings.tags, i, 'building') !== undefined
  const ids = buildings.osm.id
  const roadCount = roads.class.reduce((n, c) => n + (c === rail ? 0 : 1), 0)
  return {
    buildings: distinct(ids, isOutline),
    buildingRecords: distinct(ids, isOutline),
    buildingsWithoutOutline: 0,
    buildingsWithHeight: distinct(ids, (i) => isOutline(i) && buildings.heightSource[i] !== 2),
    buildingParts: distinct(ids, (i) => tagOf(buildings.tags, i, 'building:part') !== undefined),
    roads: roadCount,
    roadsJoined: roadCount,
    railways: roads.count - roadCount,
    powerTowers: kind('power-tower'),
    powerLines: powerLines.count,
    powerLinesJoined: powerLines.count,
    substations: kind('substation'),
    transformers: kind('transformer'),
    trees: kind('tree'),
    areas: areas.count,
    points: points.count,
  }
}

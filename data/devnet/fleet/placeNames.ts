import Flatbush from 'flatbush'
import { type City, type Tags, tagOf } from '../../../src/model/city.ts'
import { placeAddress, placeName } from '../../../src/model/placeName.ts'

/** How people call a place, for the titles of devices. */
export interface PlaceNames {
  /** A building by its address, its own name, or the street beside it. */
  ofBuilding(building: number): string
  /** A mapped point or area by its name, or the street beside it. */
  ofFeature(tags: Tags, feature: number, xM: number, yM: number): string
  /** The nearest named street. */
  near(xM: number, yM: number): string
}

const FAR_M = 400 // a street farther away than this says nothing about a place

/** Creates the names of a city's places. */
export function createPlaceNames(city: City): PlaceNames {
  const { roads, buildings } = city
  const names: string[] = []
  const vertices: number[] = []
  for (let road = 0; road < roads.count; road++) {
    const name = placeName(roads.tags, road)
    if (!name || tagOf(roads.tags, road, 'bridge')) continue // a bridge is no address
    for (let i = roads.lines.start[road]!; i < roads.lines.start[road + 1]!; i++) {
      names.push(name)
      vertices.push(roads.lines.xM[i]!, roads.lines.yM[i]!)
    }
  }
  const index = names.length > 0 ? new Flatbush(names.length) : null
  for (let i = 0; i < names.length; i++) index?.add(vertices[2 * i]!, vertices[2 * i + 1]!)
  index?.finish()

  const near = (xM: number, yM: number): string => {
    const [found] = index?.neighbors(xM, yM, 1, FAR_M) ?? []
    return found === undefined ? city.meta.title : names[found]!
  }
  return {
    near,
    ofBuilding(building) {
      const number = tagOf(buildings.tags, building, 'addr:housenumber')
      const address = number ? placeAddress(buildings.tags, building) : ''
      if (address) return address
      const own = placeName(buildings.tags, building)
      if (own) return own
      const beside = near(buildings.centreXM[building]!, buildings.centreYM[building]!)
      return number ? `${beside} ${number}` : beside
    },
    ofFeature: (tags, feature, xM, yM) => placeName(tags, feature) || near(xM, yM),
  }
}

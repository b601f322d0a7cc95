import { AREA_KINDS, BUILDING_USES, type BuildingUse, type City, type Polygons } from '../../model/city.ts'
import { storeysOf } from './floors.ts'

/** Rules for what is mapped only as `building=yes`, all of them assumptions. */
const FLATS_FROM_STOREYS = 3
const HOUSE_UP_TO_M2 = 300

/** Even-odd test of a point against all rings of a polygon, holes included. */
function isInside({ rings, start }: Polygons, polygon: number, xM: number, yM: number): boolean {
  let inside = false
  for (let ring = start[polygon]; ring < start[polygon + 1]; ring++) {
    const end = rings.start[ring + 1]
    for (let i = rings.start[ring], j = end - 1; i < end; j = i++) {
      const yi = rings.yM[i]
      const yj = rings.yM[j]
      if (yi > yM === yj > yM) continue
      if (xM < rings.xM[i] + ((yM - yi) / (yj - yi)) * (rings.xM[j] - rings.xM[i])) inside = !inside
    }
  }
  return inside
}

/** The industrial areas of a city with their boxes, to ask for many points. */
function industrialAreas({ areas }: City): (xM: number, yM: number) => boolean {
  const kind = AREA_KINDS.indexOf('industrial')
  const found: { polygon: number; box: [number, number, number, number] }[] = []
  for (let area = 0; area < areas.count; area++) {
    if (areas.kind[area] !== kind) continue
    for (let polygon = areas.polygonStart[area]; polygon < areas.polygonStart[area + 1]; polygon++) {
      const { rings, start } = areas.polygons
      const box: [number, number, number, number] = [Infinity, Infinity, -Infinity, -Infinity]
      for (let i = rings.start[start[polygon]]; i < rings.start[start[polygon] + 1]; i++) {
        box[0] = Math.min(box[0], rings.xM[i])
        box[1] = Math.min(box[1], rings.yM[i])
        box[2] = Math.max(box[2], rings.xM[i])
        box[3] = Math.max(box[3], rings.yM[i])
      }
      found.push({ polygon, box })
    }
  }
  return (xM, yM) =>
    found.some(
      ({ polygon, box }) =>
        xM >= box[0] && yM >= box[1] && xM <= box[2] && yM <= box[3] && isInside(areas.polygons, polygon, xM, yM),
    )
}

/** A use for every building, and whether it was guessed from where it stands, how high it is and how large. */
export function settleUses(city: City): { use: Uint8Array; assumed: Uint8Array } {
  const { buildings } = city
  const isIndustrial = industrialAreas(city)
  const use = new Uint8Array(buildings.count)
  const assumed = new Uint8Array(buildings.count)
  const indexOf = (name: BuildingUse) => BUILDING_USES.indexOf(name)
  const unknown = indexOf('unknown')
  for (let b = 0; b < buildings.count; b++) {
    use[b] = buildings.use[b]
    if (use[b] !== unknown) continue
    assumed[b] = 1
    if (isIndustrial(buildings.centreXM[b], buildings.centreYM[b])) use[b] = indexOf('industrial')
    else if (storeysOf(city, b) >= FLATS_FROM_STOREYS) use[b] = indexOf('apartments')
    else use[b] = indexOf(buildings.footprintM2[b] <= HOUSE_UP_TO_M2 ? 'house' : 'other')
  }
  return { use, assumed }
}

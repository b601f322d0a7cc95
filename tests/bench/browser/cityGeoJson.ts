import { createEnu } from '../../../src/geo/enu.ts'
import type { City } from '../../../src/model/city.ts'

/** Degrees to seven places, about a centimetre: what exporters of GeoJSON write. */
const round = (deg: number): number => Math.round(deg * 1e7) / 1e7

/** Every building that the product draws as GeoJSON: the same footprints, holes, heights and undersides. */
export function cityGeoJson(city: City): { text: string; features: number } {
  const { count, polygonStart, polygons, heightM, minHeightM, hasParts } = city.buildings
  const { start, xM, yM } = polygons.rings
  const enu = createEnu(city.meta.originLatDeg, city.meta.originLonDeg)
  const place = new Float64Array(2)
  const ringOf = (ring: number): [number, number][] => {
    const points: [number, number][] = []
    for (let v = start[ring]!; v < start[ring + 1]!; v++) {
      enu.toGeo(xM[v]!, yM[v]!, place)
      points.push([round(place[1]!), round(place[0]!)])
    }
    points.push(points[0]!)
    return points
  }
  const features: unknown[] = []
  for (let i = 0; i < count; i++) {
    if (hasParts[i] === 1) continue // drawn by its parts
    for (let p = polygonStart[i]!; p < polygonStart[i + 1]!; p++) {
      const rings: [number, number][][] = []
      for (let r = polygons.start[p]!; r < polygons.start[p + 1]!; r++) rings.push(ringOf(r))
      features.push({
        type: 'Feature',
        properties: { height: Math.round(heightM[i]! * 10) / 10, base: Math.round(minHeightM[i]! * 10) / 10 },
        geometry: { type: 'Polygon', coordinates: rings },
      })
    }
  }
  return { text: JSON.stringify({ type: 'FeatureCollection', features }), features: features.length }
}

import { defineRasterFormat } from './rasterFormat.ts'
import { type ServerArea, serverAreas } from './serverAreas.ts'

/** Violet like everything modelled, half open, as aabbggrr. */
const FILL = '80d6577c'
const LINE = 'ffd6577c'

const escaped = (text: string): string =>
  text.replace(/[&<>"']/g, (c) => `&#${c.charCodeAt(0)};`).replace(/[^\t\n\r\u0020-\uffff]/g, '?')

const ringText = (ring: ServerArea['polygons'][number][number]): string =>
  `<LinearRing><coordinates>${ring.map(([lon, lat]) => `${lon},${lat}`).join(' ')}</coordinates></LinearRing>`

function placemark({ transmitter, areaKm2, lonDeg, latDeg, polygons }: ServerArea, told: string): string {
  const shapes = polygons.map(([outer, ...holes]) =>
    [
      '<Polygon><tessellate>1</tessellate><outerBoundaryIs>',
      ringText(outer!),
      '</outerBoundaryIs>',
      ...holes.map((hole) => `<innerBoundaryIs>${ringText(hole)}</innerBoundaryIs>`),
      '</Polygon>',
    ].join(''),
  )
  return [
    `<Placemark><name>${escaped(transmitter.id)}</name>`,
    `<description>${escaped(`${areaKm2.toPrecision(3)} km² served best, modelled. ${told}`)}</description>`,
    '<styleUrl>#modelled</styleUrl><MultiGeometry>',
    `<Point><coordinates>${lonDeg},${latDeg}</coordinates></Point>`,
    ...shapes,
    '</MultiGeometry></Placemark>',
  ].join('\n')
}

/** For each transmitter the area it serves best. Source: OGC KML 2.2 (07-147r2). */
export const kmlCoverage = defineRasterFormat({
  id: 'kml',
  title: 'KML',
  extensions: ['.kml'],
  write(coverage) {
    const told = `Model: ${coverage.raster.model}. ${coverage.source}`
    const text = [
      '<?xml version="1.0" encoding="UTF-8"?>',
      '<kml xmlns="http://www.opengis.net/kml/2.2"><Document><name>Radio coverage, modelled</name>',
      `<Style id="modelled"><LineStyle><color>${LINE}</color></LineStyle><PolyStyle><color>${FILL}</color></PolyStyle></Style>`,
      ...serverAreas(coverage).map((area) => placemark(area, told)),
      '</Document></kml>',
      '',
    ].join('\n')
    return new TextEncoder().encode(text)
  },
})

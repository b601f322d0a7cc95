import { defineRasterFormat } from './rasterFormat.ts'
import { serverAreas } from './serverAreas.ts'

/** For each transmitter the area it serves best, and the place it stands at. Source: RFC 7946. */
export const geoJsonCoverage = defineRasterFormat({
  id: 'geojson',
  title: 'GeoJSON',
  extensions: ['.geojson'],
  write(coverage) {
    const { raster, source } = coverage
    const features = serverAreas(coverage).flatMap(({ transmitter, areaKm2, lonDeg, latDeg, polygons }) => {
      const { id, heightM, eirpDbm, freqMhz, sensitivityDbm } = transmitter
      const properties = { transmitter: id, heightM, eirpDbm, freqMhz, sensitivityDbm }
      return [
        {
          type: 'Feature',
          properties: { ...properties, areaKm2, tag: 'modelled', model: raster.model, cellM: raster.cellM, source },
          geometry: { type: 'MultiPolygon', coordinates: polygons },
        },
        { type: 'Feature', properties, geometry: { type: 'Point', coordinates: [lonDeg, latDeg] } },
      ]
    })
    return new TextEncoder().encode(`${JSON.stringify({ type: 'FeatureCollection', features })}\n`)
  },
})

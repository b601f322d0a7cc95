import type { InputFile } from '../../src/formats/format.ts'

type Place = readonly [number, number]

/** About metres east and north of a place near Bayterek, as degrees. Good to a few centimetres within a kilometre. */
export const near = (xM: number, yM: number): Place => [71.43 + xM / 69_990, 51.128 + yM / 111_267]

export const ringOf = (...corners: Place[]): Place[] => {
  const ring = corners.map(([x, y]) => near(x, y))
  return [...ring, ring[0]!]
}

export const boxRing = (x: number, y: number, width: number, depth: number): Place[] =>
  ringOf([x, y], [x + width, y], [x + width, y + depth], [x, y + depth])

export const feature = (id: string | null, properties: Record<string, unknown>, geometry: unknown) => ({
  type: 'Feature',
  ...(id === null ? {} : { id }),
  properties,
  geometry,
})

export const building = (id: string | null, properties: Record<string, unknown>, ...rings: Place[][]) =>
  feature(id, { building: 'yes', ...properties }, { type: 'Polygon', coordinates: rings })

/** A GeoJSON file of these features. */
export const collection = (...features: unknown[]): InputFile => ({
  name: 'made.geojson',
  bytes: new TextEncoder().encode(JSON.stringify({ type: 'FeatureCollection', features })),
})

/** The same features one on each line, as GeoJSONSeq has them, marked or not. */
export function sequenceOf({ bytes }: InputFile, mark = ''): InputFile {
  const { features } = JSON.parse(new TextDecoder().decode(bytes)) as { features: unknown[] }
  const lines = features.map((own) => `${mark}${JSON.stringify(own)}\n`)
  return { name: 'made.geojsonl', bytes: new TextEncoder().encode(lines.join('')) }
}

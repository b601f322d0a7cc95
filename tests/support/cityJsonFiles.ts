import type { InputFile } from '../../src/formats/format.ts'

type Vertex = [number, number, number]
type Json = Record<string, unknown>

interface Box {
  readonly x: number
  readonly y: number
  readonly width: number
  readonly depth: number
  readonly low: number
  readonly high: number
}

/** A box as a Solid, with its vertices in whole millimetres from a corner of the city, outside of each face in sight. */
export function boxSolid(
  { x, y, width, depth, low, high }: Box,
  first: number,
): { geometry: Json; vertices: Vertex[] } {
  const at = (dx: number, dy: number, z: number): Vertex => [1000 * (x + dx), 1000 * (y + dy), 1000 * z]
  const vertices = [low, high].flatMap((z) => [at(0, 0, z), at(width, 0, z), at(width, depth, z), at(0, depth, z)])
  const faces = [
    [3, 2, 1, 0],
    [4, 5, 6, 7],
    [0, 1, 5, 4],
    [1, 2, 6, 5],
    [2, 3, 7, 6],
    [3, 0, 4, 7],
  ]
  const shell = faces.map((face) => [face.map((v) => v + first)])
  return { geometry: { type: 'Solid', lod: '2', boundaries: [shell] }, vertices }
}

export const RD = 'https://www.opengis.net/def/crs/EPSG/0/7415'

interface Made {
  readonly version?: unknown
  readonly referenceSystem?: unknown
  readonly objects?: (add: (box: Box) => Json) => Record<string, Json>
}

/** A house of its own, a house of two parts one of which bridges a gap, a square, a tree, a bridge. */
const twoHouses = (add: (box: Box) => Json): Record<string, Json> => ({
  'house-1': {
    type: 'Building',
    attributes: { measuredHeight: 8, name: 'One', storeysAboveGround: 3, list: [1] },
    geometry: [add({ x: 0, y: 0, width: 10, depth: 8, low: 1, high: 10 })],
  },
  'house-2': { type: 'Building', children: ['part-a', 'part-b'] },
  'part-a': {
    type: 'BuildingPart',
    parents: ['house-2'],
    geometry: [add({ x: 20, y: 0, width: 10, depth: 10, low: 2, high: 8 })],
  },
  'part-b': {
    type: 'BuildingPart',
    parents: ['house-2'],
    geometry: [add({ x: 30, y: 0, width: 5, depth: 10, low: 6, high: 12 })],
  },
  square: {
    type: 'TransportSquare',
    geometry: [add({ x: 0, y: 40, width: 30, depth: 30, low: 0, high: 0 })],
  },
  bridge: { type: 'Bridge', geometry: [] },
})

function parts({ version = '2.0', referenceSystem = RD, objects = twoHouses }: Made) {
  const vertices: Vertex[] = []
  const cityObjects = objects((box) => {
    const { geometry, vertices: own } = boxSolid(box, vertices.length)
    vertices.push(...own)
    return geometry
  })
  const head = {
    type: 'CityJSON',
    ...(version === undefined ? {} : { version }),
    transform: { scale: [0.001, 0.001, 0.001], translate: [85_000, 447_000, 0] },
    ...(referenceSystem === null
      ? {}
      : { metadata: { referenceSystem, title: 'Two houses', referenceDate: '2024-05-06' } }),
  }
  return { head, cityObjects, vertices }
}

export function asCityJson(made: Made = {}): InputFile {
  const { head, cityObjects, vertices } = parts(made)
  const text = JSON.stringify({ ...head, CityObjects: cityObjects, vertices })
  return { name: 'made.city.json', bytes: new TextEncoder().encode(text) }
}

/** The same as a sequence: a feature for each object that has no parents, with its children and its own vertices. */
export function asCityJsonSeq(made: Made = {}): InputFile {
  const { head, cityObjects, vertices } = parts(made)
  const lines = [JSON.stringify({ ...head, CityObjects: {}, vertices: [] })]
  for (const [id, object] of Object.entries(cityObjects)) {
    if (object.parents) continue
    const family = [id, ...((object.children as string[] | undefined) ?? [])]
    const own = Object.fromEntries(family.map((member) => [member, cityObjects[member]!]))
    lines.push(JSON.stringify({ type: 'CityJSONFeature', id, CityObjects: own, vertices }))
  }
  return { name: 'made.city.jsonl', bytes: new TextEncoder().encode(`${lines.join('\n')}\n`) }
}

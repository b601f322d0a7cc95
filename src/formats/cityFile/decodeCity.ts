import type { City, CityMeta, OsmIds, Polygons, Rings, Tags } from '../../model/city.ts'
import { brokenCity, checkColumns } from './checkColumns.ts'
import { COLUMN_BYTES, COLUMNS, type Column, type ColumnType, isStart, KINDS } from './columns.ts'
import { type CityAbout, HEAD_BYTES, MAGIC, VERSION } from './encodeCity.ts'

const align8 = (n: number): number => (n + 7) & ~7

interface Header {
  readonly meta: CityMeta
  readonly about?: CityAbout
  readonly counts: Readonly<Record<(typeof KINDS)[number], number>>
  readonly wordCount: number
  readonly wordBytes: number
  readonly lengths: readonly number[]
}

export const isCityFile = (bytes: Uint8Array): boolean =>
  bytes.length >= HEAD_BYTES && new DataView(bytes.buffer, bytes.byteOffset).getUint32(0, true) === MAGIC

/**
 * Reads what {@link encodeCity} wrote. The columns are views into `bytes` where they lie on eight bytes, else into one
 * copy (start columns are their own); so whoever transfers one column's buffer gives the whole city away.
 *
 * Throws   FORMAT_BROKEN when it is no city file, of another version, cut off, or does not add up
 */
export const decodeCity = (bytes: Uint8Array, name = 'city.vcity'): City => decodeCityFile(bytes, name).city

export function decodeCityFile(input: Uint8Array, file: string): { city: City; about: CityAbout | undefined } {
  if (!isCityFile(input)) throw brokenCity(file, 'it does not start with VCTY')
  const bytes = input.byteOffset % 8 === 0 ? input : input.slice()
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength)
  const version = view.getUint32(4, true)
  if (version !== VERSION) throw brokenCity(file, `it has version ${version}, expected ${VERSION}`)
  const headerBytes = view.getUint32(8, true)
  if (HEAD_BYTES + headerBytes > bytes.length || view.getUint32(12, true) !== COLUMNS.length) {
    throw brokenCity(file, 'its header is cut off')
  }
  const header = readHeader(bytes.subarray(HEAD_BYTES, HEAD_BYTES + headerBytes), file)
  let at = align8(HEAD_BYTES + headerBytes)
  if (at + header.wordBytes > bytes.length) throw brokenCity(file, 'its words are cut off')
  const words = new TextDecoder().decode(bytes.subarray(at, at + header.wordBytes)).split('\0')
  words.pop()
  if (words.length !== header.wordCount) {
    throw brokenCity(file, `it has ${words.length} words, expected ${header.wordCount}`)
  }
  at += align8(header.wordBytes)

  const columns = new Map<string, Column>()
  for (const [i, { name, type }] of COLUMNS.entries()) {
    const length = header.lengths[i]!
    const size = length * COLUMN_BYTES[type]
    if (at + size > bytes.length) throw brokenCity(file, `${name} is cut off`)
    const column = viewOf(type, bytes.buffer as ArrayBuffer, bytes.byteOffset + at, length)
    columns.set(name, isStart(name) ? sumsOf(column, name, file) : column)
    at += align8(size)
  }
  checkColumns(file, header.counts, words.length, columns)
  return { city: assemble(header, words, columns), about: isAbout(header.about) ? header.about : undefined }
}

function sumsOf(differences: Column, name: string, file: string): Uint32Array {
  const out = new Uint32Array(differences.length)
  let sum = 0
  for (let i = 0; i < out.length; i++) {
    sum += differences[i]!
    out[i] = sum
  }
  if (sum > 0xffffffff) throw brokenCity(file, `${name} rises beyond 32 bits`)
  return out
}

function viewOf(type: ColumnType, buffer: ArrayBuffer, offset: number, length: number): Column {
  switch (type) {
    case 'f64':
      return new Float64Array(buffer, offset, length)
    case 'f32':
      return new Float32Array(buffer, offset, length)
    case 'u32':
      return new Uint32Array(buffer, offset, length)
    case 'i32':
      return new Int32Array(buffer, offset, length)
    case 'u8':
      return new Uint8Array(buffer, offset, length)
  }
}

const isCount = (value: unknown): value is number => typeof value === 'number' && Number.isInteger(value) && value >= 0

/** What was noted is of use only whole. */
const isAbout = (about: Partial<CityAbout> | undefined): about is CityAbout =>
  typeof about?.counts === 'object' &&
  about.counts !== null &&
  Object.values(about.counts).every(isCount) &&
  Array.isArray(about.findings) &&
  about.findings.every((finding) => typeof finding?.code === 'string' && Array.isArray(finding.ids))

function readHeader(bytes: Uint8Array, file: string): Header {
  let header: Partial<Header> | null
  try {
    header = JSON.parse(new TextDecoder().decode(bytes)) as Partial<Header> | null
  } catch {
    throw brokenCity(file, 'its header is no JSON')
  }
  const meta = header?.meta
  const sound =
    isCount(header?.wordCount) &&
    isCount(header.wordBytes) &&
    Array.isArray(header.lengths) &&
    header.lengths.length === COLUMNS.length &&
    header.lengths.every(isCount) &&
    KINDS.every((kind) => isCount(header.counts?.[kind])) &&
    typeof meta?.id === 'string' &&
    typeof meta.title === 'string' &&
    Math.abs(meta.originLatDeg) < 90 &&
    Math.abs(meta.originLonDeg) <= 180 &&
    Array.isArray(meta.boundsDeg) &&
    meta.boundsDeg.length === 4 &&
    meta.boundsDeg.every((deg) => Number.isFinite(deg)) &&
    Number.isFinite(meta.utcOffsetH) &&
    [meta.dataDate, meta.source, meta.licence, meta.attribution].every((text) => typeof text === 'string')
  if (!sound) throw brokenCity(file, 'its header does not name what it holds')
  return header as Header
}

function assemble(header: Header, words: readonly string[], columns: ReadonlyMap<string, Column>): City {
  const get = <Kind extends Column>(name: string): Kind => columns.get(name) as Kind
  const osm = (of: string): OsmIds => ({ id: get(`${of}.osm.id`), type: get(`${of}.osm.type`) })
  const tags = (of: string): Tags => ({
    start: get(`${of}.tags.start`),
    key: get(`${of}.tags.key`),
    value: get(`${of}.tags.value`),
    words,
  })
  const rings = (of: string): Rings => ({ start: get(`${of}.start`), xM: get(`${of}.xM`), yM: get(`${of}.yM`) })
  const polygons = (of: string): { polygonStart: Uint32Array; polygons: Polygons } => ({
    polygonStart: get(`${of}.polygonStart`),
    polygons: { start: get(`${of}.polygons.start`), rings: rings(`${of}.polygons.rings`) },
  })
  return {
    meta: header.meta,
    buildings: {
      count: header.counts.buildings,
      osm: osm('buildings'),
      ...polygons('buildings'),
      heightM: get('buildings.heightM'),
      minHeightM: get('buildings.minHeightM'),
      levels: get('buildings.levels'),
      heightSource: get('buildings.heightSource'),
      use: get('buildings.use'),
      parent: get('buildings.parent'),
      hasParts: get('buildings.hasParts'),
      colour: get('buildings.colour'),
      footprintM2: get('buildings.footprintM2'),
      centreXM: get('buildings.centreXM'),
      centreYM: get('buildings.centreYM'),
      tags: tags('buildings'),
    },
    roads: {
      count: header.counts.roads,
      osm: osm('roads'),
      lines: rings('roads.lines'),
      class: get('roads.class'),
      widthM: get('roads.widthM'),
      tags: tags('roads'),
    },
    areas: {
      count: header.counts.areas,
      osm: osm('areas'),
      ...polygons('areas'),
      kind: get('areas.kind'),
      tags: tags('areas'),
    },
    powerLines: {
      count: header.counts.powerLines,
      osm: osm('powerLines'),
      lines: rings('powerLines.lines'),
      voltageV: get('powerLines.voltageV'),
      circuits: get('powerLines.circuits'),
      tags: tags('powerLines'),
    },
    points: {
      count: header.counts.points,
      osm: osm('points'),
      xM: get('points.xM'),
      yM: get('points.yM'),
      kind: get('points.kind'),
      tags: tags('points'),
    },
  }
}

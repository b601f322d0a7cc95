import { deflateSync } from 'node:zlib'
import { PbfWriter } from 'pbf'
import type { InputFile } from '../../src/formats/format.ts'

type Tags = Readonly<Record<string, string>>

/** A small piece of OpenStreetMap, to be written in each of its formats. Places in degrees. */
export interface OsmPiece {
  readonly nodes: readonly { id: number; lat: number; lon: number; tags?: Tags }[]
  readonly ways: readonly { id: number; nodes: readonly number[]; tags?: Tags }[]
  readonly relations: readonly {
    id: number
    members: readonly { type: 'node' | 'way' | 'relation'; ref: number; role: string }[]
    tags?: Tags
  }[]
}

const bytesOf = (text: string): Uint8Array => new TextEncoder().encode(text)

const escapeXml = (text: string): string =>
  text.replace(/[&<>"]/g, (c) => ({ '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' })[c]!)

const xmlTags = (tags: Tags = {}): string =>
  Object.entries(tags)
    .map(([k, v]) => `    <tag k="${escapeXml(k)}" v="${escapeXml(v)}"/>\n`)
    .join('')

export function asXml({ nodes, ways, relations }: OsmPiece): InputFile {
  const text = [
    `<?xml version='1.0' encoding='UTF-8'?>\n<osm version="0.6" generator="test">\n`,
    ...nodes.map(({ id, lat, lon, tags }) => {
      const head = `  <node id="${id}" version="1" timestamp="2020-02-03T04:05:06Z" lat="${lat}" lon="${lon}"`
      return tags ? `${head}>\n${xmlTags(tags)}  </node>\n` : `${head}/>\n`
    }),
    ...ways.map(
      ({ id, nodes: refs, tags }) =>
        `  <way id="${id}">\n${refs.map((ref) => `    <nd ref="${ref}"/>\n`).join('')}${xmlTags(tags)}  </way>\n`,
    ),
    ...relations.map(
      ({ id, members, tags }) =>
        `  <relation id="${id}">\n${members
          .map(({ type, ref, role }) => `    <member type="${type}" ref="${ref}" role="${role}"/>\n`)
          .join('')}${xmlTags(tags)}  </relation>\n`,
    ),
    '</osm>\n',
  ]
  return { name: 'made.osm', bytes: bytesOf(text.join('')) }
}

export function asOverpass({ nodes, ways, relations }: OsmPiece): InputFile {
  const elements = [
    ...nodes.map((node) => ({ type: 'node', ...node, timestamp: '2020-02-03T04:05:06Z' })),
    ...ways.map((way) => ({ type: 'way', ...way })),
    ...relations.map((relation) => ({ type: 'relation', ...relation })),
  ]
  return { name: 'made.json', bytes: bytesOf(JSON.stringify({ version: 0.6, generator: 'test', elements }, null, 1)) }
}

/** The same answer as `out geom` gives it: geometry in ways and members, no nodes but the tagged ones. */
export function asOverpassGeom({ nodes, ways, relations }: OsmPiece): InputFile {
  const places = new Map(nodes.map(({ id, lat, lon }) => [id, { lat, lon }]))
  const lines = new Map(ways.map(({ id, nodes: refs }) => [id, refs.map((ref) => places.get(ref))]))
  const elements = [
    ...nodes.filter(({ tags }) => tags).map((node) => ({ type: 'node', ...node, timestamp: '2020-02-03T04:05:06Z' })),
    ...ways.filter(({ tags }) => tags).map((way) => ({ type: 'way', ...way, geometry: lines.get(way.id) })),
    ...relations.map((relation) => ({
      type: 'relation',
      ...relation,
      members: relation.members.map((member) => ({ ...member, geometry: lines.get(member.ref) })),
    })),
  ]
  return { name: 'made.json', bytes: bytesOf(JSON.stringify({ elements })) }
}

interface PbfOptions {
  readonly dense?: boolean
  readonly packed?: boolean // zlib, or as it is
  readonly needs?: readonly string[]
}

/** Written after the OpenStreetMap wiki's description, apart from the reader. */
export function asPbf(piece: OsmPiece, { dense = true, packed = true, needs = [] }: PbfOptions = {}): InputFile {
  const header = new PbfWriter()
  for (const feature of ['OsmSchema-V0.6', 'DenseNodes', ...needs]) header.writeStringField(4, feature)
  const blobs = [blobOf('OSMHeader', header.finish(), packed), blobOf('OSMData', dataOf(piece, dense), packed)]
  return { name: 'made.osm.pbf', bytes: new Uint8Array(Buffer.concat(blobs)) }
}

function blobOf(type: string, bytes: Uint8Array, packed: boolean): Buffer {
  const blob = new PbfWriter()
  if (packed) {
    blob.writeVarintField(2, bytes.length)
    blob.writeBytesField(3, deflateSync(bytes))
  } else blob.writeBytesField(1, bytes)
  const body = Buffer.from(blob.finish())
  const header = new PbfWriter()
  header.writeStringField(1, type)
  header.writeVarintField(3, body.length)
  const head = Buffer.from(header.finish())
  const size = Buffer.alloc(4)
  size.writeUInt32BE(head.length)
  return Buffer.concat([size, head, body])
}

function dataOf({ nodes, ways, relations }: OsmPiece, dense: boolean): Uint8Array {
  const words = ['']
  const at = (word: string): number => {
    if (!words.includes(word)) words.push(word)
    return words.indexOf(word)
  }
  const keys = (tags: Tags = {}) => Object.keys(tags).map(at)
  const values = (tags: Tags = {}) => Object.values(tags).map(at)
  const steps = (list: readonly number[]) => list.map((v, i) => v - (i > 0 ? list[i - 1]! : 0))
  const unit = (deg: number) => Math.round(deg * 1e7)
  const group = new PbfWriter()
  const timeS = Date.UTC(2020, 1, 3, 4, 5, 6) / 1000
  if (dense && nodes.length > 0) {
    const columns = new PbfWriter()
    columns.writePackedSVarint(1, steps(nodes.map(({ id }) => id)))
    const info = new PbfWriter()
    info.writePackedSVarint(2, steps(nodes.map(() => timeS)))
    columns.writeBytesField(5, info.finish())
    columns.writePackedSVarint(8, steps(nodes.map(({ lat }) => unit(lat))))
    columns.writePackedSVarint(9, steps(nodes.map(({ lon }) => unit(lon))))
    const pairs = nodes.flatMap(({ tags = {} }) => [...Object.entries(tags).flatMap(([k, v]) => [at(k), at(v)]), 0])
    columns.writePackedVarint(10, pairs)
    group.writeBytesField(2, columns.finish())
  } else {
    for (const { id, lat, lon, tags } of nodes) {
      const node = new PbfWriter()
      node.writeSVarintField(1, id)
      node.writePackedVarint(2, keys(tags))
      node.writePackedVarint(3, values(tags))
      const info = new PbfWriter()
      info.writeVarintField(2, timeS)
      node.writeBytesField(4, info.finish())
      node.writeSVarintField(8, unit(lat))
      node.writeSVarintField(9, unit(lon))
      group.writeBytesField(1, node.finish())
    }
  }
  for (const { id, nodes: refs, tags } of ways) {
    const way = new PbfWriter()
    way.writeVarintField(1, id)
    way.writePackedVarint(2, keys(tags))
    way.writePackedVarint(3, values(tags))
    way.writePackedSVarint(8, steps(refs))
    group.writeBytesField(3, way.finish())
  }
  for (const { id, members, tags } of relations) {
    const relation = new PbfWriter()
    relation.writeVarintField(1, id)
    relation.writePackedVarint(2, keys(tags))
    relation.writePackedVarint(3, values(tags))
    relation.writePackedVarint(
      8,
      members.map(({ role }) => at(role)),
    )
    relation.writePackedSVarint(9, steps(members.map(({ ref }) => ref)))
    relation.writePackedVarint(
      10,
      members.map(({ type }) => ['node', 'way', 'relation'].indexOf(type)),
    )
    group.writeBytesField(4, relation.finish())
  }
  const block = new PbfWriter()
  const table = new PbfWriter()
  for (const word of words) table.writeStringField(1, word)
  block.writeBytesField(1, table.finish())
  block.writeBytesField(2, group.finish())
  return block.finish()
}

/** A courtyard house of two outer ways and a closed inner one, a house with entities in its name, a road, a tree. */
export function sampleOsm(): OsmPiece {
  const corner = (id: number, xM: number, yM: number, tags?: Tags) => ({
    id,
    lat: Math.round((51.128 + yM / 111_267) * 1e7) / 1e7,
    lon: Math.round((71.43 + xM / 69_990) * 1e7) / 1e7,
    ...(tags ? { tags } : {}),
  })
  return {
    nodes: [
      corner(1, 0, 0),
      corner(2, 40, 0),
      corner(3, 40, 30),
      corner(4, 0, 30),
      corner(5, 10, 10),
      corner(6, 30, 10),
      corner(7, 30, 20),
      corner(8, 10, 20),
      corner(11, 100, 0),
      corner(12, 112, 0),
      corner(13, 112, 9),
      corner(14, 100, 9),
      corner(20, -50, -20),
      corner(21, 150, -20, { highway: 'crossing' }),
      corner(9_000_000_001, 60, 40, { natural: 'tree', note: 'Эман' }),
    ],
    ways: [
      { id: 1, nodes: [1, 2, 3] },
      { id: 2, nodes: [1, 4, 3] },
      { id: 3, nodes: [5, 6, 7, 8, 5] },
      { id: 4, nodes: [11, 12, 13, 14, 11], tags: { building: 'house', height: '7', name: 'Smith & "Sons" <1>' } },
      { id: 5, nodes: [20, 21], tags: { highway: 'residential' } },
    ],
    relations: [
      {
        id: 1,
        members: [
          { type: 'way', ref: 1, role: 'outer' },
          { type: 'way', ref: 2, role: 'outer' },
          { type: 'way', ref: 3, role: 'inner' },
        ],
        tags: { type: 'multipolygon', building: 'apartments', 'building:levels': '5' },
      },
    ],
  }
}

import { PbfReader } from 'pbf'
import { isOnEarth, NO_TAGS, type OsmElements, type OsmMember } from '../osm/elements.ts'
import { eachField, fieldEnd, readInt64, readPacked, readText } from '../pbfFields.ts'

/** What holds for all elements of a block. */
interface BlockFrame {
  readonly words: readonly string[]
  readonly granularity: number // nanodegrees a step
  readonly latOffset: number // nanodegrees
  readonly lonOffset: number
  readonly dateGranularity: number // ms a step
}

/** Reads a block of data into the elements. Source: OpenStreetMap wiki, PBF Format, "Encoding OSM entities". */
export function readBlock(bytes: Uint8Array, elements: OsmElements): void {
  const pbf = new PbfReader(bytes)
  const words: string[] = []
  const groups: [from: number, to: number][] = []
  const frame = { words, granularity: 100, latOffset: 0, lonOffset: 0, dateGranularity: 1000 }
  // the frame may be written after the groups that need it
  eachField(pbf, bytes.length, (field, wire) => {
    if (field === 1 && wire === 2) {
      const end = fieldEnd(pbf, bytes.length)
      eachField(pbf, end, (f, w) => f === 1 && w === 2 && words.push(readText(pbf, end)) > 0)
    } else if (field === 2 && wire === 2) {
      const end = fieldEnd(pbf, bytes.length)
      groups.push([pbf.pos, end])
      pbf.pos = end
    } else if (field === 17 && wire === 0) frame.granularity = pbf.readVarint()
    else if (field === 18 && wire === 0) frame.dateGranularity = pbf.readVarint()
    else if (field === 19 && wire === 0) frame.latOffset = readInt64(pbf)
    else if (field === 20 && wire === 0) frame.lonOffset = readInt64(pbf)
    else return false
    return true
  })
  for (const [from, to] of groups) {
    pbf.pos = from
    eachField(pbf, to, (field, wire) => {
      if (wire !== 2 || field < 1 || field > 4) return false
      const end = fieldEnd(pbf, to)
      if (field === 1) readNode(pbf, end, frame, elements)
      else if (field === 2) readDense(pbf, end, frame, elements)
      else if (field === 3) readWay(pbf, end, frame, elements)
      else readRelation(pbf, end, frame, elements)
      return true
    })
  }
}

const wordOf = ({ words }: BlockFrame, at: number): string => {
  const word = words[at]
  if (word === undefined) throw new Error(`word ${at} of ${words.length}`)
  return word
}

function tagsOf(keys: readonly number[], values: readonly number[], frame: BlockFrame): readonly string[] {
  if (keys.length === 0) return NO_TAGS
  if (keys.length !== values.length) throw new Error(`${keys.length} keys but ${values.length} values`)
  const tags: string[] = []
  for (let i = 0; i < keys.length; i++) tags.push(wordOf(frame, keys[i]!), wordOf(frame, values[i]!))
  return tags
}

function addNode(elements: OsmElements, f: BlockFrame, id: number, lat: number, lon: number, tags: readonly string[]) {
  const x = Math.round((f.lonOffset + f.granularity * lon) / 100)
  const y = Math.round((f.latOffset + f.granularity * lat) / 100)
  if (!isOnEarth(x, y)) throw new Error(`node ${id} at ${y / 1e7}, ${x / 1e7}`)
  elements.addNode(id, x, y, tags)
}

/** What is known about an edit; of deleted elements, which only histories have, nothing is kept. */
function readInfo(pbf: PbfReader, parentEnd: number, frame: BlockFrame, elements: OsmElements): boolean {
  const end = fieldEnd(pbf, parentEnd)
  let visible = true
  eachField(pbf, end, (field, wire) => {
    if (field === 2 && wire === 0) elements.edited((readInt64(pbf) * frame.dateGranularity) / 1000)
    else if (field === 6 && wire === 0) visible = pbf.readVarint() !== 0
    else return false
    return true
  })
  return visible
}

function readNode(pbf: PbfReader, end: number, frame: BlockFrame, elements: OsmElements): void {
  let id = NaN
  let lat = NaN
  let lon = NaN
  let keys: number[] = []
  let values: number[] = []
  let visible = true
  eachField(pbf, end, (field, wire) => {
    if (field === 1 && wire === 0) id = pbf.readSVarint()
    else if (field === 2 && wire === 2) keys = readPacked(pbf, end, () => pbf.readVarint())
    else if (field === 3 && wire === 2) values = readPacked(pbf, end, () => pbf.readVarint())
    else if (field === 4 && wire === 2) visible = readInfo(pbf, end, frame, elements)
    else if (field === 8 && wire === 0) lat = pbf.readSVarint()
    else if (field === 9 && wire === 0) lon = pbf.readSVarint()
    else return false
    return true
  })
  if (visible) addNode(elements, frame, id, lat, lon, tagsOf(keys, values, frame))
}

function readDense(pbf: PbfReader, end: number, frame: BlockFrame, elements: OsmElements): void {
  const signed = (): number => pbf.readSVarint()
  let ids: number[] = []
  let lats: number[] = []
  let lons: number[] = []
  let pairs: number[] = []
  let visible: number[] = []
  eachField(pbf, end, (field, wire) => {
    if (wire !== 2) return false
    if (field === 1) ids = readPacked(pbf, end, signed)
    else if (field === 5) {
      const stop = fieldEnd(pbf, end)
      visible = readDenseInfo(pbf, stop, frame, elements)
    } else if (field === 8) lats = readPacked(pbf, end, signed)
    else if (field === 9) lons = readPacked(pbf, end, signed)
    else if (field === 10) pairs = readPacked(pbf, end, () => pbf.readVarint())
    else return false
    return true
  })
  if (lats.length !== ids.length || lons.length !== ids.length) {
    throw new Error(`${ids.length} nodes with ${lats.length} latitudes and ${lons.length} longitudes`)
  }
  let id = 0
  let lat = 0
  let lon = 0
  let at = 0
  for (let i = 0; i < ids.length; i++) {
    id += ids[i]!
    lat += lats[i]!
    lon += lons[i]!
    let tags = NO_TAGS
    if (at < pairs.length && pairs[at] !== 0) {
      const own: string[] = []
      for (; at < pairs.length && pairs[at] !== 0; at += 2) {
        own.push(wordOf(frame, pairs[at]!), wordOf(frame, pairs[at + 1] ?? -1))
      }
      tags = own
    }
    at++ // the zero between two nodes
    if (visible[i] !== 0) addNode(elements, frame, id, lat, lon, tags)
  }
}

function readDenseInfo(pbf: PbfReader, end: number, frame: BlockFrame, elements: OsmElements): number[] {
  let visible: number[] = []
  eachField(pbf, end, (field, wire) => {
    if (wire === 2 && field === 2) {
      let time = 0
      for (const step of readPacked(pbf, end, () => pbf.readSVarint())) {
        time += step
        elements.edited((time * frame.dateGranularity) / 1000)
      }
    } else if (wire === 2 && field === 6) visible = readPacked(pbf, end, () => pbf.readVarint())
    else return false
    return true
  })
  return visible
}

function readWay(pbf: PbfReader, end: number, frame: BlockFrame, elements: OsmElements): void {
  let id = NaN
  let keys: number[] = []
  let values: number[] = []
  let refs: number[] = []
  let visible = true
  eachField(pbf, end, (field, wire) => {
    if (field === 1 && wire === 0) id = readInt64(pbf)
    else if (field === 2 && wire === 2) keys = readPacked(pbf, end, () => pbf.readVarint())
    else if (field === 3 && wire === 2) values = readPacked(pbf, end, () => pbf.readVarint())
    else if (field === 4 && wire === 2) visible = readInfo(pbf, end, frame, elements)
    else if (field === 8 && wire === 2) refs = readPacked(pbf, end, () => pbf.readSVarint())
    else return false
    return true
  })
  if (Number.isNaN(id)) throw new Error('a way without id')
  if (visible) elements.addWay({ id, refs: summed(refs), tags: tagsOf(keys, values, frame) })
}

const TYPES = [0, 1, 2] as const

function readRelation(pbf: PbfReader, end: number, frame: BlockFrame, elements: OsmElements): void {
  let id = NaN
  let keys: number[] = []
  let values: number[] = []
  let roles: number[] = []
  let steps: number[] = []
  let types: number[] = []
  let visible = true
  eachField(pbf, end, (field, wire) => {
    if (field === 1 && wire === 0) id = readInt64(pbf)
    else if (wire !== 2) return false
    else if (field === 2) keys = readPacked(pbf, end, () => pbf.readVarint())
    else if (field === 3) values = readPacked(pbf, end, () => pbf.readVarint())
    else if (field === 4) visible = readInfo(pbf, end, frame, elements)
    else if (field === 8) roles = readPacked(pbf, end, () => pbf.readVarint())
    else if (field === 9) steps = readPacked(pbf, end, () => pbf.readSVarint())
    else if (field === 10) types = readPacked(pbf, end, () => pbf.readVarint())
    else return false
    return true
  })
  if (Number.isNaN(id)) throw new Error('a relation without id')
  if (roles.length !== steps.length || types.length !== steps.length) {
    throw new Error(`a relation of ${steps.length} members with ${roles.length} roles and ${types.length} types`)
  }
  const refs = summed(steps)
  const members: OsmMember[] = steps.map((_, i) => {
    const type = TYPES[types[i]!]
    if (type === undefined) throw new Error(`a member of type ${types[i]}`)
    return { type, ref: refs[i]!, role: wordOf(frame, roles[i]!) }
  })
  if (visible) elements.addRelation({ id, members, tags: tagsOf(keys, values, frame) })
}

function summed(steps: readonly number[]): Float64Array {
  const out = new Float64Array(steps.length)
  let sum = 0
  for (let i = 0; i < steps.length; i++) {
    sum += steps[i]!
    out[i] = sum
  }
  return out
}

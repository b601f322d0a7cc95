import type { Steps } from '../../base/steps.ts'
import { createElements, isOnEarth, NO_TAGS, type OsmElements, type OsmMember } from '../osm/elements.ts'
import { quoteText } from '../quoteText.ts'
import { createWordReader, readDegrees, readWhole } from './values.ts'
import { createXmlScanner } from './xmlScanner.ts'

const named = (name: string): Uint8Array => new TextEncoder().encode(name)
const OSM = named('osm')
const NODE = named('node')
const WAY = named('way')
const RELATION = named('relation')
const TAG = named('tag')
const ND = named('nd')
const MEMBER = named('member')
const BOUNDS = named('bounds')

const MEMBER_TYPES: Readonly<Record<string, 0 | 1 | 2>> = { node: 0, way: 1, relation: 2 }
const STRIDE = 65_536

/** Reads nodes, ways and relations. Source: OpenStreetMap wiki, OSM XML. Throws Error with the reason. */
export function* readXml(bytes: Uint8Array, name: string): Steps<OsmElements> {
  const elements = createElements(name)
  const xml = createXmlScanner(bytes)
  const word = createWordReader(bytes)
  const text = (): string => word(xml.valueStart, xml.valueEnd)
  const keyIs = (key: string): boolean => {
    if (xml.keyEnd - xml.keyStart !== key.length) return false
    for (let i = 0; i < key.length; i++) if (bytes[xml.keyStart + i] !== key.charCodeAt(i)) return false
    return true
  }
  const whole = (what: string): number => {
    const value = readWhole(bytes, xml.valueStart, xml.valueEnd)
    if (Number.isNaN(value))
      throw new Error(`${what} "${quoteText(text())}" at byte ${xml.valueStart}, expected a whole number`)
    return value
  }

  let kind: 'node' | 'way' | 'relation' | null = null
  let id = NaN
  let x = NaN
  let y = NaN
  let gone = false
  let tags: string[] | null = null
  let refs: number[] = []
  let members: OsmMember[] = []
  const begin = (own: 'node' | 'way' | 'relation'): void => {
    kind = own
    id = NaN
    x = NaN
    y = NaN
    gone = false
    tags = null
    refs = []
    members = []
    while (xml.nextAttribute()) {
      if (keyIs('id')) id = whole('an id')
      else if (keyIs('lat')) y = readDegrees(bytes, xml.valueStart, xml.valueEnd)
      else if (keyIs('lon')) x = readDegrees(bytes, xml.valueStart, xml.valueEnd)
      else if (keyIs('timestamp')) elements.edited(Date.parse(text()) / 1000)
      else if (keyIs('visible')) gone ||= text() === 'false'
      else if (keyIs('action')) gone ||= text() === 'delete'
    }
    if (Number.isNaN(id)) throw new Error(`a ${own} without id before byte ${xml.at}`)
    if (xml.isEmpty) finish()
  }
  const finish = (): void => {
    const own = tags ?? NO_TAGS
    if (gone) kind = null
    if (kind === 'node') {
      if (!isOnEarth(x, y)) throw new Error(`node ${id} has no place on earth`)
      elements.addNode(id, x, y, own)
    } else if (kind === 'way') elements.addWay({ id, refs: Float64Array.from(refs), tags: own })
    else if (kind === 'relation') elements.addRelation({ id, members, tags: own })
    kind = null
  }
  const readTag = (): void => {
    let key = ''
    let value = ''
    while (xml.nextAttribute()) {
      if (keyIs('k')) key = text()
      else if (keyIs('v')) value = text()
    }
    if (kind && key !== '') {
      tags ??= []
      tags.push(key, value)
    }
  }
  const readMember = (): void => {
    let type: 0 | 1 | 2 | undefined
    let ref = NaN
    let role = ''
    while (xml.nextAttribute()) {
      if (keyIs('type')) type = Object.hasOwn(MEMBER_TYPES, text()) ? MEMBER_TYPES[text()] : undefined
      else if (keyIs('ref')) ref = whole('a reference')
      else if (keyIs('role')) role = text()
    }
    if (kind === 'relation' && type !== undefined && !Number.isNaN(ref)) members.push({ type, ref, role })
  }
  const readBounds = (): void => {
    const deg: Record<string, number> = {}
    while (xml.nextAttribute()) deg[word(xml.keyStart, xml.keyEnd)] = Number(text())
    const { minlon, minlat, maxlon, maxlat } = deg
    if (minlon! < maxlon! && minlat! < maxlat!) elements.boundsDeg = [minlon!, minlat!, maxlon!, maxlat!]
  }

  let depth = 0
  let ended = false
  for (let next = STRIDE; xml.nextTag(); ) {
    if (xml.at > next) {
      yield xml.at / bytes.length
      next = xml.at + STRIDE
    }
    if (xml.isEnd) {
      if (xml.isNamed(OSM)) ended = true
      else if (xml.isNamed(NODE) || xml.isNamed(WAY) || xml.isNamed(RELATION)) finish()
      while (xml.nextAttribute()) {}
      depth--
      continue
    }
    if (xml.isNamed(NODE)) begin('node')
    else if (xml.isNamed(TAG)) readTag()
    else if (xml.isNamed(ND)) {
      while (xml.nextAttribute()) if (keyIs('ref')) refs.push(whole('a reference'))
    } else if (xml.isNamed(WAY)) begin('way')
    else if (xml.isNamed(RELATION)) begin('relation')
    else if (xml.isNamed(MEMBER)) readMember()
    else if (xml.isNamed(BOUNDS)) readBounds()
    else while (xml.nextAttribute()) {}
    if (!xml.isEmpty) depth++
  }
  if (!ended || depth !== 0) throw new Error(`it is cut off after ${bytes.length} bytes: </osm> is missing`)
  return elements
}

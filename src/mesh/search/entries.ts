import type { Steps } from '../../base/steps.ts'
import { type City, type Tags, tagOf } from '../../model/city.ts'
import { placeAddress, placeName } from '../../model/placeName.ts'
import { fold } from './fold.ts'

export type FoundKind = 'building' | 'road' | 'area' | 'powerLine' | 'point'

/** One thing that can be found. The folded texts begin and end with a space, so that words can be told from parts. */
export interface Entry {
  readonly kind: FoundKind
  readonly index: number
  readonly names: readonly string[]
  readonly address: string
  readonly tags: string
}

/** Names by which a thing may be called, in whatever language. */
const isNameKey = (key: string): boolean =>
  key === 'name' || key.startsWith('name:') || key.endsWith('_name') || key === 'brand' || key === 'ref'

/** Tags whose values say what a thing is. */
const TELLING_KEYS: readonly string[] = [
  'amenity',
  'shop',
  'tourism',
  'leisure',
  'office',
  'historic',
  'power',
  'healthcare',
  'craft',
  'man_made',
  'religion',
  'building',
  'building:part',
  'public_transport',
  'railway',
  'highway',
  'natural',
  'landuse',
  'waterway',
]

const framed = (text: string): string => (text === '' ? '' : ` ${text} `)

/** Which words of a city are keys of which sort, so that pairs are sorted by number, not by text. */
function createKeyReader(words: readonly string[]) {
  const sort = new Uint8Array(words.length)
  for (let w = 0; w < words.length; w++) {
    if (isNameKey(words[w])) sort[w] = 1
    else if (TELLING_KEYS.includes(words[w])) sort[w] = 2
    else if (words[w] === 'addr:street') sort[w] = 3
  }
  const folded = new Map<number, string>()
  return {
    sortOf: (key: number): number => sort[key],
    folded(word: number): string {
      let text = folded.get(word)
      if (text === undefined) {
        text = fold(words[word])
        folded.set(word, text)
      }
      return text
    },
  }
}

const addOnce = (list: string[], text: string): void => {
  if (text !== '' && !list.includes(text)) list.push(text)
}

/** Everything in a city that has a name, an address or a telling tag. */
export function* runEntries(city: City): Steps<Entry[]> {
  const entries: Entry[] = []
  const streets = new Map<string, string>()
  const total = city.buildings.count + city.areas.count + city.roads.count + city.points.count + city.powerLines.count
  let done = 0
  function* collect(kind: FoundKind, tags: Tags, count: number): Steps<void> {
    const reader = createKeyReader(tags.words)
    for (let i = 0; i < count; i++) {
      if ((done++ & 255) === 0) yield done / total
      const names: string[] = []
      let told = ''
      let hasStreet = false
      for (let k = tags.start[i]; k < tags.start[i + 1]; k++) {
        const sort = reader.sortOf(tags.key[k])
        if (sort === 1) addOnce(names, framed(reader.folded(tags.value[k])))
        else if (sort === 2) {
          const value = reader.folded(tags.value[k])
          if (value !== 'ies' && value !== 'no') told += `${reader.folded(tags.key[k])} ${value} `
        } else if (sort === 3) hasStreet = true
      }
      if (names.length === 0 && told === '' && !hasStreet) continue
      // the stretches of one road are one road to somebody who looks for it
      if (kind === 'road' && names.length === 0) continue
      let address = ''
      if (hasStreet) {
        const plain = placeAddress(tags, i)
        address = streets.get(plain) ?? fold(plain)
        streets.set(plain, address)
      }
      entries.push({ kind, index: i, names, address: framed(address), tags: framed(told.trim()) })
    }
  }
  yield* collect('building', city.buildings.tags, city.buildings.count)
  yield* collect('area', city.areas.tags, city.areas.count)
  yield* collect('road', city.roads.tags, city.roads.count)
  yield* collect('point', city.points.tags, city.points.count)
  yield* collect('powerLine', city.powerLines.tags, city.powerLines.count)
  return entries
}

const tagsOfKind = (city: City, kind: FoundKind): Tags => {
  if (kind === 'building') return city.buildings.tags
  if (kind === 'road') return city.roads.tags
  if (kind === 'area') return city.areas.tags
  return kind === 'point' ? city.points.tags : city.powerLines.tags
}

const KIND_WORDS: Readonly<Record<FoundKind, string>> = {
  building: 'building',
  road: 'road',
  area: 'area',
  powerLine: 'power line',
  point: 'place',
}

/** What a thing is, in a word or two: "hospital", "place of worship", "building". */
function describe(tags: Tags, index: number, kind: FoundKind): string {
  for (const key of TELLING_KEYS) {
    const value = tagOf(tags, index, key)
    if (value && value !== 'yes' && value !== 'no') return value.replaceAll('_', ' ')
  }
  return KIND_WORDS[kind]
}

/** Title and subtitle as they are shown. */
export function describeEntry(city: City, { kind, index }: Entry): { title: string; subtitle: string } {
  const tags = tagsOfKind(city, kind)
  const name = placeName(tags, index)
  const address = placeAddress(tags, index)
  const what = describe(tags, index, kind)
  const title = name || address || what
  return {
    title,
    subtitle: [what === title ? KIND_WORDS[kind] : what, name ? address : ''].filter(Boolean).join(' · '),
  }
}

/** Where a thing is, in local metres. */
export function placeOfEntry(city: City, { kind, index }: Entry): [xM: number, yM: number] {
  if (kind === 'building') return [city.buildings.centreXM[index], city.buildings.centreYM[index]]
  if (kind === 'point') return [city.points.xM[index], city.points.yM[index]]
  if (kind === 'area') {
    const { polygonStart, polygons } = city.areas
    const { start, xM, yM } = polygons.rings
    const ring = polygons.start[polygonStart[index]]
    return middleOf(xM, yM, start[ring], start[ring + 1])
  }
  const { start, xM, yM } = (kind === 'road' ? city.roads : city.powerLines).lines
  const v = (start[index] + start[index + 1] - 1) >> 1
  return [xM[v], yM[v]]
}

function middleOf(xM: Float32Array, yM: Float32Array, first: number, end: number): [number, number] {
  let x = 0
  let y = 0
  for (let v = first; v < end; v++) {
    x += xM[v]
    y += yM[v]
  }
  return [x / (end - first), y / (end - first)]
}

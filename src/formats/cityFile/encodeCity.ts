import type { Finding } from '../../base/findings.ts'
import type { City, Tags } from '../../model/city.ts'
import type { CityCounts } from '../format.ts'
import { COLUMNS, type Column, columnOf, isStart, KINDS } from './columns.ts'

/** 'VCTY' read as a little-endian word. */
export const MAGIC = 0x59544356
export const VERSION = 1
export const HEAD_BYTES = 16

/** What was noted when the city was first read, kept with it. */
export interface CityAbout {
  readonly counts: CityCounts
  readonly findings: readonly Finding[]
}

const align8 = (n: number): number => (n + 7) & ~7

/**
 * Writes a city as one buffer: magic, version, length of the header, a JSON header (meta, counts, lengths), the words,
 * then the columns, each on a multiple of eight bytes; start columns as differences. Little-endian throughout. Equal cities give equal bytes.
 *
 * Shapes   16 bytes head · header · words (UTF-8, one NUL after each) · columns in the order of COLUMNS
 */
export function encodeCity(input: City, about?: CityAbout): Uint8Array {
  const text = new TextEncoder()
  const { city, words: list } = shareWords(input)
  const words = text.encode(list.map((word) => `${word.replaceAll('\0', ' ')}\0`).join(''))
  const header = text.encode(
    JSON.stringify({
      meta: city.meta,
      ...(about ? { about: { counts: about.counts, findings: about.findings } } : {}),
      counts: Object.fromEntries(KINDS.map((kind) => [kind, city[kind].count])),
      wordCount: list.length,
      wordBytes: words.length,
      lengths: COLUMNS.map(({ name }) => columnOf(city, name).length),
    }),
  )
  let total = align8(HEAD_BYTES + header.length) + align8(words.length)
  for (const { name } of COLUMNS) total += align8(columnOf(city, name).byteLength)
  const bytes = new Uint8Array(total)
  const view = new DataView(bytes.buffer)
  view.setUint32(0, MAGIC, true)
  view.setUint32(4, VERSION, true)
  view.setUint32(8, header.length, true)
  view.setUint32(12, COLUMNS.length, true)
  bytes.set(header, HEAD_BYTES)
  let at = align8(HEAD_BYTES + header.length)
  bytes.set(words, at)
  at += align8(words.length)
  for (const { name } of COLUMNS) {
    const column = isStart(name) ? differencesOf(columnOf(city, name)) : columnOf(city, name)
    bytes.set(new Uint8Array(column.buffer, column.byteOffset, column.byteLength), at)
    at += align8(column.byteLength)
  }
  return bytes
}

function differencesOf(start: Column): Uint32Array {
  const out = new Uint32Array(start.length)
  for (let i = 0; i < out.length; i++) out[i] = start[i]! - (i > 0 ? start[i - 1]! : 0)
  return out
}

/** One list of words serves all kinds of feature; readers make it so, a city put together by hand may not. */
function shareWords(city: City): { city: City; words: readonly string[] } {
  const { words } = city.buildings.tags
  if (KINDS.every((kind) => city[kind].tags.words === words)) return { city, words }
  const place = new Map<string, number>()
  const placeOf = (word: string): number => {
    const known = place.get(word)
    if (known !== undefined) return known
    place.set(word, place.size)
    return place.size - 1
  }
  const moved = <Kind extends { tags: Tags }>(features: Kind): Kind => {
    const { tags } = features
    const move = (column: Uint32Array) => column.map((word) => placeOf(tags.words[word]!))
    return { ...features, tags: { ...tags, key: move(tags.key), value: move(tags.value) } }
  }
  const merged: City = {
    meta: city.meta,
    buildings: moved(city.buildings),
    roads: moved(city.roads),
    areas: moved(city.areas),
    powerLines: moved(city.powerLines),
    points: moved(city.points),
  }
  return { city: merged, words: [...place.keys()] }
}

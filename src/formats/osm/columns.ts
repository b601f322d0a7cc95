import type { Region, Ring } from '../../geo/polygon/ring.ts'
import type { OsmIds, Polygons, Rings, Tags } from '../../model/city.ts'
import type { OsmHead } from './feature.ts'
import { STEPS_PER_M } from './localFrame.ts'

/** Collects rings or lines into columns; coordinates come in steps. */
export function createRingColumns() {
  const start = [0]
  const x: number[] = []
  const y: number[] = []
  return {
    count: () => start.length - 1,
    add(ring: Ring) {
      for (let i = 0; i < ring.length; i += 2) {
        x.push(ring[i]! / STEPS_PER_M)
        y.push(ring[i + 1]! / STEPS_PER_M)
      }
      start.push(x.length)
    },
    done: (): Rings => ({ start: new Uint32Array(start), xM: new Float32Array(x), yM: new Float32Array(y) }),
  }
}

/** Collects polygons with holes into columns, and which of them belong to each feature. */
export function createPolygonColumns() {
  const rings = createRingColumns()
  const start = [0]
  const featureStart = [0]
  return {
    addFeature(regions: readonly Region[]) {
      for (const { outer, holes } of regions) {
        rings.add(outer)
        for (const hole of holes) rings.add(hole)
        start.push(rings.count())
      }
      featureStart.push(start.length - 1)
    },
    done: (): { polygonStart: Uint32Array; polygons: Polygons } => ({
      polygonStart: new Uint32Array(featureStart),
      polygons: { start: new Uint32Array(start), rings: rings.done() },
    }),
  }
}

/** Control characters would be invisible in a panel and in the way of the file format. */
// biome-ignore lint/suspicious/noControlCharactersInRegex: they are what is looked for
const CONTROL = /[\u0000-\u001f\u007f]/g

/** The words of all tags of a city, each once. Sorted when done, so that equal cities have equal bytes. */
export function createWordList() {
  const place = new Map<string, number>()
  let count = 0
  return {
    placeOf(word: string): number {
      const known = place.get(word)
      if (known !== undefined) return known
      const clean = word.replace(CONTROL, ' ')
      const at = place.get(clean) ?? count++
      place.set(word, at)
      place.set(clean, at)
      return at
    },
    /** The sorted words, and where each word's first place went. */
    done(): { words: string[]; moved: Uint32Array } {
      const words = [...place.keys()].filter((word) => word.search(CONTROL) < 0)
      words.sort((a, b) => (a < b ? -1 : a > b ? 1 : 0))
      const moved = new Uint32Array(words.length)
      for (const [i, word] of words.entries()) moved[place.get(word)!] = i
      return { words, moved }
    },
  }
}
export type WordList = ReturnType<typeof createWordList>

/** Collects ids and tags of features. */
export function createHeadColumns(words: WordList) {
  const id: number[] = []
  const type: number[] = []
  const start = [0]
  const key: number[] = []
  const value: number[] = []
  return {
    count: () => id.length,
    add(head: OsmHead) {
      id.push(head.id)
      type.push(head.type)
      const { pairs } = head.tags
      for (let i = 0; i < pairs.length; i += 2) {
        key.push(words.placeOf(pairs[i]!))
        value.push(words.placeOf(pairs[i + 1]!))
      }
      start.push(key.length)
    },
    ids: (): OsmIds => ({ id: new Float64Array(id), type: new Uint8Array(type) }),
    tags: (list: readonly string[], moved: Uint32Array): Tags => ({
      start: new Uint32Array(start),
      key: moveAll(key, moved),
      value: moveAll(value, moved),
      words: list,
    }),
  }
}

function moveAll(places: readonly number[], moved: Uint32Array): Uint32Array {
  const out = new Uint32Array(places.length)
  for (let i = 0; i < out.length; i++) out[i] = moved[places[i]!]!
  return out
}

import { finish, type Steps } from '../base/steps.ts'
import type { City } from '../model/city.ts'
import { describeEntry, type Entry, type FoundKind, placeOfEntry, runEntries } from './search/entries.ts'
import { fold } from './search/fold.ts'

export type { FoundKind } from './search/entries.ts'

/** Something found, as a list shows it and a camera flies to it. */
export interface Found {
  readonly kind: FoundKind
  readonly index: number // into that kind's columns of the city
  readonly title: string
  readonly subtitle: string
  readonly xM: number
  readonly yM: number
}

const searches = new WeakMap<City, readonly Entry[]>()

/**
 * Gets a city ready for searching, in steps. The first search does it at once; whoever runs these steps before, in idle
 * moments, spares that one the wait.
 *
 * Cost     about 0.2 s for 50,000 features, once
 */
export function* runPrepareSearch(city: City): Steps<readonly Entry[]> {
  const known = searches.get(city)
  if (known) return known
  const entries = yield* runEntries(city)
  searches.set(city, entries)
  return entries
}

/** The words of a question, and how each is looked for. */
interface Question {
  readonly whole: string
  readonly words: readonly { readonly text: string; readonly framed: string; readonly number: RegExp | null }[]
}

const askFor = (whole: string): Question => ({
  whole,
  words: whole.split(' ').map((text) => ({
    text,
    framed: ` ${text} `,
    // a number is meant as it stands: 12 is not 112
    number: /^\d+$/.test(text) ? new RegExp(`[^\\d]${text}[^\\d]`) : null,
  })),
})

/** How well a text answers: 0 not at all; then parts, beginnings, whole words, the beginning, the whole. */
function rank(text: string, { whole, words }: Question): number {
  if (text === '') return 0
  let worst = 3
  for (const word of words) {
    const at = text.indexOf(word.text)
    if (at < 0) return 0
    if (text.includes(word.framed)) continue
    if (word.number) {
      if (!word.number.test(text)) return 0
      worst = Math.min(worst, 2)
    } else worst = Math.min(worst, text.includes(` ${word.text}`) ? 2 : 1)
  }
  if (!text.startsWith(whole, 1)) return worst
  if (text.length === whole.length + 2) return 6
  return text[whole.length + 1] === ' ' ? 5 : 4
}

/** Kinds in the order in which equals are listed. */
const KIND_ORDER: Readonly<Record<FoundKind, number>> = { building: 0, area: 1, point: 2, road: 3, powerLine: 4 }

/**
 * Finds things by name in any language or spelling, by address, or by what they are. "key=value" asks for a tag.
 * All words must be met. Names go before addresses, those before tags; then by how well, then by how near the origin.
 *
 * Cost     a few milliseconds for 50,000 features
 */
export function searchCity(city: City, query: string, limit = 20): Found[] {
  const whole = fold(query)
  if (whole === '' || limit <= 0) return []
  const question = askFor(whole)
  const byScore = new Map<number, Entry[]>()
  for (const entry of finish(runPrepareSearch(city))) {
    const score = scoreOf(entry, question)
    if (score === 0) continue
    const list = byScore.get(score)
    if (list) list.push(entry)
    else byScore.set(score, [entry])
  }
  const found: Found[] = []
  const seen = new Set<string>()
  for (const score of [...byScore.keys()].sort((a, b) => b - a)) {
    // only what may still be listed is placed and put in order
    for (const { entry, xM, yM } of inOrder(city, byScore.get(score)!)) {
      if (found.length >= limit) return found
      const words = describeEntry(city, entry)
      // the stretches of one road, the parts of one building: once is enough
      const here = `${words.subtitle}/${Math.round(xM)}/${Math.round(yM)}`
      const key = `${entry.kind}/${words.title}/${entry.kind === 'road' ? '' : here}`
      if (seen.has(key)) continue
      seen.add(key)
      found.push({ kind: entry.kind, index: entry.index, ...words, xM, yM })
    }
  }
  return found
}

interface Placed {
  readonly entry: Entry
  readonly xM: number
  readonly yM: number
  readonly distance2: number
}

function inOrder(city: City, entries: readonly Entry[]): Placed[] {
  const placed = entries.map((entry) => {
    const [xM, yM] = placeOfEntry(city, entry)
    return { entry, xM, yM, distance2: xM * xM + yM * yM }
  })
  return placed.sort(
    (a, b) =>
      KIND_ORDER[a.entry.kind] - KIND_ORDER[b.entry.kind] || a.distance2 - b.distance2 || a.entry.index - b.entry.index,
  )
}

/** Names above addresses above tags; last, words that are met by all three together. */
function scoreOf(entry: Entry, question: Question): number {
  let name = 0
  for (const text of entry.names) name = Math.max(name, rank(text, question))
  if (name > 0) return 20 + name
  const address = rank(entry.address, question)
  if (address > 0) return 10 + address
  const tags = rank(entry.tags, question)
  if (tags > 0 || question.words.length < 2) return tags
  return rank(entry.names.join('') + entry.address + entry.tags, question) > 0 ? 0.5 : 0
}

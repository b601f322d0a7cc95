import type { PhaseTransformer, PhaseWinding } from '../../../model/phaseCase.ts'
import { type DssObject, invalid } from './readScript.ts'
import { listOf, numberOf } from './scan.ts'
import { busOf, valuesOf } from './values.ts'

interface WindingWords {
  bus: string
  conn: string
  kv: number
  kva: number
  tap: number
  percentR: number
}

/** A transformer as its words say it, before its buses have indices. */
export interface DssTransformer {
  readonly object: DssObject
  readonly phases: number
  readonly windings: readonly { readonly bus: string; readonly kv: number; readonly isDelta: boolean }[]
  readonly make: (indexOf: (bus: string) => number) => PhaseTransformer
}

const LISTS = { buses: 'bus', conns: 'conn', kvs: 'kv', kvas: 'kva', taps: 'tap', '%rs': 'percentR' } as const

const isDelta = (conn: string): boolean => /^(d|ll)/i.test(conn)

/** Goes through the words in order: "wdg" chooses the winding that the next are about, lists give all at once. */
function windingWords(object: DssObject, count: number): WindingWords[] {
  const rows: WindingWords[] = Array.from({ length: count }, () => ({
    bus: '',
    conn: 'wye',
    kv: 12.47,
    kva: 1000,
    tap: 1,
    percentR: 0.2,
  }))
  let at = 0
  const put = (row: WindingWords, field: keyof WindingWords, value: string): void => {
    if (field === 'bus' || field === 'conn') row[field] = value.toLowerCase()
    else {
      const number = numberOf(value)
      if (!Number.isFinite(number) || (number <= 0 && field !== 'percentR'))
        throw invalid(object, field, value, 'a number above 0')
      row[field] = number
    }
  }
  for (const [property, value] of object.said) {
    if (property === 'wdg') at = numberOf(value) - 1
    const row = rows[at]
    if (!row) throw invalid(object, 'wdg', value, `a whole number from 1 to ${count}`)
    if (property === 'bus' || property === 'conn' || property === 'kv' || property === 'kva' || property === 'tap')
      put(row, property, value)
    if (property === '%r') put(row, 'percentR', value)
    if (property === '%loadloss')
      for (const both of rows.slice(0, 2)) put(both, 'percentR', String(numberOf(value) / 2))
    if (property in LISTS) {
      const field = LISTS[property as keyof typeof LISTS]
      listOf(value).forEach((own, k) => {
        if (rows[k] && own !== '') put(rows[k], field, own)
      })
    }
  }
  return rows
}

/**
 * Reads a transformer. With a star on one side and a ring on the other the lower voltage lags by 30° unless the file
 * says "lead".
 *
 * Source   OpenDSS Reference Guide, "Transformer"
 */
export function readTransformer(object: DssObject): DssTransformer {
  const get = valuesOf(object)
  const phases = get.whole('phases', 3, 3)
  if (phases === 2) throw invalid(object, 'phases', '2', '1 or 3')
  const count = get.whole('windings', 2, 10)
  const words = windingWords(object, count)
  const kinds = words.map(({ conn }) => isDelta(conn))
  const high = words.reduce((best, { kv }, k) => (kv > words[best]!.kv ? k : best), 0)
  const mixed = kinds.includes(true) && kinds.includes(false)
  const leads = /^(lead|euro)/i.test(get.text('leadlag') ?? '')
  const forward = !mixed || kinds[high] === leads // a ring on the high side lags when wound backwards
  const reactance = (field: string, other: string, initial: number): number =>
    get.number(other, get.number(field, initial)) / 100
  const reactancePu =
    count === 2
      ? [reactance('xhl', 'x12', 7)]
      : count === 3
        ? [reactance('xhl', 'x12', 7), reactance('xht', 'x13', 35), reactance('xlt', 'x23', 30)]
        : get.list('xscarray').map((x) => x / 100)
  if (reactancePu.length !== (count * (count - 1)) / 2)
    throw invalid(object, 'xscarray', `${reactancePu.length} values`, 'one for each pair of windings')
  for (const word of ['rneut', 'xneut'])
    if (get.number(word, 0) > 0)
      throw invalid(object, word, String(get.number(word, 0)), '0: earthing impedances are not read')
  return {
    object,
    phases,
    windings: words.map(({ bus, kv }, k) => ({ bus, kv, isDelta: kinds[k]! })),
    make: (indexOf) => ({
      id: `transformer.${object.name}`,
      windings: words.map((word, k): PhaseWinding => {
        const { bus, nodes } = busOf(object, 'bus', word.bus)
        return {
          bus: indexOf(bus),
          coils: coilsOf(object, phases, kinds[k]!, nodes, forward),
          coilV: (word.kv * 1e3) / (phases === 3 && !kinds[k] ? Math.sqrt(3) : 1),
          rPu: word.percentR / 100,
          tap: word.tap,
        }
      }),
      ratedVa: words[0]!.kva * 1e3,
      reactancePu,
      ironPu: get.number('%noloadloss', 0) / 100,
      magnetisingPu: get.number('%imag', 0) / 100,
    }),
  }
}

/** Where the coils of each unit end: a star at its neutral, node 0 unless given; a ring at the next phase. */
function coilsOf(
  object: DssObject,
  phases: number,
  ring: boolean,
  given: readonly number[],
  forward: boolean,
): [number, number][] {
  if (phases === 1) {
    const [a, b] = given.length > 0 ? given : ring ? [1, 2] : [1, 0]
    if (ring && b === undefined) throw invalid(object, 'bus', 'one node', 'two nodes for a delta winding')
    return [[a!, b ?? 0]]
  }
  const nodes = given.length > 0 ? given : [1, 2, 3]
  if (nodes.length < 3) throw invalid(object, 'bus', `${nodes.length} nodes`, '3 or 4')
  const [a, b, c, neutral = 0] = nodes as [number, number, number, number?]
  if (!ring)
    return [
      [a, neutral],
      [b, neutral],
      [c, neutral],
    ]
  return forward
    ? [
        [a, b],
        [b, c],
        [c, a],
      ]
    : [
        [a, c],
        [b, a],
        [c, b],
      ]
}

import type { PhaseLoad, ZipShares } from '../../../model/phaseCase.ts'
import { type DssObject, invalid } from './readScript.ts'
import { busOf, type Values, valuesOf } from './values.ts'

/** Shares of impedance, current and power of P and Q by the number of the model. */
const MODELS: Readonly<Record<number, readonly [ZipShares, ZipShares]>> = {
  1: [
    [0, 0, 1],
    [0, 0, 1],
  ],
  2: [
    [1, 0, 0],
    [1, 0, 0],
  ],
  3: [
    [0, 0, 1],
    [1, 0, 0],
  ],
  5: [
    [0, 1, 0],
    [0, 1, 0],
  ],
}

function sharesOf(object: DssObject, get: Values): readonly [ZipShares, ZipShares] {
  const model = get.whole('model', 1, 8)
  const known = MODELS[model]
  if (known) return known
  if (model === 4) {
    const share = (field: string, initial: number): ZipShares => {
      const exponent = get.number(field, initial)
      if (![0, 1, 2].includes(exponent)) throw invalid(object, field, String(exponent), '0, 1 or 2')
      return [exponent === 2 ? 1 : 0, exponent === 1 ? 1 : 0, exponent === 0 ? 1 : 0]
    }
    return [share('cvrwatts', 1), share('cvrvars', 2)]
  }
  if (model === 8) {
    const zip = get.list('zipv')
    if (zip.length !== 7) throw invalid(object, 'zipv', `${zip.length} values`, '7')
    const shares = (from: number): ZipShares => [zip[from]!, zip[from + 1]!, zip[from + 2]!]
    return [shares(0), shares(3)]
  }
  throw invalid(object, 'model', String(model), '1, 2, 3, 4, 5 or 8')
}

/** P and Q in kilo: as given, or by power factor, or by apparent power. */
function powerOf(object: DssObject, get: Values): { kw: number; kvar: number } {
  const pf = get.number('pf', 0.88)
  if (!(Math.abs(pf) > 0 && Math.abs(pf) <= 1)) throw invalid(object, 'pf', String(pf), 'between -1 and 1, not 0')
  let kw = get.number('kw', 10)
  let way: 'pf' | 'kvar' | 'kva' = 'pf'
  for (const [property] of object.said)
    if (property === 'kvar' || property === 'pf' || property === 'kva') way = property
  if (way === 'kvar') return { kw, kvar: get.number('kvar', 0) }
  if (way === 'kva' || (get.has('kva') && !get.has('kw'))) kw = get.number('kva', 0) * Math.abs(pf)
  return { kw, kvar: (Math.sign(pf) * kw * Math.sqrt(1 - pf * pf)) / Math.abs(pf) }
}

/**
 * Reads a load, or a generator as one that feeds.
 *
 * Source   OpenDSS Reference Guide, "Load"; outside [vminpu, vmaxpu] it is the impedance it is at that limit
 */
export function readLoad(object: DssObject, indexOf: (bus: string) => number, factor: number): PhaseLoad {
  const get = valuesOf(object)
  const isLoad = object.kind === 'load'
  const phases = get.whole('phases', 3, 3)
  const ring = /^(d|ll)/i.test(get.text('conn') ?? '')
  const { bus, nodes: given } = busOf(object, 'bus1', get.text('bus1'))
  const nodes = given.length > 0 ? given : [1, 2, 3].slice(0, ring && phases === 1 ? 2 : phases)
  const needed = ring && phases === 1 ? 2 : phases
  if (nodes.length < needed) throw invalid(object, 'bus1', `${nodes.length} nodes`, `${needed} or more`)
  const neutral = ring ? 0 : (nodes[phases] ?? 0)
  const ends = Array.from({ length: ring && phases === 2 ? 1 : phases }, (_, k) => ({
    from: nodes[k]!,
    to: ring ? nodes[(k + 1) % Math.max(2, phases)]! : neutral,
  }))
  const { kw, kvar } = powerOf(object, get)
  const [pShares, qShares] = isLoad ? sharesOf(object, get) : MODELS[1]!
  const k = (isLoad ? factor : 1) / ends.length
  return {
    id: `${object.kind}.${object.name}`,
    bus: indexOf(bus),
    closed: get.yes('enabled', true),
    sign: isLoad ? 1 : -1,
    parts: ends.map(({ from, to }) => ({ from, to, pW: kw * 1e3 * k, qVar: kvar * 1e3 * k })),
    ratedV: (get.above0('kv', 12.47) * 1e3) / (phases > 1 && !ring ? Math.sqrt(3) : 1),
    pShares,
    qShares,
    minPu: get.number('vminpu', isLoad ? 0.95 : 0.9),
    maxPu: get.number('vmaxpu', isLoad ? 1.05 : 1.1),
    profile: (get.text('yearly') ?? get.text('daily') ?? get.text('duty') ?? '').toLowerCase() || null,
  }
}

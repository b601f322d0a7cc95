import type { Findings } from '../../../base/findings.ts'
import {
  emptyPhaseCase,
  type PhaseBus,
  type PhaseCase,
  type PhaseLine,
  type PhaseRegulator,
  type PhaseShunt,
} from '../../../model/phaseCase.ts'
import type { DssClass } from './classes.ts'
import { lineMatrices } from './lineData.ts'
import { readLoad } from './loadData.ts'
import { readProfiles } from './profiles.ts'
import { type DssObject, type DssScript, invalid } from './readScript.ts'
import { readSource } from './sourceData.ts'
import { type DssTransformer, readTransformer } from './transformerData.ts'
import { busOf, valuesOf } from './values.ts'

/** Voltage of a bus on the list of bases that is nearest to a rating, by ratio. */
function nearestBase(kv: number, bases: readonly number[]): number {
  const off = (base: number): number => Math.abs(Math.log(base / kv))
  return bases.reduce((best, base) => (off(base) < off(best) ? base : best), bases[0] ?? kv)
}

/** Buses in order of first mention. Ratings spread from the sources through lines, and through transformers by their windings. */
function createBuses(script: DssScript) {
  const names: string[] = []
  const index = new Map<string, number>()
  const indexOf = (bus: string): number => {
    const found = index.get(bus)
    if (found !== undefined) return found
    index.set(bus, names.push(bus) - 1)
    return names.length - 1
  }
  const rated = (
    held: readonly { bus: number; kv: number }[],
    lines: readonly PhaseLine[],
    transformers: readonly DssTransformer[],
    findings: Findings,
  ): PhaseBus[] => {
    const kv = new Float64Array(names.length)
    const joined = new Map<number, number[]>()
    for (const { from, to } of lines)
      for (const [a, b] of [
        [from.bus, to.bus],
        [to.bus, from.bus],
      ] as const)
        joined.set(a, [...(joined.get(a) ?? []), b])
    const open: number[] = []
    const give = (bus: number, value: number): void => {
      if (kv[bus]! > 0) return
      kv[bus] = nearestBase(value, script.baseKv)
      open.push(bus)
      while (open.length > 0) {
        const at = open.pop()!
        for (const next of joined.get(at) ?? [])
          if (kv[next] === 0) {
            kv[next] = kv[at]!
            open.push(next)
          }
      }
    }
    for (const { bus, kv: value } of held) give(bus, value)
    for (const { object, phases, windings } of transformers)
      for (const { bus, kv: value, isDelta } of windings)
        give(indexOf(busOf(object, 'bus', bus).bus), phases === 1 && !isDelta ? value * Math.sqrt(3) : value)
    return names.map((id, i) => {
      if (kv[i] === 0)
        findings.add('BUS_WITHOUT_VOLTAGE', 'bus', 'A bus is joined to no source or transformer; 1 kV stands in.', id)
      return { id, ratedV: (kv[i] || 1) * 1e3 }
    })
  }
  return { indexOf, rated }
}

const isOn = (object: DssObject): boolean => valuesOf(object).yes('enabled', true)

function readLine(script: DssScript, object: DssObject, indexOf: (bus: string) => number): PhaseLine {
  const get = valuesOf(object)
  const fromEnd = busOf(object, 'bus1', get.text('bus1'))
  const toEnd = busOf(object, 'bus2', get.text('bus2'))
  const n = get.whole(
    'phases',
    valuesOf(object).has('linecode') && fromEnd.nodes.length > 0 ? fromEnd.nodes.length : 3,
    6,
  )
  const end = (field: string, { bus, nodes }: typeof fromEnd) => {
    if (nodes.length > 0 && nodes.length < n) throw invalid(object, field, `${nodes.length} nodes`, `${n}`)
    return { bus: indexOf(bus), nodes: (nodes.length > 0 ? nodes : [1, 2, 3, 4, 5, 6]).slice(0, n) }
  }
  const [from, to] = [end('bus1', fromEnd), end('bus2', toEnd)]
  if (from.bus === to.bus && String(from.nodes) === String(to.nodes))
    throw invalid(object, 'bus2', `${toEnd.bus} like bus1`, 'another bus')
  return {
    id: `line.${object.name}`,
    from,
    to,
    fromClosed: true,
    toClosed: true,
    ...lineMatrices(script, object, n),
    ratedA: get.above0('normamps', 400),
  }
}

function readCapacitor(object: DssObject, indexOf: (bus: string) => number, hertz: number): PhaseShunt {
  const get = valuesOf(object)
  if (get.has('bus2'))
    throw invalid(object, 'bus2', String(get.text('bus2')), 'no second bus: series capacitors are not read')
  const n = get.whole('phases', 3, 3)
  const ring = /^(d|ll)/i.test(get.text('conn') ?? '')
  const { bus, nodes: given } = busOf(object, 'bus1', get.text('bus1'))
  const nodes = given.length > 0 ? given : [1, 2, 3].slice(0, ring && n === 1 ? 2 : n)
  const kvar = get.list('kvar').reduce((sum, step) => sum + step, 0) || 1200
  const volts = (get.above0('kv', 12.47) * 1e3) / (n > 1 && !ring ? Math.sqrt(3) : 1)
  const own = get.matrix('cuf', 1)?.map((c) => 2 * Math.PI * hertz * c * 1e-6)[0]
  const b = own ?? (kvar * 1e3) / n / (volts * volts)
  const size = ring ? (n === 1 ? 2 : n) : n
  const im = new Array<number>(size * size).fill(0)
  for (let k = 0; k < n; k++) {
    im[k * size + k]! += b
    if (!ring) continue
    const next = (k + 1) % size
    im[next * size + next]! += b
    im[k * size + next]! -= b
    im[next * size + k]! -= b
  }
  return {
    id: `capacitor.${object.name}`,
    end: { bus: indexOf(bus), nodes: nodes.slice(0, size) },
    closed: isOn(object),
    admittanceS: { re: im.map(() => 0), im },
  }
}

function readRegulator(script: DssScript, object: DssObject, transformers: readonly DssTransformer[]): PhaseRegulator {
  const get = valuesOf(object)
  const name = (get.text('transformer') ?? '').toLowerCase()
  const transformer = transformers.findIndex((t) => t.object.name === name)
  if (transformer < 0) throw invalid(object, 'transformer', name, 'the name of a transformer')
  for (const field of ['bus', 'reversible', 'remoteptratio', 'vlimit'])
    if (get.has(field) && !/^(no|false|0)$/i.test(get.text(field) ?? ''))
      throw invalid(object, field, String(get.text(field)), 'nothing: it is not read')
  const of = valuesOf(script.objects.get(`transformer.${name}`) as DssObject)
  return {
    id: `regcontrol.${object.name}`,
    transformer,
    winding: get.whole('winding', 1, transformers[transformer]!.windings.length) - 1,
    setV: get.above0('vreg', 120),
    bandV: get.above0('band', 3),
    voltageRatio: get.above0('ptratio', 60),
    currentA: get.above0('ctprim', 300),
    rV: get.number('r', 0),
    xV: get.number('x', 0),
    minTap: of.above0('mintap', 0.9),
    maxTap: of.above0('maxtap', 1.1),
    steps: of.whole('numtaps', 32, 1000),
  }
}

/** Turns a script into a case with phases. Ids are class and name, buses their names, in lower case. */
export function toPhaseCase(script: DssScript, findings: Findings): PhaseCase {
  const all = (kind: DssClass): DssObject[] => [...script.objects.values()].filter((own) => own.kind === kind)
  const on = (kind: DssClass): DssObject[] => all(kind).filter(isOn)
  const { indexOf, rated } = createBuses(script)
  const sources = on('vsource').map((object) => {
    const { bus, nodes } = busOf(object, 'bus1', valuesOf(object).text('bus1') ?? 'sourcebus')
    if (valuesOf(object).number('phases', 3) !== 3)
      throw invalid(object, 'phases', String(valuesOf(object).text('phases')), '3')
    return {
      object,
      bus: indexOf(bus),
      nodes: nodes.length >= 3 ? nodes.slice(0, 3) : [1, 2, 3],
      ...readSource(object),
    }
  })
  const lines = on('line').map((object) => readLine(script, object, indexOf))
  const transformers = on('transformer').map(readTransformer)
  const windings = transformers.map((t) => t.make(indexOf))
  const loads = [...all('load'), ...all('generator')].map((object) => readLoad(object, indexOf, script.loadFactor))
  const shunts = all('capacitor').map((object) => readCapacitor(object, indexOf, script.frequencyHz))
  const regulators = script.controls
    ? on('regcontrol').map((object) => readRegulator(script, object, transformers))
    : []
  const buses = rated(sources, lines, transformers, findings)
  const profiles = readProfiles(all('loadshape'))
  for (const { id, profile } of loads)
    if (profile !== null && !profiles.has(profile))
      throw invalid({ kind: 'load', name: String(id).slice(5) }, 'yearly', profile, 'the name of a load shape')
  return {
    ...emptyPhaseCase(script.title),
    frequencyHz: script.frequencyHz,
    buses,
    lines,
    transformers: windings,
    sources: sources.map(({ object, bus, nodes, kv, pu, angleRad, positiveOhm, zeroOhm }) => ({
      id: `vsource.${object.name}`,
      end: { bus, nodes },
      closed: true,
      vPu: (pu * kv * 1e3) / buses[bus]!.ratedV,
      angleRad,
      positiveOhm,
      zeroOhm,
    })),
    shunts,
    loads,
    regulators,
    profiles,
  }
}

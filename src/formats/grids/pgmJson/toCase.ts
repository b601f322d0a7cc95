import type { Findings } from '../../../base/findings.ts'
import {
  type CaseThreeWinding,
  type GridCase,
  LOAD_KINDS,
  type TapChanger,
  type Three,
} from '../../../model/gridCase.ts'
import { checkRows, invalid } from './checkRows.ts'
import type { ComponentName } from './fields.ts'
import type { Row, Tables } from './tables.ts'
import { regulatorOf, unbalancedLine, zeroOf } from './unbalanced.ts'

type Read = (field: string) => number

/** Turns checked tables into a case. */
export function toCase(tables: Tables, title: string, findings: Findings): GridCase {
  const nodes = checkRows(tables)
  const map = <T>(name: ComponentName, make: (get: Read, row: Row) => T): T[] =>
    (tables.get(name) ?? []).map((row) => make((field) => row.get(field) as number, row))

  const node = (get: Read, field: string): number => nodes.get(get(field)) as number
  const ends = (get: Read, name: string) => {
    const [from, to] = [node(get, 'from_node'), node(get, 'to_node')]
    if (from === to) refuse(name, get('id'), 'to_node', `${get('to_node')}, the same as from_node`, 'another node')
    return {
      id: get('id'),
      from,
      to,
      fromClosed: get('from_status') === 1,
      toClosed: get('to_status') === 1,
    }
  }
  const at = (get: Read) => ({ id: get('id'), node: node(get, 'node'), closed: get('status') === 1 })
  const load = (get: Read, name: string, sign: 1 | -1) => {
    const kind = LOAD_KINDS[get('type')]
    if (!kind) return refuse(name, get('id'), 'type', String(get('type')), '0, 1 or 2')
    if (name.startsWith('sym')) return { ...at(get), kind, sign, pW: get('p_specified'), qVar: get('q_specified') }
    const three = (field: string): Three => [get(`${field}[1]`), get(`${field}[2]`), get(`${field}[3]`)]
    const phases = { pW: three('p_specified'), qVar: three('q_specified') }
    const sum = ([a, b, c]: Three): number => a + b + c
    return { ...at(get), kind, sign, pW: sum(phases.pW), qVar: sum(phases.qVar), phases }
  }
  const levelled = (name: string, get: Read) => {
    const line = ends(get, name)
    const rated = (i: number) => (tables.get('node') as Row[])[i]?.get('u_rated')
    if (rated(line.from) !== rated(line.to))
      refuse(name, line.id, 'to_node', `at ${rated(line.to)} V`, `${rated(line.from)} V like from_node`)
    return line
  }
  const impedance = (get: Read, name: string) => {
    if (get('r1') === 0 && get('x1') === 0) refuse(name, get('id'), 'x1', '0 like r1', 'an impedance above 0')
    return { rOhm: get('r1'), xOhm: get('x1') }
  }

  return {
    title,
    frequencyHz: 50,
    nodes: map('node', (get) => ({ id: get('id'), ratedV: get('u_rated') })),
    lines: [
      ...map('line', (get) => ({
        ...levelled('line', get),
        ...impedance(get, 'line'),
        capacitanceF: get('c1'),
        tanDelta: get('tan1'),
        ratedA: get('i_n'),
        ...(Number.isNaN(get('r0') + get('x0') + get('c0') + get('tan0'))
          ? {}
          : { zero: { rOhm: get('r0'), xOhm: get('x0'), capacitanceF: get('c0'), tanDelta: get('tan0') } }),
      })),
      ...map('asym_line', (get) => ({
        ...levelled('asym_line', get),
        ...unbalancedLine(get, (field, got, expected) => refuse('asym_line', get('id'), field, got, expected)),
        ratedA: get('i_n'),
      })),
    ],
    links: map('link', (get) => ends(get, 'link')),
    pis: map('generic_branch', (get) => ({
      ...ends(get, 'generic_branch'),
      ...impedance(get, 'generic_branch'),
      gS: get('g1'),
      bS: get('b1'),
      ratio: get('k'),
      shiftRad: get('theta'),
      ratedVa: get('sn') || NaN,
    })),
    transformers: map('transformer', (get) => ({
      ...ends(get, 'transformer'),
      fromV: get('u1'),
      toV: get('u2'),
      ratedVa: get('sn'),
      shortCircuitPu: threePositions(get, 'uk', 'transformer'),
      copperLossW: threePositions(get, 'pk', 'transformer'),
      noLoadPu: get('i0'),
      ironLossW: get('p0'),
      clock: clockOf(get, 'transformer', 'clock', 'winding_from', 'winding_to'),
      tap: tapOf(get, 'transformer', findings),
      tapSide: sideOf(get, 'transformer', ['from', 'to'] as const),
      zero: zeroOf(get, (field, got, expected) => refuse('transformer', get('id'), field, got, expected)),
      ...regulatorOf(tables, get('id'), (id, field, got, expected) =>
        refuse('transformer_tap_regulator', id, field, got, expected),
      ),
    })),
    threeWindings: map('three_winding_transformer', (get) => ({
      id: get('id'),
      nodes: [node(get, 'node_1'), node(get, 'node_2'), node(get, 'node_3')],
      closed: [get('status_1') === 1, get('status_2') === 1, get('status_3') === 1],
      windingV: [get('u1'), get('u2'), get('u3')],
      ratedVa: [get('sn_1'), get('sn_2'), get('sn_3')],
      shortCircuitPu: pairs(get, 'uk'),
      copperLossW: pairs(get, 'pk'),
      noLoadPu: get('i0'),
      ironLossW: get('p0'),
      clock12: clockOf(get, 'three_winding_transformer', 'clock_12', 'winding_1', 'winding_2'),
      clock13: clockOf(get, 'three_winding_transformer', 'clock_13', 'winding_1', 'winding_3'),
      tap: tapOf(get, 'three_winding_transformer', findings),
      tapSide: sideOf(get, 'three_winding_transformer', [0, 1, 2] as const),
    })),
    sources: map('source', (get) => ({
      ...at(get),
      vPu: get('u_ref'),
      angleRad: get('u_ref_angle'),
      shortCircuitVa: get('sk'),
      rxRatio: get('rx_ratio'),
      ...(Number.isNaN(get('z01_ratio')) ? {} : { zeroRatio: get('z01_ratio') }),
    })),
    shunts: map('shunt', (get) => ({
      ...at(get),
      gS: get('g1'),
      bS: get('b1'),
      ...(Number.isNaN(get('g0') + get('b0')) ? {} : { zero: { gS: get('g0'), bS: get('b0') } }),
    })),
    loads: [
      ...map('sym_load', (get) => load(get, 'sym_load', 1)),
      ...map('sym_gen', (get) => load(get, 'sym_gen', -1)),
      ...map('asym_load', (get) => load(get, 'asym_load', 1)),
      ...map('asym_gen', (get) => load(get, 'asym_gen', -1)),
    ],
    generators: [],
  }
}

function refuse(component: string, id: number, field: string, got: string, expected: string): never {
  throw invalid(component, id, field, got, expected)
}

/** A value at the nominal and the two end positions of the tap changer; the ends default to the nominal. */
function threePositions(get: Read, field: string, name: string): readonly [number, number, number] {
  const nominal = get(field)
  const isUk = field.startsWith('uk')
  if (isUk ? !(nominal > 0 && nominal < 1) : !(nominal >= 0))
    refuse(name, get('id'), field, String(nominal), isUk ? 'between 0 and 1' : '0 or more')
  const or = (value: number): number => (Number.isNaN(value) ? nominal : value)
  return [nominal, or(get(`${field}_min`)), or(get(`${field}_max`))]
}

/** The same of the three pairs of windings. */
function pairs(get: Read, field: 'uk' | 'pk'): CaseThreeWinding['copperLossW'] {
  const of = (pair: string) => threePositions(get, `${field}_${pair}`, 'three_winding_transformer')
  return [of('12'), of('13'), of('23')]
}

function sideOf<Side>(get: Read, name: string, sides: readonly Side[]): Side {
  const side = sides[get('tap_side')]
  if (side === undefined)
    return refuse(name, get('id'), 'tap_side', String(get('tap_side')), `one of 0 to ${sides.length - 1}`)
  return side
}

/** Wye windings are 0 and 1; a clock is even exactly when both sides are wye or neither is. */
function clockOf(get: Read, name: string, field: string, windingA: string, windingB: string): number {
  const clock = get(field)
  const isWye = (winding: number): boolean => winding === 0 || winding === 1
  const even = isWye(get(windingA)) === isWye(get(windingB))
  if (clock < -12 || clock > 12 || (Math.abs(clock) % 2 === 0) !== even)
    refuse(
      name,
      get('id'),
      field,
      String(clock),
      `an ${even ? 'even' : 'odd'} number between -12 and 12 for these windings`,
    )
  return ((clock % 12) + 12) % 12
}

function tapOf(get: Read, name: string, findings: Findings): TapChanger {
  const [min, max, nominal] = [get('tap_min'), get('tap_max'), get('tap_nom')]
  const wanted = Number.isNaN(get('tap_pos')) ? nominal : get('tap_pos')
  const position = Math.min(Math.max(wanted, Math.min(min, max)), Math.max(min, max))
  if (position !== wanted)
    findings.add(
      'TAP_OUT_OF_RANGE',
      name,
      'A tap position lies outside its range; the nearest end was taken.',
      String(get('id')),
    )
  return { position, min, max, nominal, stepV: get('tap_size') }
}

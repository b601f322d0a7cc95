import { TwinError } from '../../../base/errors.ts'
import type { CaseLoad, CaseTransformer, GridCase } from '../../../model/gridCase.ts'
import { tidy } from '../tidy.ts'
import type { NetTables } from './frames.ts'
import { type RowReader, refuse, rowsOf } from './rows.ts'

/** Tables that are read, and those that say nothing about the power flow. */
const READ = ['bus', 'line', 'trafo', 'load', 'sgen', 'gen', 'ext_grid', 'shunt', 'switch']
const SILENT =
  /^(measurement|poly_cost|pwl_cost|group|controller|characteristic|bus_geodata|line_geodata|pq_cost|.*_characteristic.*|std_types|profiles)/

const RAD = Math.PI / 180

/** Reads the place of a bus, longitude and latitude, where the file has one. */
function placeOf(row: RowReader): readonly [number, number] | null {
  const geo = row.text('geo')
  if (geo === '' || geo === 'nan') return null
  try {
    const { coordinates } = JSON.parse(geo) as { coordinates?: unknown }
    if (Array.isArray(coordinates) && coordinates.length >= 2 && coordinates.every((c) => Number.isFinite(c)))
      return [coordinates[0] as number, coordinates[1] as number]
  } catch {
    // said below
  }
  throw refuse('bus', row.index, 'geo', geo.slice(0, 30), 'a GeoJSON point')
}

/** Which ends of lines and transformers a switch opens, as 'l 4 17': table, element, bus. */
function openEnds(switches: readonly RowReader[]): Set<string> {
  const open = new Set<string>()
  for (const row of switches) {
    const kind = row.text('et')
    if (!['b', 'l', 't'].includes(kind)) throw refuse('switch', row.index, 'et', kind, '"b", "l" or "t"')
    if (kind !== 'b' && !row.is('closed', true)) open.add(`${kind} ${row.number('element')} ${row.number('bus')}`)
  }
  return open
}

function loadsOf(
  table: 'load' | 'sgen',
  rows: readonly RowReader[],
  nodeOf: (row: RowReader, field: string, table: string) => number,
): CaseLoad[] {
  return rows.flatMap((row) => {
    const scaling = row.number('scaling', 1)
    const pW = tidy(row.number('p_mw') * scaling * 1e6)
    const qVar = tidy(row.number('q_mvar', 0) * scaling * 1e6)
    const head = {
      node: nodeOf(row, 'bus', table),
      closed: row.is('in_service', true),
      sign: table === 'load' ? 1 : -1,
    } as const
    const id = `${table} ${row.index}`
    const share = (kind: string): number => {
      const both = row.number(`const_${kind}_percent`, 0)
      const p = row.number(`const_${kind}_p_percent`, both)
      if (row.number(`const_${kind}_q_percent`, both) !== p)
        throw refuse(
          table,
          row.index,
          `const_${kind}_q_percent`,
          row.raw(`const_${kind}_q_percent`),
          `${p} like that of p`,
        )
      return p / 100
    }
    const [z, i] = table === 'load' ? [share('z'), share('i')] : [0, 0]
    if (z === 0 && i === 0) return [{ ...head, id, kind: 'power' as const, pW, qVar }]
    const parts = [
      ['power', 1 - z - i],
      ['impedance', z],
      ['current', i],
    ] as const
    return parts
      .filter(([, k]) => k !== 0)
      .map(([kind, k]) => ({ ...head, id: `${id} ${kind}`, kind, pW: tidy(pW * k), qVar: tidy(qVar * k) }))
  })
}

function transformerOf(
  row: RowReader,
  ends: Pick<CaseTransformer, 'id' | 'from' | 'to' | 'fromClosed' | 'toClosed'>,
): CaseTransformer {
  const parallel = row.above0('parallel', 1)
  const ratedVa = tidy(row.above0('sn_mva') * 1e6 * parallel)
  const [fromV, toV] = [tidy(row.above0('vn_hv_kv') * 1e3), tidy(row.above0('vn_lv_kv') * 1e3)]
  const uk = tidy(row.above0('vk_percent') / 100)
  const pk = tidy((row.number('vkr_percent') / 100) * ratedVa)
  if (pk > uk * ratedVa) throw refuse('trafo', row.index, 'vkr_percent', row.raw('vkr_percent'), 'at most vk_percent')
  if (row.number('tap_step_degree', 0) !== 0)
    throw refuse('trafo', row.index, 'tap_step_degree', row.raw('tap_step_degree'), '0: phase shifters are not read')
  const side = row.text('tap_side')
  const nominal = row.number('tap_neutral', 0)
  const tapSide = side === 'lv' ? 'to' : 'from'
  const clock = tidy(row.number('shift_degree', 0) / 30)
  return {
    ...ends,
    fromV,
    toV,
    ratedVa,
    shortCircuitPu: [uk, uk, uk],
    copperLossW: [pk, pk, pk],
    noLoadPu: tidy(row.number('i0_percent') / 100),
    ironLossW: tidy(row.number('pfe_kw') * 1e3 * parallel),
    clock,
    tap: {
      position: row.number('tap_pos', nominal),
      min: row.number('tap_min', nominal),
      max: row.number('tap_max', nominal),
      nominal,
      stepV: tidy((row.number('tap_step_percent', 0) / 100) * (tapSide === 'to' ? toV : fromV)),
    },
    tapSide,
  }
}

/**
 * Turns the tables into a case. Buses keep their index as id; others are table and index. External grids hold their
 * bus, as pandapower's power flow has it.
 *
 * Throws   GRID_INVALID with table, index and column; NOT_AVAILABLE_YET for a table that is not modelled
 * Source   pandapower documentation, "Datastructure and Elements"
 */
export function toCase({ name, frequencyHz, frames }: NetTables): GridCase {
  for (const table of frames.keys())
    if (!READ.includes(table) && !SILENT.test(table))
      throw new TwinError(
        'NOT_AVAILABLE_YET',
        `The file has elements of table ${table}, which are not available yet.`,
        { component: table },
      )
  const rows = (table: string): RowReader[] => rowsOf(table, frames.get(table))
  const buses = rows('bus')
  const index = new Map(buses.map((row, i) => [row.index, i]))
  const isOn = buses.map((row) => row.is('in_service', true))
  const nodeOf = (row: RowReader, field: string, table: string): number => {
    const node = index.get(row.number(field))
    if (node === undefined) throw refuse(table, row.index, field, row.raw(field), 'the index of a bus')
    return node
  }
  const switches = rows('switch')
  const open = openEnds(switches)
  const omega = 2 * Math.PI * frequencyHz
  const endsOf = (row: RowReader, table: string, kind: string, [a, b]: readonly [string, string]) => {
    const [from, to] = [nodeOf(row, a, table), nodeOf(row, b, table)]
    if (from === to) throw refuse(table, row.index, b, row.raw(b), `another bus than ${a}`)
    const on = row.is('in_service', true)
    const closed = (node: number, bus: string) =>
      on && isOn[node] === true && !open.has(`${kind} ${row.index} ${row.number(bus)}`)
    return { id: `${table} ${row.index}`, from, to, fromClosed: closed(from, a), toClosed: closed(to, b) }
  }
  const sources = rows('ext_grid').map((row) => ({
    id: `ext_grid ${row.index}`,
    node: nodeOf(row, 'bus', 'ext_grid'),
    closed: row.is('in_service', true),
    vPu: row.above0('vm_pu', 1),
    angleRad: tidy(row.number('va_degree', 0) * RAD),
    shortCircuitVa: Infinity,
    rxRatio: 0,
  }))
  return {
    title: name,
    frequencyHz,
    nodes: buses.map((row) => ({ id: row.index, ratedV: tidy(row.above0('vn_kv') * 1e3) })),
    lines: rows('line').map((row) => {
      const ends = endsOf(row, 'line', 'l', ['from_bus', 'to_bus'])
      const length = row.above0('length_km')
      const parallel = row.above0('parallel', 1)
      const [rOhm, xOhm] = [
        tidy((row.number('r_ohm_per_km') * length) / parallel),
        tidy((row.number('x_ohm_per_km') * length) / parallel),
      ]
      if (rOhm === 0 && xOhm === 0) throw refuse('line', row.index, 'x_ohm_per_km', 0, 'an impedance above 0')
      const capacitanceF = tidy(row.number('c_nf_per_km', 0) * 1e-9 * length * parallel)
      const leakS = row.number('g_us_per_km', 0) * 1e-6 * length * parallel
      if (leakS !== 0 && capacitanceF === 0)
        throw refuse('line', row.index, 'g_us_per_km', row.raw('g_us_per_km'), '0 where c_nf_per_km is 0')
      const zero = row.raw('r0_ohm_per_km') === undefined ? null : zeroOf(row, length, parallel)
      return {
        ...ends,
        rOhm,
        xOhm,
        capacitanceF,
        tanDelta: capacitanceF === 0 ? 0 : tidy(leakS / (omega * capacitanceF)),
        ratedA: tidy(row.number('max_i_ka', NaN) * 1e3 * row.number('df', 1) * parallel) || NaN,
        ...(zero ? { zero } : {}),
      }
    }),
    links: switches
      .filter((row) => row.text('et') === 'b')
      .map((row) => {
        const [from, to] = [nodeOf(row, 'bus', 'switch'), nodeOf(row, 'element', 'switch')]
        if (row.number('z_ohm', 0) !== 0)
          throw refuse('switch', row.index, 'z_ohm', row.raw('z_ohm'), '0: impedances of switches are not read')
        const on = row.is('closed', true) && isOn[from] === true && isOn[to] === true
        return { id: `switch ${row.index}`, from, to, fromClosed: on, toClosed: on }
      }),
    pis: [],
    transformers: rows('trafo').map((row) => transformerOf(row, endsOf(row, 'trafo', 't', ['hv_bus', 'lv_bus']))),
    threeWindings: [],
    sources,
    shunts: rows('shunt').map((row) => {
      const node = nodeOf(row, 'bus', 'shunt')
      const volts = row.above0('vn_kv', (buses[node] as RowReader).above0('vn_kv')) * 1e3
      const k = (1e6 * row.number('step', 1)) / (volts * volts)
      return {
        ...{ id: `shunt ${row.index}`, node, closed: row.is('in_service', true) },
        gS: tidy(row.number('p_mw', 0) * k),
        bS: tidy(-row.number('q_mvar') * k),
      }
    }),
    loads: [...loadsOf('load', rows('load'), nodeOf), ...loadsOf('sgen', rows('sgen'), nodeOf)],
    generators: rows('gen').map((row) => ({
      id: `gen ${row.index}`,
      node: nodeOf(row, 'bus', 'gen'),
      closed: row.is('in_service', true),
      pW: tidy(row.number('p_mw') * row.number('scaling', 1) * 1e6),
      vPu: row.above0('vm_pu', 1),
    })),
    places: buses.map(placeOf),
  }
}

function zeroOf(row: RowReader, length: number, parallel: number) {
  return {
    rOhm: tidy((row.number('r0_ohm_per_km') * length) / parallel),
    xOhm: tidy((row.number('x0_ohm_per_km') * length) / parallel),
    capacitanceF: tidy(row.number('c0_nf_per_km', 0) * 1e-9 * length * parallel),
    tanDelta: 0,
  }
}

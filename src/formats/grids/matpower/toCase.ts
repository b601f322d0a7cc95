import { TwinError } from '../../../base/errors.ts'
import type { CaseGenerator, CaseLoad, CasePi, CaseSource, GridCase } from '../../../model/gridCase.ts'
import { BRANCH_COLUMNS, BUS_COLUMNS, GEN_COLUMNS } from './columns.ts'
import type { CaseTables } from './readTables.ts'

const REF = 3
const PV = 2
const ISOLATED = 4
const RAD = Math.PI / 180

/** A row by column name, each value checked. */
function reader(columns: readonly string[], table: string, needed: number) {
  return (row: readonly number[], at: number) => {
    if (row.length < needed)
      throw new TwinError(
        'GRID_INVALID',
        `${table} row ${at + 1} has ${row.length} columns, expected ${needed} or more.`,
        {
          table,
          row: at + 1,
        },
      )
    return (name: string): number => {
      const value = row[columns.indexOf(name)]!
      if (!Number.isFinite(value)) throw refused(table, at, name, String(value), 'a finite number')
      return value
    }
  }
}

const refused = (table: string, at: number, field: string, got: string, expected: string): TwinError =>
  new TwinError('GRID_INVALID', `${table} row ${at + 1}: ${field} is ${got}, expected ${expected}.`, {
    table,
    row: at + 1,
    field,
  })

/**
 * Turns the matrices into a case. A branch keeps the number of its row as id, a bus its own number.
 *
 * Source   MATPOWER User's Manual, ch. 3 and appendix B
 */
export function toCase({ title, baseMva, bus, gen, branch }: CaseTables): GridCase {
  if (!(baseMva > 0))
    throw new TwinError('GRID_INVALID', `baseMVA is ${baseMva}, expected above 0.`, { field: 'baseMVA' })
  const busOf = reader(BUS_COLUMNS, 'bus', 13)
  const genOf = reader(GEN_COLUMNS, 'gen', 10)
  const branchOf = reader(BRANCH_COLUMNS, 'branch', 11)

  const index = new Map<number, number>()
  const kind: number[] = []
  const nodes = bus.map((row, i) => {
    const get = busOf(row, i)
    const id = get('BUS_I')
    if (index.has(id)) throw refused('bus', i, 'BUS_I', `${id} a second time`, 'a number of its own')
    index.set(id, i)
    kind.push(get('BUS_TYPE'))
    if (![1, PV, REF, ISOLATED].includes(kind[i]!)) throw refused('bus', i, 'BUS_TYPE', String(kind[i]), '1, 2, 3 or 4')
    const ratedV = get('BASE_KV') * 1e3
    if (!(ratedV > 0)) throw refused('bus', i, 'BASE_KV', String(get('BASE_KV')), 'above 0')
    return { id, ratedV }
  })
  const nodeOf = (id: number, table: string, at: number, field: string): number => {
    const node = index.get(id)
    if (node === undefined) throw refused(table, at, field, String(id), 'the number of a bus')
    return node
  }

  const pis: CasePi[] = branch.map((row, i) => {
    const get = branchOf(row, i)
    const from = nodeOf(get('F_BUS'), 'branch', i, 'F_BUS')
    const to = nodeOf(get('T_BUS'), 'branch', i, 'T_BUS')
    if (from === to) throw refused('branch', i, 'T_BUS', `${get('T_BUS')}, the same as F_BUS`, 'another bus')
    if (get('BR_R') === 0 && get('BR_X') === 0)
      throw refused('branch', i, 'BR_X', '0 like BR_R', 'an impedance above 0')
    const on = get('BR_STATUS') !== 0 && kind[from] !== ISOLATED && kind[to] !== ISOLATED
    const zBase = (nodes[to]!.ratedV * nodes[to]!.ratedV) / (baseMva * 1e6)
    return {
      id: i + 1,
      from,
      to,
      fromClosed: on,
      toClosed: on,
      rOhm: get('BR_R') * zBase,
      xOhm: get('BR_X') * zBase,
      gS: 0,
      bS: get('BR_B') / zBase,
      ratio: get('TAP') || 1,
      shiftRad: get('SHIFT') * RAD,
      ratedVa: get('RATE_A') > 0 ? get('RATE_A') * 1e6 : NaN,
    }
  })

  const loads: CaseLoad[] = []
  const shunts = bus.flatMap((row, i) => {
    const get = busOf(row, i)
    if (get('PD') !== 0 || get('QD') !== 0)
      loads.push({
        id: `load ${get('BUS_I')}`,
        node: i,
        closed: true,
        kind: 'power',
        sign: 1,
        pW: get('PD') * 1e6,
        qVar: get('QD') * 1e6,
      })
    if (get('GS') === 0 && get('BS') === 0) return []
    // given as power at 1 pu
    const perV2 = 1e6 / (nodes[i]!.ratedV * nodes[i]!.ratedV)
    return [{ id: `shunt ${get('BUS_I')}`, node: i, closed: true, gS: get('GS') * perV2, bS: get('BS') * perV2 }]
  })

  const sources: CaseSource[] = []
  const generators: CaseGenerator[] = []
  gen.forEach((row, i) => {
    const get = genOf(row, i)
    const node = nodeOf(get('GEN_BUS'), 'gen', i, 'GEN_BUS')
    const at = { id: `gen ${i + 1}`, node, closed: get('GEN_STATUS') > 0 }
    const holds = kind[node] === REF || kind[node] === PV
    if (holds && !(get('VG') > 0)) throw refused('gen', i, 'VG', String(get('VG')), 'above 0')
    const isReference = kind[node] === REF && at.closed && !sources.some((source) => source.node === node)
    if (isReference) {
      const angleRad = busOf(bus[node]!, node)('VA') * RAD
      sources.push({ ...at, vPu: get('VG'), angleRad, shortCircuitVa: Infinity, rxRatio: 0 })
    } else if (holds) generators.push({ ...at, pW: get('PG') * 1e6, vPu: get('VG') })
    else loads.push({ ...at, kind: 'power', sign: -1, pW: get('PG') * 1e6, qVar: get('QG') * 1e6 })
  })
  return {
    title,
    frequencyHz: 50,
    nodes,
    lines: [],
    links: [],
    pis,
    transformers: [],
    threeWindings: [],
    sources,
    shunts,
    loads,
    generators,
  }
}

import { TwinError } from '../../../base/errors.ts'
import type { CaseTransformer, GridCase, GridId } from '../../../model/gridCase.ts'

type Cell = number | string | boolean | null
type Row = Record<string, Cell>

/** Index of an element in its table: the one its id ends in, else its place. */
const indexOf = (id: GridId, place: number): number => {
  const number = typeof id === 'number' ? id : Number(/(\d+)$/.exec(id)?.[1] ?? NaN)
  return Number.isInteger(number) && number >= 0 ? number : place
}

const nullable = (value: number): number | null => (Number.isFinite(value) ? value : null)

/** A table as pandas writes it by columns, index and data. */
function frame(rows: readonly Row[], index: readonly number[]): Record<string, unknown> {
  const columns = [...new Set(rows.flatMap((row) => Object.keys(row)))]
  const data = rows.map((row) => columns.map((column) => row[column] ?? null))
  return {
    _module: 'pandas.core.frame',
    _class: 'DataFrame',
    _object: JSON.stringify({ columns, index, data }),
    orient: 'split',
    is_multiindex: false,
    is_multicolumn: false,
  }
}

/** Indices of a table, one each: those of the ids when they do not meet, else 0, 1, 2 … */
function indices(rows: readonly { readonly id: GridId }[]): number[] {
  const own = rows.map(({ id }, place) => indexOf(id, place))
  return new Set(own).size === own.length ? own : rows.map((_, place) => place)
}

function trafoRow(t: CaseTransformer, bus: (node: number) => number): Row {
  const sideV = t.tapSide === 'to' ? t.toV : t.fromV
  return {
    name: String(t.id),
    hv_bus: bus(t.from),
    lv_bus: bus(t.to),
    sn_mva: t.ratedVa / 1e6,
    vn_hv_kv: t.fromV / 1e3,
    vn_lv_kv: t.toV / 1e3,
    vk_percent: t.shortCircuitPu[0] * 100,
    vkr_percent: (t.copperLossW[0] / t.ratedVa) * 100,
    pfe_kw: t.ironLossW / 1e3,
    i0_percent: t.noLoadPu * 100,
    shift_degree: t.clock * 30,
    tap_side: t.tapSide === 'to' ? 'lv' : 'hv',
    tap_neutral: t.tap.nominal,
    tap_min: t.tap.min,
    tap_max: t.tap.max,
    tap_step_percent: (t.tap.stepV / sideV) * 100,
    tap_step_degree: 0,
    tap_pos: t.tap.position,
    parallel: 1,
    df: 1,
    in_service: true,
  }
}

/**
 * A balanced case as pandapower reads it with from_json. Read back, it is the same case.
 *
 * Throws   NOT_AVAILABLE_YET for elements without a counterpart here
 */
export function pandapowerText(grid: GridCase): string {
  for (const [what, rows] of [
    ['branches given by a circuit', grid.pis],
    ['three-winding transformers', grid.threeWindings],
  ] as const)
    if (rows.length > 0)
      throw new TwinError('NOT_AVAILABLE_YET', `The grid has ${what}, which are not written to pandapower JSON.`, {
        what,
      })
  const omega = 2 * Math.PI * grid.frequencyHz
  const busIndex = indices(grid.nodes)
  const bus = (node: number): number => busIndex[node]!
  const switches: Row[] = []
  const open = (kind: string, element: number, { from, to, fromClosed, toClosed }: GridCase['links'][number]): void => {
    for (const [node, closed] of [
      [from, fromClosed],
      [to, toClosed],
    ] as const)
      if (!closed) switches.push({ bus: bus(node), element, et: kind, closed: false, z_ohm: 0 })
  }
  for (const { from, to, fromClosed, toClosed } of grid.links)
    switches.push({ bus: bus(from), element: bus(to), et: 'b', closed: fromClosed && toClosed, z_ohm: 0 })
  const lineIndex = indices(grid.lines)
  grid.lines.forEach((line, k) => {
    open('l', lineIndex[k]!, line)
  })
  const trafoIndex = indices(grid.transformers)
  grid.transformers.forEach((t, k) => {
    open('t', trafoIndex[k]!, t)
  })
  const at = ({ node, closed, id }: { node: number; closed: boolean; id: GridId }): Row => ({
    name: String(id),
    bus: bus(node),
    in_service: closed,
  })
  const drawn = grid.loads.filter(({ sign }) => sign === 1)
  const fed = grid.loads.filter(({ sign }) => sign === -1)
  if (fed.some(({ kind }) => kind !== 'power'))
    throw new TwinError(
      'NOT_AVAILABLE_YET',
      'The grid has generators that answer to voltage, which are not written to pandapower JSON.',
    )
  const tables: Record<string, [readonly Row[], readonly number[]]> = {
    bus: [
      grid.nodes.map(({ id, ratedV }, i) => {
        const place = grid.places?.[i]
        const geo = place ? JSON.stringify({ coordinates: place, type: 'Point' }) : null
        return { name: String(id), vn_kv: ratedV / 1e3, type: 'b', zone: null, in_service: true, geo }
      }),
      busIndex,
    ],
    line: [
      grid.lines.map(({ id, from, to, rOhm, xOhm, capacitanceF, tanDelta, ratedA, zero }) => ({
        ...{ name: String(id), from_bus: bus(from), to_bus: bus(to), length_km: 1 },
        ...{ r_ohm_per_km: rOhm, x_ohm_per_km: xOhm, c_nf_per_km: capacitanceF * 1e9 },
        ...{ g_us_per_km: omega * capacitanceF * tanDelta * 1e6, max_i_ka: nullable(ratedA / 1e3) },
        ...{ df: 1, parallel: 1, in_service: true },
        ...(zero ? { r0_ohm_per_km: zero.rOhm, x0_ohm_per_km: zero.xOhm, c0_nf_per_km: zero.capacitanceF * 1e9 } : {}),
      })),
      lineIndex,
    ],
    trafo: [grid.transformers.map((t) => trafoRow(t, bus)), trafoIndex],
    load: [
      drawn.map((load) => ({
        ...at(load),
        ...{ p_mw: load.pW / 1e6, q_mvar: load.qVar / 1e6, scaling: 1 },
        ...{ const_z_percent: load.kind === 'impedance' ? 100 : 0, const_i_percent: load.kind === 'current' ? 100 : 0 },
      })),
      indices(drawn),
    ],
    sgen: [
      fed.map((load) => ({ ...at(load), p_mw: load.pW / 1e6, q_mvar: load.qVar / 1e6, scaling: 1 })),
      indices(fed),
    ],
    gen: [
      grid.generators.map((g) => ({ ...at(g), p_mw: g.pW / 1e6, vm_pu: g.vPu, scaling: 1 })),
      indices(grid.generators),
    ],
    ext_grid: [
      grid.sources.map((s) => ({ ...at(s), vm_pu: s.vPu, va_degree: (s.angleRad * 180) / Math.PI })),
      indices(grid.sources),
    ],
    shunt: [
      grid.shunts.map((s) => {
        const square = (grid.nodes[s.node]!.ratedV * grid.nodes[s.node]!.ratedV) / 1e6
        return {
          ...at(s),
          vn_kv: grid.nodes[s.node]!.ratedV / 1e3,
          p_mw: s.gS * square,
          q_mvar: -s.bS * square,
          step: 1,
        }
      }),
      indices(grid.shunts),
    ],
    switch: [switches, switches.map((_, k) => k)],
  }
  const frames = Object.fromEntries(Object.entries(tables).map(([name, [rows, index]]) => [name, frame(rows, index)]))
  return JSON.stringify({
    _module: 'pandapower.auxiliary',
    _class: 'pandapowerNet',
    _object: {
      ...frames,
      version: '3.0.0',
      format_version: '3.1.0',
      name: grid.title,
      f_hz: grid.frequencyHz,
      sn_mva: 1,
      std_types: {},
    },
  })
}

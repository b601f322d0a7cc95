import type { GridCase } from '../../../model/gridCase.ts'
import type { GridSolution } from '../../../model/gridSolution.ts'

const quoted = (value: string | number): string => {
  const text = String(value)
  return /[",\n\r]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text
}

/**
 * One line for each node and branch with what was calculated there, RFC 4180.
 * A figure that is none stays empty; units stand in the heads.
 */
export function csvText(grid: GridCase, solution: GridSolution): string {
  const head = [
    'kind',
    'id',
    'from',
    'to',
    'rated_v',
    'u_pu',
    'angle_rad',
    'p_from_w',
    'q_from_var',
    'i_from_a',
    'p_to_w',
    'q_to_var',
    'i_to_a',
    'loading',
  ]
  const number = (value: number | undefined): string =>
    value !== undefined && Number.isFinite(value) ? String(value) : ''
  const nodes = solution.nodes.map(({ id, vPu, angleRad }, i) =>
    ['node', quoted(id), '', '', grid.nodes[i]!.ratedV, number(vPu), number(angleRad), '', '', '', '', '', '', ''].join(
      ',',
    ),
  )
  const ends = new Map([...grid.lines, ...grid.links, ...grid.pis, ...grid.transformers].map((own) => [own.id, own]))
  const branches = solution.branches.map(({ id, ends: [a, b], loading }) => {
    const own = ends.get(id)
    const name = (node: number | undefined): string => (node === undefined ? '' : quoted(grid.nodes[node]!.id))
    const flows = [a?.pW, a?.qVar, a?.iA, b?.pW, b?.qVar, b?.iA].map(number)
    return ['branch', quoted(id), name(own?.from), name(own?.to), '', '', '', ...flows, number(loading)].join(',')
  })
  return `${[head.join(','), ...nodes, ...branches].join('\r\n')}\r\n`
}

/** Nodes as points and branches as lines between them, with what was calculated there; what has no place is left out. */
export function geoJsonText(grid: GridCase, solution: GridSolution): string {
  const places = grid.places ?? []
  const point = (node: number) => places[node] ?? null
  const ends = new Map([...grid.lines, ...grid.links, ...grid.pis, ...grid.transformers].map((own) => [own.id, own]))
  const features = [
    ...solution.nodes.flatMap(({ id, vPu, angleRad }, i) => {
      const coordinates = point(i)
      return coordinates
        ? [
            {
              type: 'Feature',
              geometry: { type: 'Point', coordinates },
              properties: { kind: 'node', id, ratedV: grid.nodes[i]!.ratedV, uPu: vPu, angleRad },
            },
          ]
        : []
    }),
    ...solution.branches.flatMap(({ id, ends: [a], loading }) => {
      const own = ends.get(id)
      const [from, to] = own ? [point(own.from), point(own.to)] : [null, null]
      return from && to
        ? [
            {
              type: 'Feature',
              geometry: { type: 'LineString', coordinates: [from, to] },
              properties: {
                kind: 'branch',
                id,
                pFromW: a?.pW,
                qFromVar: a?.qVar,
                iFromA: a?.iA,
                loading: Number.isFinite(loading) ? loading : null,
              },
            },
          ]
        : []
    }),
  ]
  return JSON.stringify({ type: 'FeatureCollection', features })
}

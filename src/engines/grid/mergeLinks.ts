import type { GridCase } from '../../model/gridCase.ts'

/**
 * The grid with every pair of nodes that a closed link joins made one, since an admittance without end drowns what
 * stands beside it in a least-squares problem.
 *
 * Returns  the grid without those links, and the node that stands for each; the others keep their place and are dead
 */
export function mergeLinks(grid: GridCase): { grid: GridCase; standsFor: Int32Array } {
  const root = Int32Array.from(grid.nodes, (_, i) => i)
  const find = (i: number): number => {
    let at = i
    while (root[at] !== at) {
      root[at] = root[root[at]]
      at = root[at]
    }
    return at
  }
  for (const { from, to, fromClosed, toClosed } of grid.links)
    if (fromClosed && toClosed) root[Math.max(find(from), find(to))] = Math.min(find(from), find(to))
  const ends = <Row extends { readonly from: number; readonly to: number }>(rows: readonly Row[]): Row[] =>
    rows.map((row) => ({ ...row, from: find(row.from), to: find(row.to) }))
  const at = <Row extends { readonly node: number }>(rows: readonly Row[]): Row[] =>
    rows.map((row) => ({ ...row, node: find(row.node) }))
  return {
    grid: {
      ...grid,
      lines: ends(grid.lines),
      links: ends(grid.links.filter(({ fromClosed, toClosed }) => !fromClosed || !toClosed)),
      pis: ends(grid.pis),
      transformers: ends(grid.transformers),
      threeWindings: grid.threeWindings.map((t) => ({
        ...t,
        nodes: [find(t.nodes[0]), find(t.nodes[1]), find(t.nodes[2])],
      })),
      sources: at(grid.sources),
      shunts: at(grid.shunts),
      loads: at(grid.loads),
      generators: at(grid.generators),
    },
    standsFor: Int32Array.from(grid.nodes, (_, i) => find(i)),
  }
}

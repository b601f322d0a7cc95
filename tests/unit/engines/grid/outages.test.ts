import { describe, expect, test } from 'vitest'
import { finish } from '../../../../src/base/steps.ts'
import { runOutages } from '../../../../src/engines/grid/outages.ts'
import { solveCase } from '../../../../src/engines/grid/solveCase.ts'
import { aGridCase } from '../../../support/gridCases.ts'

describe('runOutages', () => {
  test('default: on a tree every outage loses exactly the load behind it', () => {
    const grid = aGridCase(30, 'tree')
    const rows = finish(runOutages(grid))
    expect(rows).toHaveLength(29)
    const behind = (node: number): Set<number> => {
      const set = new Set([node])
      for (const { from, to } of grid.lines) if (set.has(from)) set.add(to) // parents come before children
      return set
    }
    grid.lines.forEach((line, k) => {
      const dark = behind(line.to)
      const lost = grid.loads.reduce((sum, { node, sign, pW }) => (dark.has(node) && sign === 1 ? sum + pW : sum), 0)
      expect(rows[k]!.id).toBe(line.id)
      expect(rows[k]!.darkNodes).toBe(dark.size)
      expect(rows[k]!.lostW).toBeCloseTo(lost, 6)
      expect(rows[k]!.violations).toBe(0)
    })
  })

  test('behavior: a ring loses nothing, and each row is what the case with that line open says', () => {
    const tree = aGridCase(12, 'ring', { loadW: 90_000 })
    const chain = tree.lines.map((line, k) => ({ ...line, from: k, to: k + 1 }))
    const grid = { ...tree, lines: [...chain, { ...chain[0]!, id: 77, from: 11, to: 0 }] }
    const rows = finish(runOutages(grid))
    rows.forEach((row, k) => {
      expect(row).toMatchObject({ converged: true, lostW: 0, darkNodes: 0 })
      const lines = grid.lines.map((line, at) => (at === k ? { ...line, fromClosed: false, toClosed: false } : line))
      const { nodes, branches } = solveCase({ ...grid, lines })
      expect(row.lowestVPu).toBe(Math.min(...nodes.map(({ vPu }) => vPu)))
      expect(row.highestLoading).toBe(Math.max(...branches.map(({ loading }) => loading)))
    })
    const whole = solveCase(grid)
    expect(Math.max(...rows.map(({ highestLoading }) => highestLoading))).toBeGreaterThan(
      Math.max(...whole.branches.map(({ loading }) => loading)),
    )
  })

  test('behavior: an outage that the rest cannot carry is said not to converge, and where', () => {
    const tree = aGridCase(3, 'weak', { loadW: 1 })
    const weak = { ...tree.lines[0]!, id: 'weak', from: 0, to: 1, rOhm: 60, xOhm: 60 }
    const load = { ...tree.loads[0]!, id: 'heavy', node: 1, sign: 1 as const, pW: 2e6, qVar: 5e5 }
    const rows = finish(
      runOutages({ ...tree, lines: [...tree.lines.map((line) => ({ ...line, from: 0 })), weak], loads: [load] }),
    )
    expect(rows[0]).toMatchObject({ converged: false, worst: 1 })
    expect(rows.at(-1)).toMatchObject({ id: 'weak', converged: true })
  })

  test('behavior: progress rises to 1, one step a branch', () => {
    const seen: number[] = []
    finish(runOutages(aGridCase(5, 1)), (fraction) => seen.push(fraction))
    expect(seen).toEqual([0.25, 0.5, 0.75, 1])
  })
})

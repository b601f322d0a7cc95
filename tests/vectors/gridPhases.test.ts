import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { phaseCaseOf } from '../../src/engines/grid/phaseCaseOf.ts'
import { solvePhases } from '../../src/engines/grid/solvePhases.ts'
import { solveTapped, type TapStrategy } from '../../src/engines/grid/solveTapped.ts'
import pgmJson from '../../src/formats/grids/pgmJson/index.ts'
import { referencePath } from '../support/reference.ts'

const readJson = (path: string) => JSON.parse(readFileSync(path, 'utf8'))

/** Input, expected rows by scenario and parameters of one case folder. */
function readFolder(folder: string, output: string) {
  const at = (file: string) => join(folder, file)
  const batch = readdirSync(folder).includes('update_batch.json')
  const { data } = readJson(at(batch ? `${output}_batch.json` : `${output}.json`))
  return {
    cases: pgmJson.read(readFileSync(at('input.json')), batch ? readFileSync(at('update_batch.json')) : undefined)
      .cases,
    expected: (batch ? data : [data]) as Record<string, { id: number; [field: string]: number | number[] }[]>[],
    params: readJson(at('params.json')),
  }
}

const asymmetric = referencePath('grid', 'pgm-components', 'asymmetric')

describe.skipIf(!asymmetric)('power-grid-model components, three phases (skipped without the reference folder)', () => {
  test.each(asymmetric ? readdirSync(asymmetric) : [])(
    'vector: %s, each phase within the tolerance of the case',
    (name) => {
      const { cases, expected, params } = readFolder(join(asymmetric!, name), 'asym_output')
      expect(cases).toHaveLength(expected.length)
      let compared = 0
      cases.forEach((grid, scenario) => {
        const solution = solvePhases(phaseCaseOf(grid))
        expect(solution.converged).toBe(true)
        const figures = new Map<unknown, Record<string, readonly number[]>>()
        solution.nodes.forEach(({ id, vPu, angleRad }, k) => {
          const u = vPu.map((v) => (v * grid.nodes[k]!.ratedV) / Math.sqrt(3))
          figures.set(id, { u_pu: vPu, u_angle: angleRad, u })
        })
        for (const { id, ends } of solution.branches) {
          const [from, to] = [ends[0]!, ends[1]!]
          figures.set(id, {
            p_from: from.pW,
            q_from: from.qVar,
            i_from: from.iA,
            p_to: to.pW,
            q_to: to.qVar,
            i_to: to.iA,
          })
        }
        for (const { id, pW, qVar } of solution.appliances) figures.set(id, { p: pW, q: qVar })
        for (const [component, rows] of Object.entries(expected[scenario]!))
          for (const { id, ...row } of rows)
            for (const [field, values] of Object.entries(row)) {
              const own = figures.get(id)![field]!
              ;(values as number[]).forEach((value, phase) => {
                const off = Math.abs(own[phase]! - value)
                expect(off, `${component} ${id} ${field} ${phase}`).toBeLessThanOrEqual(
                  params.atol + params.rtol * Math.abs(value),
                )
                compared++
              })
            }
      })
      expect(compared).toBeGreaterThan(30)
    },
  )
})

const tap = referencePath('grid', 'pgm-tap')

describe.skipIf(!tap)('power-grid-model tap regulators (skipped without the reference folder)', () => {
  test.each(tap ? readdirSync(tap) : [])(
    'vector: %s: the position, and each figure within the tolerance of the case',
    (name) => {
      const { cases, expected, params } = readFolder(join(tap!, name), 'sym_output')
      const strategy = params.tap_changing_strategy.split('_')[0] as TapStrategy
      expect(cases).toHaveLength(expected.length)
      cases.forEach((grid, scenario) => {
        const solution = solveTapped(grid, { method: 'newton' }, strategy)
        expect(solution).toMatchObject({ converged: true, atLimit: [] })
        const near = (own: number | undefined, value: number) =>
          expect(Math.abs(own! - value)).toBeLessThanOrEqual(params.atol + params.rtol * Math.abs(value))
        const rows = expected[scenario] as Record<string, Record<string, number>[]>
        for (const { id, u_pu, u_angle } of rows.node!) {
          const node = solution.nodes.find((own) => own.id === id)
          near(node?.vPu, u_pu!)
          near(node?.angleRad, u_angle!)
        }
        for (const { id, p_from, q_to, i_to, loading } of rows.transformer!) {
          const branch = solution.branches.find((own) => own.id === id)
          near(branch?.ends[0]?.pW, p_from!)
          near(branch?.ends[1]?.qVar, q_to!)
          near(branch?.ends[1]?.iA, i_to!)
          near(branch?.loading, loading!)
        }
        for (const { id, tap_pos } of rows.transformer_tap_regulator!) {
          const { id: transformer } = grid.transformers.find(({ regulator }) => regulator?.id === id)!
          expect(solution.taps.find((own) => own.id === transformer)?.position).toBe(tap_pos)
        }
      })
    },
  )
})

import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { type FlowMethod, solveCase } from '../../src/engines/grid/solveCase.ts'
import { gridFormatOf } from '../../src/formats/grids/index.ts'
import { emptyCase, type GridCase } from '../../src/model/gridCase.ts'
import { referencePath } from '../support/reference.ts'

const readJson = (path: string) => JSON.parse(readFileSync(path, 'utf8'))

describe('33-bus feeder of Baran and Wu', () => {
  const folder = join(import.meta.dirname, 'grid/ieee33')
  const input = readJson(join(folder, 'input.json'))
  const expected = readJson(join(folder, 'expected.json'))
  const { methods, tolerance, atolKw, atolPu } = readJson(join(folder, 'params.json'))

  const line =
    (closed: boolean) =>
    ([from, to, rOhm, xOhm]: number[], i: number) => ({
      id: `${closed ? 'line' : 'tie'} ${i + 1}`,
      from: from! - 1,
      to: to! - 1,
      fromClosed: closed,
      toClosed: closed,
      rOhm: rOhm!,
      xOhm: xOhm!,
      capacitanceF: 0,
      tanDelta: 0,
      ratedA: NaN,
    })
  const grid: GridCase = {
    ...emptyCase('33-bus feeder'),
    nodes: Array.from({ length: 33 }, (_, i) => ({ id: i + 1, ratedV: input.kv * 1e3 })),
    lines: [...input.linesFromToROhmXOhm.map(line(true)), ...input.openTies.map(line(false))],
    sources: [{ id: 'source', node: 0, closed: true, vPu: 1, angleRad: 0, shortCircuitVa: Infinity, rxRatio: 0 }],
    loads: Object.entries(input.loadKwKvar as Record<string, [number, number]>).map(([bus, [kw, kvar]]) => ({
      id: `load ${bus}`,
      node: Number(bus) - 1,
      closed: true,
      kind: 'power',
      sign: 1,
      pW: kw * 1e3,
      qVar: kvar * 1e3,
    })),
  }

  test.each(methods as FlowMethod[])('vector: loss and lowest voltage by %s', (method) => {
    const solution = solveCase(grid, { method, tolerance })
    expect(solution).toMatchObject({ converged: true, method })
    expect(Math.abs(solution.lossW / 1e3 - expected.lossKw)).toBeLessThan(atolKw)
    expect(Math.abs(solution.lossVar / 1e3 - expected.lossKvar)).toBeLessThan(atolKw)
    const lowest = [...solution.nodes].sort((a, b) => a.vPu - b.vPu)[0]!
    expect(lowest.id).toBe(expected.lowestBus)
    expect(Math.abs(lowest.vPu - expected.lowestPu)).toBeLessThan(atolPu)
  })
})

const matpower = referencePath('grid', 'matpower')

describe.skipIf(!matpower)('MATPOWER cases (skipped without the reference folder)', () => {
  test.each([
    ['case33bw', 202.6771, 135.141, 0.91309048, 18],
    ['case69', 224.9917, 102.158, 0.90918771, 65],
    ['case85', 299.3075, 187.8123, 0.87389031, 54],
    ['case22', NaN, NaN, NaN, NaN],
  ])('vector: %s, loss and lowest voltage by every method', (name, lossKw, lossKvar, lowestPu, lowestBus) => {
    const bytes = readFileSync(join(matpower!, `${name}.m`))
    const [grid] = gridFormatOf(bytes).read(bytes).cases
    for (const method of ['sweep', 'current', 'newton'] as const) {
      const solution = solveCase(grid!, { method, tolerance: 1e-9 })
      expect(solution.converged).toBe(true)
      expect(solution.mismatchPu).toBeLessThan(1e-7)
      if (Number.isNaN(lossKw)) continue // no published figure: it must solve, and the methods agree
      const lowest = [...solution.nodes].sort((a, b) => a.vPu - b.vPu)[0]!
      expect(Math.abs(solution.lossW / 1e3 - lossKw)).toBeLessThan(5e-5)
      expect(Math.abs(solution.lossVar / 1e3 - lossKvar)).toBeLessThan(5e-5)
      expect(Math.abs(lowest.vPu - lowestPu)).toBeLessThan(5e-9)
      expect(lowest.id).toBe(lowestBus)
    }
  })
})

const pgm = referencePath('grid', 'pgm-components', 'symmetric')

interface PgmRow {
  readonly id: number
  readonly [field: string]: number
}

describe.skipIf(!pgm)('power-grid-model components, balanced (skipped without the reference folder)', () => {
  const cases = pgm ? readdirSync(pgm) : []
  test.each(cases)('vector: %s, each figure of ours within the tolerance of the case', (name) => {
    const at = (file: string) => join(pgm!, name, file)
    const files = readdirSync(join(pgm!, name))
    const batch = files.includes('update_batch.json')
    const { rtol, atol, calculation_method: methods } = readJson(at('params.json'))
    const input = readFileSync(at('input.json'))
    const updates = batch ? readFileSync(at('update_batch.json')) : undefined
    const { cases: grids } = gridFormatOf(input).read(input, updates)
    const output = readJson(at(batch ? 'sym_output_batch.json' : 'sym_output.json')).data
    const expected: Record<string, PgmRow[]>[] = batch ? output : [output]
    expect(grids).toHaveLength(expected.length)

    let compared = 0
    const wanted = [methods].flat().map((m: string) => (m === 'newton_raphson' ? 'newton' : 'current'))
    for (const method of [...wanted, 'auto'] as FlowMethod[]) {
      grids.forEach((grid, scenario) => {
        const solution = solveCase(grid, { method })
        expect(solution.converged).toBe(true)
        const figures = new Map<number | string, Record<string, number>>()
        for (const { id, vPu, angleRad } of solution.nodes) {
          const u = vPu * grid.nodes.find((node) => node.id === id)!.ratedV
          figures.set(id, { u_pu: vPu, u_angle: angleRad, u })
        }
        for (const { id, ends, loading } of solution.branches) {
          const names = ends.length === 2 ? ['from', 'to'] : ['1', '2', '3']
          const row: Record<string, number> = { loading }
          ends.forEach(({ pW, qVar, iA }, k) => {
            Object.assign(row, {
              [`p_${names[k]}`]: pW,
              [`q_${names[k]}`]: qVar,
              [`i_${names[k]}`]: iA,
              [`s_${names[k]}`]: Math.hypot(pW, qVar),
            })
          })
          figures.set(id, row)
        }
        for (const { id, pW, qVar } of solution.appliances) figures.set(id, { p: pW, q: qVar, s: Math.hypot(pW, qVar) })

        for (const [component, rows] of Object.entries(expected[scenario]!)) {
          for (const row of rows) {
            const own = figures.get(row.id)!
            for (const [field, value] of Object.entries(row)) {
              if (['id', 'energized'].includes(field) || own[field] === undefined) continue
              const label = `${component} ${row.id} ${field} in scenario ${scenario} by ${method}`
              expect(Math.abs(own[field]! - value), label).toBeLessThanOrEqual(atol + rtol * Math.abs(value))
              compared++
            }
          }
        }
      })
    }
    expect(compared).toBeGreaterThan(0)
  })
})

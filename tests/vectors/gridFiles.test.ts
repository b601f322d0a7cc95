import { readFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { gunzipSync } from 'node:zlib'
import { describe, expect, test } from 'vitest'
import { solveCase } from '../../src/engines/grid/solveCase.ts'
import { solvePhases } from '../../src/engines/grid/solvePhases.ts'
import { gridFormatOf } from '../../src/formats/grids/index.ts'
import { dssText } from '../../src/formats/grids/write/dssText.ts'
import { pandapowerText } from '../../src/formats/grids/write/pandapowerText.ts'
import type { GridCase } from '../../src/model/gridCase.ts'
import type { PhaseCase } from '../../src/model/phaseCase.ts'
import { solutionHash } from '../../src/model/solutionHash.ts'
import { referencePath } from '../support/reference.ts'

const folder = referencePath('grid')
const utf8 = (text: string) => new TextEncoder().encode(text)

const packed = (name: string): Uint8Array => gunzipSync(readFileSync(join(folder!, `${name}.json.gz`)))
const readCase = (bytes: Uint8Array): GridCase => gridFormatOf(bytes).read(bytes).cases[0]!

const readPhases = (bytes: Uint8Array, at = ''): PhaseCase =>
  gridFormatOf(bytes).read(bytes, undefined, (named) => readFileSync(join(at, named))).phaseCases![0]!

describe.skipIf(!folder)('grids from others (skipped without the reference folder)', () => {
  test('vector: mv_oberrhein as pandapower solved it: voltages to 5e-6 pu, flows to 5 W a megawatt, loading to 0.001 %', () => {
    const bytes = packed('mv_oberrhein')
    const grid = readCase(bytes)
    const solution = solveCase(grid, { tolerance: 1e-10 })
    expect(solution).toMatchObject({ converged: true })
    const results = JSON.parse(new TextDecoder().decode(bytes))._object
    const table = (name: string) =>
      JSON.parse(results[name]._object) as { columns: string[]; index: number[]; data: number[][] }
    const bus = table('res_bus')
    expect(bus.index).toHaveLength(179)
    bus.index.forEach((id, k) => {
      const own = solution.nodes.find((node) => node.id === id)!
      expect(Math.abs(own.vPu - bus.data[k]![bus.columns.indexOf('vm_pu')]!)).toBeLessThan(5e-6)
    })
    const line = table('res_line')
    line.index.forEach((id, k) => {
      const own = solution.branches.find((branch) => branch.id === `line ${id}`)!
      const figure = (column: string): number => line.data[k]![line.columns.indexOf(column)]!
      expect(Math.abs(own.ends[0]!.pW / 1e6 - figure('p_from_mw'))).toBeLessThan(5e-6)
      expect(Math.abs(own.ends[1]!.qVar / 1e6 - figure('q_to_mvar'))).toBeLessThan(5e-5)
      expect(Math.abs(own.loading * 100 - figure('loading_percent'))).toBeLessThan(1e-3)
    })
  })

  test('default: lv_schutterwald: 14 stations, 2,757 loads, every bus alive, every node balances to 1e-8', () => {
    const grid = readCase(packed('lv_schutterwald'))
    const solution = solveCase(grid, { tolerance: 1e-10 })
    expect(grid).toMatchObject({ nodes: { length: 2940 }, transformers: { length: 14 }, loads: { length: 2757 } })
    expect(solution.converged).toBe(true)
    expect(solution.mismatchPu).toBeLessThan(1e-8)
    expect(Math.min(...solution.nodes.map(({ vPu }) => vPu))).toBeGreaterThan(0.85) // all 2,757 loads at their peak at once
    expect(grid.places!.filter((place) => place !== null)).toHaveLength(2940)
  })

  test.each(['mv_oberrhein', 'lv_schutterwald'])(
    'behavior: %s written and read again is the same case, and the same results to the last bit',
    (name) => {
      const grid = readCase(packed(name))
      const again = readCase(utf8(pandapowerText(grid)))
      expect(again).toEqual(grid)
      expect(solutionHash(solveCase(again))).toBe(solutionHash(solveCase(grid)))
    },
  )

  test.each([
    ['13Bus', 'IEEE13Nodeckt.dss'],
    ['4Bus-YY-Bal', '4Bus-YY-Bal.DSS'],
    ['37Bus', 'ieee37.dss'],
    ['LVTestCase', 'Master.dss'],
  ])('behavior: %s written as one script and read again gives the same results to the last bit', (...parts) => {
    const path = join(folder!, 'dss', ...parts)
    const grid = readPhases(readFileSync(path), dirname(path))
    const again = readPhases(utf8(dssText(grid)))
    expect(again).toEqual({ ...grid, title: expect.any(String) })
    expect(solutionHash(solvePhases(again))).toBe(solutionHash(solvePhases(grid)))
  })
})

import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { TwinError } from '../../../../src/base/errors.ts'
import { solveCase } from '../../../../src/engines/grid/solveCase.ts'
import pandapower from '../../../../src/formats/grids/pandapower/index.ts'
import { pandapowerText } from '../../../../src/formats/grids/write/pandapowerText.ts'
import { csvText, geoJsonText } from '../../../../src/formats/grids/write/tables.ts'
import { aPandapowerNet, type NetChange } from '../../../support/pandapowerNet.ts'
import { jsonBytes } from '../../../support/pgmInput.ts'

const read = (change?: NetChange) => pandapower.read(jsonBytes(aPandapowerNet(change))).cases[0]!

describe('pandapower', () => {
  test('default: a small network solves; parallel lines, scaling and taps count', () => {
    const grid = read()
    expect(grid.lines[0]).toMatchObject({ id: 'line 3', rOhm: 0.2, ratedA: 600, fromClosed: true })
    expect(grid.loads[0]).toMatchObject({ id: 'load 0', kind: 'power', pW: 150_000 })
    expect(grid.transformers[0]).toMatchObject({
      clock: 5,
      tap: { position: 1, stepV: 500 },
      copperLossW: [5700, 5700, 5700],
    })
    const { converged, nodes } = solveCase(grid)
    expect(converged).toBe(true)
    expect(nodes[2]!.vPu).toBeLessThan(1)
  })

  test('behavior: an open switch opens the end it stands at, a closed one between buses joins them', () => {
    const open = read((net) => net.switch!.push({ bus: 7, element: 3, et: 'l', closed: false, z_ohm: 0 }))
    expect(open.lines[0]).toMatchObject({ fromClosed: true, toClosed: false })
    expect(open.links[0]).toMatchObject({ from: 2, to: 3, fromClosed: true })
    expect(solveCase(open).nodes[3]!.vPu).toBe(0)
    expect(solveCase(read()).nodes[3]!.vPu).toBeCloseTo(solveCase(read()).nodes[2]!.vPu, 6)
  })

  test('behavior: shares of impedance and current become loads of their kinds', () => {
    const { loads } = read((net) => Object.assign(net.load![0]!, { const_z_percent: 30, const_i_percent: 20 }))
    expect(loads.map(({ kind, pW }) => [kind, pW])).toEqual([
      ['power', 75_000],
      ['impedance', 45_000],
      ['current', 30_000],
    ])
  })

  test('behavior: what is out of service is open', () => {
    const grid = read((net) => Object.assign(net.bus![2]!, { in_service: false }))
    expect(grid.transformers[0]).toMatchObject({ fromClosed: true, toClosed: false })
  })

  test('behavior: written and read again it is the same case', () => {
    const grid = read((net) => net.switch!.push({ bus: 9, element: 0, et: 't', closed: false, z_ohm: 0 }))
    expect(pandapower.read(new TextEncoder().encode(pandapowerText(grid))).cases[0]).toEqual(grid)
  })

  test('default: the table has a line for each node and branch, the map only what has a place', () => {
    const grid = read()
    const solution = solveCase(grid)
    const rows = csvText(grid, solution).trimEnd().split('\r\n')
    expect(rows).toHaveLength(1 + 4 + 3)
    expect(rows[0]!.split(',')).toHaveLength(14)
    expect(rows.every((row) => row.split(',').length === 14)).toBe(true)
    expect(Number(rows[1]!.split(',')[5])).toBe(solution.nodes[0]!.vPu)
    const { features } = JSON.parse(geoJsonText(grid, solution))
    expect(features.map((f: { geometry: { type: string } }) => f.geometry.type)).toEqual([
      'Point',
      'Point',
      'LineString',
    ])
    expect(features[2].properties.id).toBe('line 3')
  })

  const field: readonly [string, NetChange, string, string][] = [
    ['a line to nowhere', (net) => Object.assign(net.line![0]!, { to_bus: 99 }), 'line', 'to_bus'],
    ['a line from a bus to itself', (net) => Object.assign(net.line![0]!, { to_bus: 4 }), 'line', 'to_bus'],
    [
      'a line of no impedance',
      (net) => Object.assign(net.line![0]!, { r_ohm_per_km: 0, x_ohm_per_km: 0 }),
      'line',
      'x_ohm_per_km',
    ],
    ['text for a number', (net) => Object.assign(net.line![0]!, { length_km: 'long' }), 'line', 'length_km'],
    ['a missing number', (net) => Object.assign(net.load![0]!, { p_mw: null }), 'load', 'p_mw'],
    ['a voltage of nothing', (net) => Object.assign(net.bus![1]!, { vn_kv: 0 }), 'bus', 'vn_kv'],
    ['a switch of an unknown kind', (net) => Object.assign(net.switch![0]!, { et: 'x' }), 'switch', 'et'],
    ['a switch with an impedance', (net) => Object.assign(net.switch![0]!, { z_ohm: 1 }), 'switch', 'z_ohm'],
    ['a phase shifter', (net) => Object.assign(net.trafo![0]!, { tap_step_degree: 5 }), 'trafo', 'tap_step_degree'],
    ['losses above the impedance', (net) => Object.assign(net.trafo![0]!, { vkr_percent: 50 }), 'trafo', 'vkr_percent'],
    ['a place that is none', (net) => Object.assign(net.bus![0]!, { geo: '{"type":"Point"}' }), 'bus', 'geo'],
  ]
  test.each(field)('error: GRID_INVALID for %s, naming table and column', (_, change, component, column) => {
    expect(() => read(change)).toThrow(
      expect.objectContaining({ code: 'GRID_INVALID', details: expect.objectContaining({ component, field: column }) }),
    )
  })

  test('error: NOT_AVAILABLE_YET names the table', () => {
    expect(() => read((net) => Object.assign(net, { dcline: [{ p_mw: 1 }] }))).toThrow(
      expect.objectContaining({ code: 'NOT_AVAILABLE_YET', details: { component: 'dcline' } }),
    )
  })

  test('behavior: seed 6: whatever bytes are changed, the answer is a case or a named error', () => {
    const own = jsonBytes(aPandapowerNet())
    fc.assert(
      fc.property(fc.nat(own.length - 1), fc.nat(40), fc.uint8Array({ maxLength: 6 }), (at, cut, put) => {
        try {
          for (const grid of pandapower.read(
            new Uint8Array([...own.subarray(0, at), ...put, ...own.subarray(at + cut)]),
          ).cases)
            solveCase(grid)
        } catch (error) {
          if (!(error instanceof TwinError)) throw error
        }
      }),
      { seed: 6, numRuns: 300 },
    )
  })
})

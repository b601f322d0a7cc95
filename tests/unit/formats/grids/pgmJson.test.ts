import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { TwinError } from '../../../../src/base/errors.ts'
import { solveCase } from '../../../../src/engines/grid/solveCase.ts'
import pgmJson from '../../../../src/formats/grids/pgmJson/index.ts'
import { aPgmInput, jsonBytes } from '../../../support/pgmInput.ts'

const read = (document: unknown, update?: unknown) =>
  pgmJson.read(jsonBytes(document), update === undefined ? undefined : jsonBytes(update))
const first = (name: string, fields: Record<string, unknown>) =>
  aPgmInput((data) => Object.assign(data[name]![0]!, fields))

const without = (name: string, field: string) =>
  aPgmInput((data) => {
    delete data[name]![0]![field]
  })

describe('pgmJson', () => {
  test('default: rows as objects, as lists and as columns mean the same', () => {
    const rows = aPgmInput()
    const asLists = {
      ...rows,
      attributes: { line: Object.keys(rows.data.line![0]!), node: ['u_rated', 'id'] },
      data: {
        ...rows.data,
        node: rows.data.node!.map((node) => [node.u_rated, node.id]),
        line: rows.data.line!.map((line) => Object.values(line)),
      },
    }
    const asColumns = {
      ...rows,
      data: { ...rows.data, node: { id: [1, 2, 3], u_rated: [10_000, 10_000, 400] } },
    }
    const expected = solveCase(read(rows).cases[0]!)
    expect(expected.converged).toBe(true)
    expect(solveCase(read(asLists).cases[0]!)).toEqual(expected)
    expect(solveCase(read(asColumns).cases[0]!)).toEqual(expected)
  })

  test('default: an update gives one case per scenario and leaves the rest as it was', () => {
    const update = {
      version: '1.0',
      type: 'update',
      is_batch: true,
      attributes: { sym_load: ['id', 'p_specified'] },
      data: [{ sym_load: [[7, 10_000]] }, { transformer: [{ id: 5, tap_pos: -2 }] }, {}],
    }
    const { cases } = read(aPgmInput(), update)
    expect(cases.map((grid) => grid.loads[0]!.pW)).toEqual([10_000, 150_000, 150_000])
    expect(cases.map((grid) => grid.loads[0]!.qVar)).toEqual([40_000, 40_000, 40_000])
    expect(cases.map((grid) => grid.transformers[0]!.tap.position)).toEqual([0, -2, 0])
  })

  test('behavior: an update without ids that covers all elements goes by order', () => {
    const update = { version: '1.0', type: 'update', is_batch: false, data: { sym_load: [{ p_specified: 5 }] } }
    expect(read(aPgmInput(), update).cases[0]!.loads[0]!.pW).toBe(5)
  })

  test('behavior: null, an absent field and the integer for none all mean the default', () => {
    for (const fields of [{ tap_nom: null, tap_pos: null }, { tap_nom: -128, tap_pos: -128 }, {}]) {
      expect(read(first('transformer', fields)).cases[0]!.transformers[0]!.tap).toMatchObject({
        position: 0,
        nominal: 0,
      })
    }
    expect(read(first('source', { sk: null })).cases[0]!.sources[0]).toMatchObject({
      shortCircuitVa: 1e10,
      rxRatio: 0.1,
    })
  })

  test('behavior: a tap outside its range is taken back to the nearest end, and said', () => {
    const { cases, findings } = read(first('transformer', { tap_pos: 9 }))
    expect(cases[0]!.transformers[0]!.tap.position).toBe(2)
    expect(findings).toEqual([expect.objectContaining({ code: 'TAP_OUT_OF_RANGE', entity: 'transformer', ids: ['5'] })])
  })

  test('behavior: a list of no elements is nothing, even of a type that is not modelled', () => {
    expect(read(aPgmInput((data) => Object.assign(data, { fault: [] }))).cases).toHaveLength(1)
  })

  test('default: an unbalanced load keeps its phases and counts with their sum', () => {
    const asym_load = [{ id: 9, node: 3, status: 1, type: 0, p_specified: [1, 2, 4], q_specified: [0, 0.5, 0.25] }]
    const { loads } = read(aPgmInput((data) => Object.assign(data, { asym_load }))).cases[0]!
    expect(loads[1]).toMatchObject({ id: 9, sign: 1, pW: 7, qVar: 0.75, phases: { pW: [1, 2, 4] } })
  })

  test('default: an unbalanced line folds its earthed neutral in', () => {
    const pairs = Object.fromEntries(
      ['aa', 'bb', 'cc', 'nn', 'ba', 'ca', 'cb', 'na', 'nb', 'nc'].flatMap((pair) => {
        const self = pair[0] === pair[1]
        return [
          [`r_${pair}`, self ? 0.4 : 0.1],
          [`x_${pair}`, self ? 0.8 : 0.3],
        ]
      }),
    )
    const asym_line = [{ id: 9, from_node: 1, to_node: 2, from_status: 1, to_status: 1, ...pairs, c0: 1e-6, c1: 2e-6 }]
    const { lines } = read(aPgmInput((data) => Object.assign(data, { asym_line }))).cases[0]!
    // by hand: Z(m)² / Z(n) = (0.1 + 0.3j)² / (0.4 + 0.8j) = 0.02 + 0.11j
    expect(lines[1]!.phases!.rOhm[0]).toBeCloseTo(0.38, 12)
    expect(lines[1]!.phases!.xOhm[0]).toBeCloseTo(0.69, 12)
    expect(lines[1]!.rOhm).toBeCloseTo(0.3, 12) // of the positive sequence: self less mutual
    expect(lines[1]!.xOhm).toBeCloseTo(0.5, 12)
    expect(lines[1]!.phases!.capacitanceF[1]).toBeCloseTo(-1e-6 / 3, 18)
  })

  const regulator = { id: 9, regulated_object: 5, status: 1, control_side: 1, u_set: 400, u_band: 10 }
  test('default: a regulator goes to its transformer, and one that is off to none', () => {
    const of = (status: number) =>
      read(aPgmInput((data) => Object.assign(data, { transformer_tap_regulator: [{ ...regulator, status }] })))
        .cases[0]!
    expect(of(1).transformers[0]!.regulator).toEqual({ id: 9, side: 'to', setV: 400, bandV: 10, dropOhm: [0, 0] })
    expect(of(0).transformers[0]!.regulator).toBeUndefined()
  })

  test.each([
    [
      'a regulator of a line',
      { transformer_tap_regulator: [{ ...regulator, regulated_object: 4 }] },
      'regulated_object',
    ],
    ['a second regulator', { transformer_tap_regulator: [regulator, { ...regulator, id: 10 }] }, 'regulated_object'],
    ['a side that is none', { transformer_tap_regulator: [{ ...regulator, control_side: 2 }] }, 'control_side'],
    [
      'a phase without power',
      { asym_load: [{ id: 9, node: 3, status: 1, type: 0, p_specified: [1, 2, null], q_specified: [0, 0, 0] }] },
      'p_specified[3]',
    ],
    [
      'half a neutral',
      {
        asym_line: [
          {
            id: 9,
            from_node: 1,
            to_node: 2,
            from_status: 1,
            to_status: 1,
            r_aa: 1,
            r_bb: 1,
            r_cc: 1,
            r_ba: 0,
            r_ca: 0,
            r_cb: 0,
            x_aa: 1,
            x_bb: 1,
            x_cc: 1,
            x_ba: 0,
            x_ca: 0,
            x_cb: 0,
            c0: 0,
            c1: 0,
            r_nn: 1,
            x_nn: 1,
          },
        ],
      },
      'r_na',
    ],
  ])('error: GRID_INVALID for %s, naming the field', (_, extra, field) => {
    expect(() => read(aPgmInput((data) => Object.assign(data, extra)))).toThrow(
      expect.objectContaining({ code: 'GRID_INVALID', details: expect.objectContaining({ field }) }),
    )
  })

  test.each([
    ['fault', { fault: [{ id: 9, node: 3 }] }],
    ['voltage_regulator', { voltage_regulator: [{ id: 9 }] }],
    ['sym_voltage_sensor', { sym_voltage_sensor: [{ id: 9 }] }],
  ])('error: NOT_AVAILABLE_YET names %s', (name, extra) => {
    expect(() => read(aPgmInput((data) => Object.assign(data, extra)))).toThrow(
      expect.objectContaining({
        code: 'NOT_AVAILABLE_YET',
        message: expect.stringContaining(name),
        details: { component: name },
      }),
    )
  })

  test.each([
    ['no JSON', 'not json'],
    ['a list', []],
    ['another version', { ...aPgmInput(), version: '2.0' }],
    ['no type', { ...aPgmInput(), type: 5 }],
    ['an output file', { ...aPgmInput(), type: 'sym_output' }],
    ['a batch as input', { ...aPgmInput(), is_batch: true, data: [aPgmInput().data] }],
    ['is_batch against data', { ...aPgmInput(), is_batch: true }],
    ['is_batch that is neither', { ...aPgmInput(), is_batch: 'no' }],
    ['data that is a number', { ...aPgmInput(), data: 7 }],
    ['an unknown component', aPgmInput((data) => Object.assign(data, { flux_capacitor: [{ id: 9 }] }))],
    ['an unknown field', first('line', { colour: 3 })],
    ['text for a number', first('line', { r1: '0.3' })],
    ['a row that is a number', aPgmInput((data) => Object.assign(data, { line: [4] }))],
    ['a list row without attributes', aPgmInput((data) => Object.assign(data, { node: [[1, 10_000]] }))],
    [
      'a list row of another length',
      { ...aPgmInput((data) => Object.assign(data, { node: [[1]] })), attributes: { node: ['id', 'u_rated'] } },
    ],
    ['columns of different length', aPgmInput((data) => Object.assign(data, { node: { id: [1, 2], u_rated: [1] } }))],
    ['attributes that are no names', { ...aPgmInput(), attributes: { node: [1, 2] } }],
  ])('error: FORMAT_BROKEN for %s', (_, document) => {
    expect(() => read(document)).toThrow(expect.objectContaining({ code: 'FORMAT_BROKEN' }))
  })

  test.each([
    ['line', 'to_node', first('line', { to_node: 77 })],
    ['line', 'to_node', first('line', { to_node: 1 })],
    ['line', 'to_node', first('line', { to_node: 3 })],
    ['line', 'x1', first('line', { r1: 0, x1: 0 })],
    ['line', 'r1', first('line', { r1: 'inf' })],
    ['line', 'r1', without('line', 'r1')],
    ['line', 'from_status', first('line', { from_status: 2 })],
    ['line', 'i_n', first('line', { i_n: -5 })],
    ['node', 'u_rated', first('node', { u_rated: 0 })],
    ['node', 'id', first('node', { id: 1.5 })],
    ['node', 'id', first('node', { id: 2 })],
    ['source', 'id', first('source', { id: 4 })],
    ['source', 'u_ref', without('source', 'u_ref')],
    ['source', 'sk', first('source', { sk: 0 })],
    ['transformer', 'uk', first('transformer', { uk: 1.2 })],
    ['transformer', 'uk', first('transformer', { uk: 0 })],
    ['transformer', 'pk', first('transformer', { pk: -1 })],
    ['transformer', 'clock', first('transformer', { clock: 0 })],
    ['transformer', 'clock', first('transformer', { clock: 13 })],
    ['transformer', 'tap_side', first('transformer', { tap_side: 2 })],
    ['transformer', 'tap_min', without('transformer', 'tap_min')],
    ['sym_load', 'type', first('sym_load', { type: 3 })],
    ['sym_load', 'node', first('sym_load', { node: 5 })],
  ])('error: GRID_INVALID names %s and %s', (component, field, document) => {
    expect(() => read(document)).toThrow(
      expect.objectContaining({
        code: 'GRID_INVALID',
        message: expect.stringContaining(field),
        details: expect.objectContaining({ component, field }),
      }),
    )
  })

  test.each([
    ['an id that the input does not have', [{ sym_load: [{ id: 99, p_specified: 1 }] }], 'GRID_INVALID'],
    ['a component that the input does not have', [{ sym_gen: [{ id: 7, p_specified: 1 }] }], 'GRID_INVALID'],
    ['a value that does not fit', [{ sym_load: [{ id: 7, status: 5 }] }], 'GRID_INVALID'],
    ['a component that is not modelled', [{ fault: [{ id: 7 }] }], 'NOT_AVAILABLE_YET'],
  ])('error: an update with %s', (_, data, code) => {
    const update = { version: '1.0', type: 'update', is_batch: true, attributes: {}, data }
    expect(() => read(aPgmInput(), update)).toThrow(expect.objectContaining({ code }))
  })
  test('error: an input is no update', () => {
    expect(() => read(aPgmInput(), aPgmInput())).toThrow(expect.objectContaining({ code: 'FORMAT_BROKEN' }))
  })

  test('behavior: seed 21: whatever bytes are cut out or changed, the answer is a case or a named error', () => {
    const bytes = jsonBytes(aPgmInput())
    fc.assert(
      fc.property(fc.nat(bytes.length - 1), fc.nat(40), fc.uint8Array({ maxLength: 6 }), (at, cut, put) => {
        const mangled = new Uint8Array([...bytes.subarray(0, at), ...put, ...bytes.subarray(at + cut)])
        try {
          for (const grid of pgmJson.read(mangled).cases) solveCase(grid)
        } catch (error) {
          expect(error).toBeInstanceOf(TwinError)
        }
      }),
      { seed: 21, numRuns: 500 },
    )
  })
})

import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { TwinError } from '../../../../src/base/errors.ts'
import { solveCase } from '../../../../src/engines/grid/solveCase.ts'
import matpower from '../../../../src/formats/grids/matpower/index.ts'

/** Three buses at 11 kV with loads in kW and impedances in ohm, converted by code at the end, and an open tie. */
const CASE = `function mpc = three
%THREE  a case with the traps of the published ones: 100% comments, code
mpc.version = '2';
mpc.baseMVA = 10;
%	bus_i	type	Pd	Qd	Gs	Bs	area	Vm	Va	baseKV	zone	Vmax	Vmin
mpc.bus = [ %% (Pd and Qd in kW & kVAr)
	1	3	0	0	0	0	1	1	0	11	1	1	1;
	2	1	100	60	0	0	1	1	0	11	1	1.1	0.9;
	3	1	90	40	0	0.1	1	1	0	11	1	1.1	0.9;
];
mpc.gen = [
	1	0	0	10	-10	1	100	1	10	0	0	0	0	0	0	0	0	0	0	0	0;
];
mpc.branch = [
	1	2	0.5	0.3	0	5	0	0	0	0	1	-360	360;
	2	3	0.4	0.2	0	0	0	0	0	0	1	-360	360;
	1	3	2	2	0	0	0	0	0	0	0	-360	360; % tie, open
];
mpc.gencost = [
	2	0	0	3	0	20	0;
];
[PQ, PV, REF, NONE, BUS_I, BUS_TYPE, PD, QD, GS, BS, BUS_AREA, VM, ...
    VA, BASE_KV, ZONE, VMAX, VMIN, LAM_P, LAM_Q, MU_VMAX, MU_VMIN] = idx_bus;
[F_BUS, T_BUS, BR_R, BR_X] = idx_brch;
Vbase = mpc.bus(1, BASE_KV) * 1e3;      %% in Volts
Sbase = mpc.baseMVA * 1e6;              %% in VA
mpc.branch(:, [BR_R BR_X]) = mpc.branch(:, [BR_R BR_X]) / (Vbase^2 / Sbase);
mpc.bus(:, [PD, QD]) = mpc.bus(:, [PD, QD]) / 1e3;
`
const read = (text: string) => matpower.read(new TextEncoder().encode(text)).cases[0]!
const changed = (from: string, to: string) => {
  expect(CASE).toContain(from)
  return CASE.replace(from, to)
}

describe('matpower', () => {
  test('default: runs the conversions, and keeps the open tie open', () => {
    const grid = read(CASE)
    expect(grid.title).toBe('three')
    expect(grid.pis.map(({ rOhm, fromClosed }) => [Math.round(rOhm * 1e9) / 1e9, fromClosed])).toEqual([
      [0.5, true],
      [0.4, true],
      [2, false],
    ])
    expect(grid.loads.map(({ pW }) => pW)).toEqual([100_000, 90_000])
    expect(grid.pis.map(({ ratedVa }) => ratedVa)).toEqual([5e6, NaN, NaN])
    expect(grid.shunts[0]!.bS * 11_000 ** 2).toBeCloseTo(1e5, 6)
    expect(solveCase(grid)).toMatchObject({ converged: true, method: 'sweep' })
  })
  test('behavior: without the conversion code the numbers are per unit and megawatt', () => {
    const grid = read(CASE.slice(0, CASE.indexOf('[PQ')))
    expect(grid.loads[0]!.pW).toBe(100e6)
    expect(grid.pis[0]!.rOhm).toBeCloseTo(0.5 * 12.1, 9)
  })
  test('behavior: generators hold PV buses, feed PQ buses, and only the first at the reference is the reference', () => {
    const gens = `1	0	0	10	-10	1	100	1	10	0;\n2	0.2	0	9	-9	1.01	100	1	9	0;\n3	0.1	0.05	9	-9	1	100	1	9	0;\n1	0.3	0	9	-9	1	100	1	9	0;`
    const text = changed('1	0	0	10	-10	1	100	1	10	0	0	0	0	0	0	0	0	0	0	0	0;', gens).replace(
      '2	1	100	60',
      '2	2	100	60',
    )
    const grid = read(text)
    expect(grid.sources.map(({ id }) => id)).toEqual(['gen 1'])
    expect(grid.generators.map(({ id, vPu }) => [id, vPu])).toEqual([
      ['gen 2', 1.01],
      ['gen 4', 1],
    ])
    expect(grid.loads.at(-1)).toMatchObject({ id: 'gen 3', sign: -1, pW: 1e5, qVar: 5e4 })
    const solution = solveCase(grid)
    expect(solution).toMatchObject({ converged: true, method: 'newton' })
    expect(solution.nodes[1]!.vPu).toBeCloseTo(1.01, 10)
  })
  test('behavior: sniffs a case behind a long comment, and nothing else', () => {
    const sniff = (text: string) => matpower.sniff(new TextEncoder().encode(text))
    expect(sniff(`% one\n\n% two\n${CASE}`)).toBe(true)
    expect(sniff('{"version": "1.0", "is_batch": false}')).toBe(false)
    expect(sniff('clear; x = 1')).toBe(false)
    expect(sniff('')).toBe(false)
  })

  test.each([
    ['no function line', CASE.slice(CASE.indexOf('mpc.version'))],
    ['a matrix that never ends', changed('\n];\nmpc.gen', '\nmpc.gen')],
    ['a bracket too many', changed('];\nmpc.gen =', ']];\nmpc.gen =')],
    ['a ragged row', changed('2	3	0.4	0.2	0	0', '2	3	0.4	0.2	0')],
    ['a word in a matrix', changed('100	60', 'many	60')],
    ['no branches', changed('mpc.branch = [', 'mpc.brunch = [').replace(/mpc\.branch\(:.*\n/, '')],
    ['no base power', changed('mpc.baseMVA = 10;', '').replace('Sbase = mpc.baseMVA', 'Sbase = 10')],
    ['a conversion it cannot compute', changed('/ 1e3;', '/ sqrt(3);')],
    ['a conversion of one side only', changed('mpc.branch(:, [BR_R BR_X]) /', 'mpc.branch(:, [BR_R BR_B]) /')],
    [
      'a column that does not exist',
      changed('mpc.bus(:, [PD, QD]) = mpc.bus(:, [PD, QD])', 'mpc.bus(:, [PD, 99]) = mpc.bus(:, [PD, 99])'),
    ],
    ['a call', `${CASE}\nmpc = ext2int(mpc);`],
    ['a loop', `${CASE}\nfor k = 1:3`],
    ['a nest of parentheses', changed('/ 1e3;', `/ ${'('.repeat(5000)}1${')'.repeat(5000)};`)],
  ])('error: FORMAT_BROKEN with its line for %s', (_, text) => {
    expect(() => read(text)).toThrow(
      expect.objectContaining({ code: 'FORMAT_BROKEN', message: expect.stringMatching(/^Line \d+: /) }),
    )
  })
  test.each([
    ['a branch to nowhere', changed('2	3	0.4', '2	8	0.4'), 'T_BUS'],
    ['a branch onto itself', changed('2	3	0.4', '2	2	0.4'), 'T_BUS'],
    ['a branch without impedance', changed('2	3	0.4	0.2', '2	3	0	0'), 'BR_X'],
    ['a bus twice', changed('3	1	90', '2	1	90'), 'BUS_I'],
    ['a bus of no kind', changed('3	1	90', '3	9	90'), 'BUS_TYPE'],
    ['a bus without voltage', changed('40	0	0.1	1	1	0	11', '40	0	0.1	1	1	0	0'), 'BASE_KV'],
    ['a load without limit', changed('90	40', 'Inf	40'), 'PD'],
    ['a generator nowhere', changed('1	0	0	10	-10', '9	0	0	10	-10'), 'GEN_BUS'],
    ['a reference without voltage', changed('10	-10	1	100', '10	-10	0	100'), 'VG'],
  ])('error: GRID_INVALID for %s', (_, text, field) => {
    expect(() => read(text)).toThrow(
      expect.objectContaining({ code: 'GRID_INVALID', details: expect.objectContaining({ field }) }),
    )
  })
  test('error: GRID_INVALID for a negative base power and for narrow matrices', () => {
    expect(() => read(changed('baseMVA = 10', 'baseMVA = -10'))).toThrow(
      expect.objectContaining({ code: 'GRID_INVALID' }),
    )
    const narrow = CASE.slice(0, CASE.indexOf('[PQ')).replace(/mpc\.bus = [\s\S]*?\];/, 'mpc.bus = [1 3 0 0];')
    expect(() => read(narrow)).toThrow(expect.objectContaining({ code: 'GRID_INVALID' }))
  })
  test('error: BAD_USAGE with an update file', () => {
    const bytes = new TextEncoder().encode(CASE)
    expect(() => matpower.read(bytes, bytes)).toThrow(expect.objectContaining({ code: 'BAD_USAGE' }))
  })

  test('behavior: seed 22: whatever is cut out or put in, the answer is a case or a named error', () => {
    fc.assert(
      fc.property(
        fc.nat(CASE.length - 1),
        fc.nat(30),
        fc.string({ maxLength: 8, unit: fc.constantFrom(..."[]();=.%'\n ^*/-0123e,mpcbus") }),
        (at, cut, put) => {
          try {
            solveCase(read(CASE.slice(0, at) + put + CASE.slice(at + cut)))
          } catch (error) {
            expect(error).toBeInstanceOf(TwinError)
          }
        },
      ),
      { seed: 22, numRuns: 800 },
    )
  })
})

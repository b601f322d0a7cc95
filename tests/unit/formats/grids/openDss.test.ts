import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { TwinError } from '../../../../src/base/errors.ts'
import { solvePhases } from '../../../../src/engines/grid/solvePhases.ts'
import openDss from '../../../../src/formats/grids/openDss/index.ts'
import { A_DSS_SCRIPT } from '../../../support/dssScript.ts'

const bytes = (text: string) => new TextEncoder().encode(text)
const files = (all: Record<string, string>) => (path: string) => (path in all ? bytes(all[path]!) : null)
const read = (text: string, all: Record<string, string> = {}) =>
  openDss.read(bytes(text), undefined, files(all)).phaseCases![0]!
const also = (more: string) => read(`${A_DSS_SCRIPT}\n${more}`)

describe('openDss', () => {
  test('default: a small circuit solves, ids are class and name', () => {
    const grid = read(A_DSS_SCRIPT)
    const solution = solvePhases(grid)
    expect(solution.converged).toBe(true)
    expect(grid.buses.map(({ id, ratedV }) => [id, Math.round(ratedV)])).toEqual([
      ['sourcebus', 10_000],
      ['a', 10_000],
      ['b', 400],
    ])
    expect(solution.branches.map(({ id }) => id)).toEqual(['line.l1', 'transformer.t1'])
    expect(solution.nodes[2]!.vPu[0]).toBeLessThan(solution.nodes[2]!.vPu[1])
  })

  test('behavior: values by place, shortened names, continued lines, comments and sums in reverse Polish mean the same', () => {
    const plain = read(
      'new circuit.c bus1=s basekv=10 pu=1.02 \n new line.l bus1=s bus2=t r1=2 x1=0.5 r0=5 x0=2 c1=0 c0=0 length=4',
    )
    const odd = read(`! a comment\nNew object=circuit.c S 10 PU = (1.02 1 *) // more
      /* not
      this */
      NEW "Line.L" s T,
      ~ R1=(4 2 /)   x1 = 0.5 r0=5 X0=2
      More c1=0 c0=0 len=4`)
    expect(odd.lines).toEqual(plain.lines)
    expect(odd.sources).toEqual(plain.sources)
    expect(plain.lines[0]!.seriesOhm.re[0]).toBeCloseTo((4 * (2 * 2 + 5)) / 3, 12)
    expect(plain.lines[0]!.seriesOhm.im[1]).toBeCloseTo((4 * (2 - 0.5)) / 3, 12)
  })

  test('behavior: lengths are converted when both sides name a unit, reactances when frequencies differ', () => {
    const grid = read(`set defaultbasefrequency=50
      new circuit.c basekv=10
      new linecode.k nphases=1 units=km rmatrix=[2] xmatrix=[1] cmatrix=[0] basefreq=60
      new line.l phases=1 bus1=sourcebus.1 bus2=t.1 linecode=k length=500 units=m`)
    expect(grid.lines[0]!.seriesOhm.re[0]).toBeCloseTo(1, 12)
    expect(grid.lines[0]!.seriesOhm.im[0]).toBeCloseTo(0.5 * (50 / 60), 12)
  })

  test('behavior: redirected files, and files of values, are taken from where the redirecting file lies', () => {
    const grid = read('clear\nredirect sub/all.dss', {
      'sub/all.dss': `${A_DSS_SCRIPT}\nnew loadshape.day npts=3 minterval=15 mult=(file=day.txt)\nload.one.yearly=day`,
      'sub/day.txt': '0.5\r\n1\r\n0.25\r\n',
    })
    expect(grid.profiles.get('day')).toEqual({ stepS: 900, factor: Float64Array.of(0.5, 1, 0.25) })
    expect(grid.loads[0]!.profile).toBe('day')
  })

  test('behavior: like copies, edits change, a batch edit changes many, what is disabled is open', () => {
    const grid = also(`new load.two like=one kw=7
      new load.three like=two bus1=b.2
      batchedit load.t.* pf=0.5
      edit load.one enabled=no`)
    expect(grid.loads.map(({ parts }) => parts[0]!.pW)).toEqual([20_000, 7_000, 7_000])
    expect(grid.loads[2]!.parts[0]).toMatchObject({ from: 2, to: 0 })
    expect(grid.loads[2]!.parts[0]!.qVar).toBeCloseTo(7_000 * Math.sqrt(3), 6)
    expect(grid.loads.map(({ closed }) => closed)).toEqual([false, true, true])
  })

  test('behavior: a regulator holds its band, and stays where controls are off', () => {
    const regulator = `new regcontrol.r transformer=t1 winding=2 vreg=245 band=3 ptratio=1`
    const on = solvePhases(also(regulator))
    const [v] = on.nodes[2]!.vPu
    expect(on.taps).toEqual([{ id: 'transformer.t1', position: expect.any(Number) }])
    expect(on.taps[0]!.position).toBeGreaterThan(0)
    expect(Math.abs((v * 400) / Math.sqrt(3) - 245)).toBeLessThanOrEqual(1.5)
    expect(solvePhases(also(`${regulator}\nset controlmode=off`)).taps).toEqual([])
  })

  test('behavior: a delta-wye transformer lags by 30° unless the file says it leads', () => {
    const angle = (more: string) =>
      (solvePhases(also(`edit load.one kw=0\n${more}`)).nodes[2]!.angleRad[0] * 180) / Math.PI
    expect(angle('')).toBeCloseTo(-30, 1)
    expect(angle('transformer.t1.leadlag=lead')).toBeCloseTo(30, 1)
  })

  test('behavior: a star of three windings passes the sum of its loads through the first', () => {
    const grid =
      also(`new transformer.w windings=3 buses=(a, c, d) conns=(wye wye wye) kvs=(10 0.4 0.4) kvas=(500 300 300) xhl=5 xht=6 xlt=4
      new load.c phases=3 bus1=c kv=0.4 kw=90 pf=1
      new load.d phases=3 bus1=d kv=0.4 kw=60 pf=1`)
    const solution = solvePhases(grid)
    const { ends } = solution.branches.find(({ id }) => id === 'transformer.w')!
    const sum = (values: readonly number[]) => values.reduce((a, b) => a + b)
    expect(ends).toHaveLength(3)
    expect(sum(ends[1]!.pW)).toBeCloseTo(-90_000, 0)
    expect(sum(ends[0]!.pW)).toBeGreaterThan(150_000)
    expect(sum(ends[0]!.pW)).toBeLessThan(152_500)
  })

  test.each([
    ['a line to nowhere', 'new line.x bus1=a', 'line', 'bus2'],
    ['a line from a bus to itself', 'new line.x bus1=a bus2=a', 'line', 'bus2'],
    ['an unknown line code', 'new line.x bus1=a bus2=q linecode=nix', 'line', 'linecode'],
    [
      'a matrix of the wrong size',
      'new linecode.k nphases=3 rmatrix=[1 | 2]\nnew line.x bus1=a bus2=q linecode=k',
      'linecode',
      'rmatrix',
    ],
    ['a length of nothing', 'new line.x bus1=a bus2=q length=0', 'line', 'length'],
    ['text for a number', 'new load.x bus1=b kv=0.4 kw=lots', 'load', 'kw'],
    ['no number', 'new load.x bus1=b kv=0.4 kw=NaN', 'load', 'kw'],
    ['a voltage of nothing', 'new load.x bus1=b kv=0', 'load', 'kv'],
    ['a node that is none', 'new load.x bus1=b.17 kv=0.4', 'load', 'bus1'],
    ['a model that is not read', 'new load.x bus1=b kv=0.4 model=6', 'load', 'model'],
    ['an unknown profile', 'new load.x bus1=b kv=0.4 daily=nix', 'load', 'yearly'],
    ['an unknown unit', 'new line.x bus1=a bus2=q units=furlong', 'line', 'units'],
    ['an unknown property', 'new load.x colour=red', 'load', 'colour'],
    ['a name given twice', 'new load.one bus1=b', 'load', 'name'],
    ['a regulator of nothing', 'new regcontrol.x transformer=nix', 'regcontrol', 'transformer'],
    ['a winding too many', 'new transformer.x wdg=3 bus=a', 'transformer', 'wdg'],
    ['a profile too short', 'new loadshape.x npts=4 mult=[1 2]', 'loadshape', 'mult'],
    ['a file that is not there', 'new loadshape.x npts=4 mult=(file=nix.txt)', 'loadshape', 'mult'],
    [
      'a unit without a wire',
      'set earthmodel=carson\nnew linegeometry.g nconds=1 nphases=1 cond=1 x=0 h=9\nnew line.x phases=1 bus1=a.1 bus2=q.1 geometry=g units=km',
      'linegeometry',
      'wire',
    ],
  ])('error: GRID_INVALID for %s, naming element and field', (_, more, component, field) => {
    expect(() => also(more)).toThrow(
      expect.objectContaining({ code: 'GRID_INVALID', details: expect.objectContaining({ component, field }) }),
    )
  })

  test.each([
    ['an unknown class', 'new fluxcapacitor.x kv=1', /unknown class fluxcapacitor.*line 13/],
    ['an unknown command', 'frobnicate', /no command that is known/],
    ['a bracket that stays open', 'new load.x kvs=(1 2', /does not close/],
    ['a name without class', 'new x', /names no element/],
    ['an edit of nothing', 'edit load.nix kw=1', /edited before it is made/],
    ['a second circuit', 'new circuit.two', /second circuit/],
    ['a redirect to nowhere', 'redirect nix.dss', /nix\.dss.*cannot be read/],
  ])('error: FORMAT_BROKEN for %s, naming the line', (_, more, message) => {
    expect(() => also(more)).toThrow(
      expect.objectContaining({ code: 'FORMAT_BROKEN', message: expect.stringMatching(message) }),
    )
  })

  test('error: a redirect in a circle, an empty script, an update', () => {
    expect(() => read('redirect a.dss', { 'a.dss': 'redirect a.dss' })).toThrow(/in a circle/)
    expect(() => read('clear')).toThrow(/makes no circuit/)
    expect(() => openDss.read(bytes(A_DSS_SCRIPT), bytes(''))).toThrow(expect.objectContaining({ code: 'BAD_USAGE' }))
  })

  test('error: NOT_AVAILABLE_YET names the class that carries power', () => {
    expect(() => also('new pvsystem.x bus1=b kv=0.4')).toThrow(
      expect.objectContaining({
        code: 'NOT_AVAILABLE_YET',
        details: expect.objectContaining({ component: 'pvsystem' }),
      }),
    )
  })

  test('behavior: a bus that nothing feeds is found and said', () => {
    const { findings } = openDss.read(bytes(`${A_DSS_SCRIPT}\nnew line.far bus1=x bus2=y`))
    expect(findings).toEqual([expect.objectContaining({ code: 'BUS_WITHOUT_VOLTAGE', entity: 'bus', ids: ['x', 'y'] })])
  })

  test('behavior: seed 5: whatever is cut out or changed, the answer is a case or a named error', () => {
    const own = bytes(A_DSS_SCRIPT)
    fc.assert(
      fc.property(fc.nat(own.length - 1), fc.nat(40), fc.uint8Array({ maxLength: 6 }), (at, cut, put) => {
        try {
          for (const grid of openDss.read(new Uint8Array([...own.subarray(0, at), ...put, ...own.subarray(at + cut)]))
            .phaseCases!)
            solvePhases(grid)
        } catch (error) {
          if (!(error instanceof TwinError)) throw error
        }
      }),
      { seed: 5, numRuns: 400 },
    )
  })
})

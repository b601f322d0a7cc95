import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { main } from '../../../src/cli/main.ts'
import { A_DSS_SCRIPT } from '../../support/dssScript.ts'
import { aPandapowerNet } from '../../support/pandapowerNet.ts'
import { aPgmInput } from '../../support/pgmInput.ts'

let folder = ''
const file = (name: string, content: unknown): string => {
  const path = join(folder, name)
  writeFileSync(path, typeof content === 'string' ? content : JSON.stringify(content))
  return path
}
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'grid-solve-'))
})
afterAll(() => rmSync(folder, { recursive: true }))

async function run(...args: string[]) {
  const out: string[] = []
  const err: string[] = []
  const code = await main(['grid', 'solve', ...args], { out: (t) => out.push(t), err: (t) => err.push(t) })
  return { code, out: out.join('\n'), err: err.join('\n') }
}

describe('veracity grid solve', () => {
  test('default: prints the documented JSON and nothing else', async () => {
    const { code, out, err } = await run(file('a.json', aPgmInput()), '--json')
    expect(code).toBe(0)
    expect(err).toBe('')
    const result = JSON.parse(out)
    expect(result).toMatchObject({ converged: true, findings: [] })
    expect(result.maxMismatch).toBeLessThan(1e-6)
    const [scenario] = result.scenarios
    expect(scenario.nodes.map((n: { id: number }) => n.id)).toEqual([1, 2, 3])
    expect(scenario.nodes[2].uPu).toHaveLength(1)
    expect(scenario.nodes[2].angleRad[0]).toBeGreaterThan(0.4)
    expect(Object.keys(scenario.branches[0])).toEqual([
      'id',
      'pFromW',
      'qFromVar',
      'iFromA',
      'pToW',
      'qToVar',
      'iToA',
      'loading',
    ])
    expect(scenario.appliances.find((a: { id: number }) => a.id === 7)).toEqual({
      id: 7,
      pW: [150_000],
      qVar: [40_000],
    })
    expect(scenario.lossW).toBeGreaterThan(900)
    expect(scenario.taps).toEqual([{ id: 5, position: 0 }])
  })
  test('default: without --json one line a scenario', async () => {
    const { code, out } = await run(file('a.json', aPgmInput()))
    expect(code).toBe(0)
    expect(out).toMatch(
      /^scenario 1: converged in \d+ iterations \(sweep\); losses [\d.]+ kW; lowest voltage 1\.\d{8} pu at node 3$/,
    )
  })
  test('args: --update gives one scenario each, --method is honoured', async () => {
    const data = [{ sym_load: [{ id: 7, p_specified: 1 }] }, { sym_load: [{ id: 7, p_specified: 300_000 }] }]
    const update = file('u.json', { version: '1.0', type: 'update', is_batch: true, attributes: {}, data })
    const { code, out } = await run(file('a.json', aPgmInput()), '--update', update, '--method', 'newton', '--json')
    expect(code).toBe(0)
    const { scenarios } = JSON.parse(out)
    expect(scenarios.map((s: { method: string }) => s.method)).toEqual(['newton', 'newton'])
    expect(scenarios[1].branches[1].loading).toBeGreaterThan(0.75)
  })
  const threePhase = aPgmInput((data) => {
    Object.assign(data.line![0]!, { r0: 0.9, x0: 0.6, c0: 1e-6, tan0: 0 })
    data.asym_load = [{ id: 9, node: 3, status: 1, type: 0, p_specified: [9e3, 0, 0], q_specified: [0, 0, 0] }]
  })
  test('args: --phases 3 prints one entry an array for each phase', async () => {
    const { code, out } = await run(file('p.json', threePhase), '--phases', '3', '--json')
    expect(code).toBe(0)
    const [scenario] = JSON.parse(out).scenarios
    expect(scenario.nodes[2].uPu).toHaveLength(3)
    expect(scenario.nodes[2].uPu[0]).toBeLessThan(scenario.nodes[2].uPu[1])
    expect(scenario.branches[0].pFromW).toHaveLength(3)
    expect(scenario.appliances.find((a: { id: number }) => a.id === 9).pW[0]).toBeCloseTo(9e3, 6)
    expect((await run(file('p.json', threePhase), '--phases', '3')).out).toMatch(
      /lowest voltage [\d.]+ pu at node \d phase \d/,
    )
  })
  test('default: an OpenDSS script tells its phases apart, and fetches what it redirects to', async () => {
    file('rest.dss', 'new load.two phases=1 bus1=b.2 kv=0.23 kw=5')
    const path = file('main.dss', `${A_DSS_SCRIPT}\nredirect rest.dss`)
    const { code, out } = await run(path, '--json')
    expect(code).toBe(0)
    const [scenario] = JSON.parse(out).scenarios
    expect(scenario.appliances.map((a: { id: string }) => a.id)).toEqual(['vsource.source', 'load.one', 'load.two'])
    expect(scenario.appliances[2].pW).toEqual([null, expect.closeTo(5000, 6), null])
    expect((await run(path, '--phases', '1')).err).toMatch(/tells phases apart; expected 3/)
  })
  test('args: --out writes a file that solves to the same hash, and tables', async () => {
    const hash = async (path: string, ...more: string[]) =>
      JSON.parse((await run(path, '--json', ...more)).out).scenarios[0].resultHash
    const dss = join(folder, 'out.dss')
    expect(await hash(file('in.dss', A_DSS_SCRIPT), '--out', dss)).toBe(await hash(dss))
    const net = join(folder, 'out.json')
    expect(await hash(file('in.json', aPandapowerNet()), '--out', net)).toBe(await hash(net))
    await run(net, '--out', join(folder, 'out.csv'))
    expect(readFileSync(join(folder, 'out.csv'), 'utf8')).toMatch(/^kind,id,from/)
    expect((await run(net, '--out', join(folder, 'out.dss'))).err).toMatch(/expected a \.json, \.csv or \.geojson/)
  })
  test('error: three phases by the sweep, or without zero-sequence data: exit 2, named', async () => {
    expect((await run(file('p.json', threePhase), '--phases', '3', '--method', 'sweep')).err).toMatch(
      /expected current/,
    )
    const { code, err } = await run(file('a.json', aPgmInput()), '--phases', '3')
    expect(code).toBe(2)
    expect(err).toMatch(/line 4: r0 is missing/)
  })
  test('args: --tap-strategy chooses the position inside the band', async () => {
    const regulated = aPgmInput((data) => {
      Object.assign(data.transformer![0]!, { tap_min: -8, tap_max: 8, tap_size: 50 })
      data.transformer_tap_regulator = [
        { id: 9, regulated_object: 5, status: 1, control_side: 1, u_set: 400, u_band: 9 },
      ]
    })
    const position = async (strategy: string) => {
      const { out } = await run(file('r.json', regulated), '--tap-strategy', strategy, '--json')
      const [{ taps, nodes, atLimit }] = JSON.parse(out).scenarios
      expect(Math.abs(nodes[2].uPu[0] * 400 - 400)).toBeLessThanOrEqual(4.5)
      expect(atLimit).toEqual([])
      return taps[0].position
    }
    expect(await position('min')).toBeGreaterThan(await position('max'))
    expect(await position('any')).toBe(0)
  })
  test('behavior: a regulator at the end of its range is named', async () => {
    const regulated = aPgmInput((data) => {
      data.transformer_tap_regulator = [
        { id: 9, regulated_object: 5, status: 1, control_side: 1, u_set: 480, u_band: 9 },
      ]
    })
    const { code, out } = await run(file('l.json', regulated))
    expect(code).toBe(0)
    expect(out).toMatch(/at the end of their range: 9$/)
  })
  test('behavior: a case without a solution exits 1, names a node and shows no figures', async () => {
    const heavy = aPgmInput((data) => Object.assign(data.sym_load![0]!, { p_specified: 1e8 }))
    const { code, out } = await run(file('heavy.json', heavy), '--json')
    expect(code).toBe(1)
    const result = JSON.parse(out)
    expect(result.converged).toBe(false)
    expect(result.scenarios[0]).toMatchObject({ converged: false, worst: 3, nodes: [], lossW: null })
    expect((await run(file('heavy.json', heavy))).out).toMatch(/did not converge.*worst at node 3/)
  })
  test.each([
    ['no file', [], /takes 1 file/],
    ['two files', ['a', 'b'], /takes 1 file/],
    ['a file that is not there', ['nowhere.json'], /cannot be read/],
    ['an unknown method', ['a', '--method', 'magic'], /--method is "magic"/],
    ['a tolerance that is none', ['a', '--tol', 'small'], /--tol is "small"/],
    [
      'an unknown strategy',
      ['a', '--tap-strategy', 'best'],
      /--tap-strategy is "best", expected one of: any, min, max, fast-any/,
    ],
    ['two phases', ['a', '--phases', '2'], /--phases is "2"/],
    ['an unknown option', ['a', '--fast'], /--fast/],
  ])('error: %s: exit 2 and one clear line', async (_, args, line) => {
    const { code, out, err } = await run(...args)
    expect(code).toBe(2)
    expect(out).toBe('')
    expect(err).toMatch(line)
    expect(err.split('\n')).toHaveLength(1)
  })
  test('error: a component that is not modelled: exit 2, named', async () => {
    const input = aPgmInput((data) => Object.assign(data, { fault: [{ id: 9, node: 3 }] }))
    const { code, err } = await run(file('fault.json', input), '--json')
    expect(code).toBe(2)
    expect(err).toContain('fault')
  })
  test('error: a loop by the sweep: exit 2, named', async () => {
    const input = aPgmInput((data) => data.line!.push({ ...data.line![0]!, id: 40 }))
    const { code, err } = await run(file('loop.json', input), '--method', 'sweep')
    expect(code).toBe(2)
    expect(err).toContain('second path ends at bus 2')
  })
})

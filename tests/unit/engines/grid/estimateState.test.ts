import { describe, expect, test } from 'vitest'
import { createRandom } from '../../../../src/base/random.ts'
import { estimateState } from '../../../../src/engines/grid/estimateState.ts'
import { solveCase } from '../../../../src/engines/grid/solveCase.ts'
import type { GridCase } from '../../../../src/model/gridCase.ts'
import type { GridReading } from '../../../../src/model/gridReading.ts'
import type { ProofLevel } from '../../../../src/model/trust.ts'
import { aGridCase } from '../../../support/gridCases.ts'

const grid = aGridCase(40, 'estimate', { loops: 3, loadW: 120_000 })
const truth = solveCase(grid, { method: 'newton', tolerance: 1e-12 })

/** Readings of the true state at every third node and line, with noise of `noise` standard errors. */
function readingsOf(noise: number, seed: string | number = 1, proof: ProofLevel = 4): GridReading[] {
  const random = createRandom(seed)
  const off = (sigma: number): number => noise * sigma * random.normal()
  const nodes = truth.nodes.filter((_, i) => i % 3 === 0)
  const lines = truth.branches.filter((_, i) => i % 3 === 1)
  return [
    ...nodes.map(
      ({ id, vPu }): GridReading => ({
        device: `v${id}`,
        quantity: 'voltage',
        at: { node: id },
        value: vPu + off(0.002),
        sigma: 0.002,
        proof,
      }),
    ),
    ...lines.flatMap(({ id, ends: [from] }) =>
      (['p', 'q'] as const).map(
        (quantity): GridReading => ({
          device: `f${id}`,
          quantity,
          at: { branch: id, end: 'from' },
          value: (quantity === 'p' ? from!.pW : from!.qVar) + off(2_000),
          sigma: 2_000,
          proof,
        }),
      ),
    ),
    ...grid.loads
      .filter((_, i) => i % 4 === 0)
      .flatMap(({ node, sign, pW, qVar }) =>
        (['p', 'q'] as const).map(
          (quantity): GridReading => ({
            device: `m${node}`,
            quantity,
            at: { node: grid.nodes[node]!.id },
            value: sign * (quantity === 'p' ? pW : qVar) + off(1_000),
            sigma: 1_000,
            proof,
          }),
        ),
      ),
  ]
}

/** The grid as the model knows it: loads off by chance, and the source set a percent lower than it is. */
const guessed: GridCase = {
  ...grid,
  sources: grid.sources.map((source) => ({ ...source, vPu: source.vPu - 0.01 })),
  loads: grid.loads.map((load, k) => {
    const random = createRandom(`guess ${k}`)
    return { ...load, pW: load.pW * (0.7 + 0.6 * random.next()), qVar: load.qVar * (0.7 + 0.6 * random.next()) }
  }),
}

const worstOff = (nodes: readonly { vPu: number }[]): number =>
  Math.max(...nodes.map(({ vPu }, i) => Math.abs(vPu - truth.nodes[i]!.vPu)))

describe('estimateState', () => {
  test('default: exact readings and exact loads give the power flow back', () => {
    const estimate = estimateState(grid, readingsOf(0))
    expect(estimate).toMatchObject({ converged: true, suspects: [] })
    expect(worstOff(estimate.nodes)).toBeLessThan(1e-8)
    expect(estimate.objective).toBeLessThan(1e-8)
    for (const { status, normalised } of estimate.readings) if (status === 'used') expect(normalised).toBeLessThan(1e-3)
  })

  test.each([1, 2, 3])(
    'default: seed %i: noisy readings beat the model alone, their errors are the size they say, nobody is blamed',
    (seed) => {
      const estimate = estimateState(guessed, readingsOf(1, seed), { loadShare: 0.3 })
      expect(estimate).toMatchObject({ converged: true, suspects: [] })
      expect(worstOff(estimate.nodes)).toBeLessThan(worstOff(solveCase(guessed).nodes))
      estimate.nodes.forEach(({ vPu, sigmaPu }, i) => {
        expect(sigmaPu).toBeLessThan(0.002)
        expect(Math.abs(vPu - truth.nodes[i]!.vPu) / sigmaPu).toBeLessThan(4.5)
      })
      // the sum of squares has the mean and spread of its degrees of freedom
      expect(estimate.freedom).toBeGreaterThan(40)
      expect(estimate.objective).toBeLessThan(estimate.freedom + 4 * Math.sqrt(2 * estimate.freedom))
    },
  )

  test.each([
    ['a voltage', 'v9', 0.03],
    ['a flow', 'f1005', 90_000],
  ])('behavior: %s that lies is found, taken out and named, and the state is as without it', (_, device, by) => {
    const readings = readingsOf(1, 5)
    const liar = readings.findIndex((reading) => reading.device === device)
    expect(liar).toBeGreaterThanOrEqual(0)
    const lied = readings.map((reading, k) => (k === liar ? { ...reading, value: reading.value + by } : reading))
    const estimate = estimateState(guessed, lied, { loadShare: 0.3 })
    expect(estimate.suspects).toEqual([device])
    expect(estimate.readings[liar]!.status).toBe('bad')
    const honest = estimateState(
      guessed,
      readings.filter((__, k) => k !== liar),
      { loadShare: 0.3 },
    )
    estimate.nodes.forEach(({ vPu }, i) => {
      expect(Math.abs(vPu - honest.nodes[i]!.vPu)).toBeLessThan(1e-8)
    })
  })

  test('behavior: weights follow the proof: a claim weighs nothing, a mere signature less than an anchored message', () => {
    const at = (proof: ProofLevel) =>
      estimateState(
        guessed,
        readingsOf(1, 6).map((reading) => ({ ...reading, proof })),
      )
    expect(at(1).readings.every(({ status }) => status === 'untrusted')).toBe(true)
    expect(at(1).nodes[20]!.sigmaPu).toBeGreaterThan(at(2).nodes[20]!.sigmaPu)
    expect(at(2).nodes[20]!.sigmaPu).toBeGreaterThan(at(3).nodes[20]!.sigmaPu)
    expect(at(3).nodes[20]!.sigmaPu).toBeGreaterThan(at(4).nodes[20]!.sigmaPu)
  })

  test('behavior: behind a transformer with a clock the state is right as well', () => {
    const base = aGridCase(4, 'trafo')
    const net: GridCase = {
      ...base,
      nodes: [...base.nodes, { id: 'lv', ratedV: 400 }],
      transformers: [
        {
          ...{ id: 'T', from: 3, to: 4, fromClosed: true, toClosed: true, fromV: 10_000, toV: 400, ratedVa: 400_000 },
          ...{
            shortCircuitPu: [0.05, 0.05, 0.05],
            copperLossW: [4000, 4000, 4000],
            noLoadPu: 0.01,
            ironLossW: 700,
            clock: 5,
          },
          ...{ tap: { position: 1, min: -2, max: 2, nominal: 0, stepV: 250 }, tapSide: 'from' },
        },
      ],
      loads: [...base.loads, { id: 'lv', node: 4, closed: true, kind: 'power', sign: 1, pW: 200_000, qVar: 50_000 }],
    }
    const solved = solveCase(net, { tolerance: 1e-12 })
    const { nodes, converged } = estimateState(net, [
      { device: 'd', quantity: 'voltage', at: { node: 'lv' }, value: solved.nodes[4]!.vPu, sigma: 0.002, proof: 5 },
    ])
    expect(converged).toBe(true)
    expect(Math.abs(nodes[4]!.vPu - solved.nodes[4]!.vPu)).toBeLessThan(1e-9)
    expect(Math.abs(nodes[4]!.angleRad - solved.nodes[4]!.angleRad)).toBeLessThan(1e-6)
  })

  test.each([
    ['an unknown node', { at: { node: 999 } }, 'node'],
    ['an unknown branch', { quantity: 'p', at: { branch: 'x', end: 'to' } }, 'branch'],
    ['a voltage of a branch', { at: { branch: 1001, end: 'to' } }, 'quantity'],
    ['no number', { value: NaN }, 'value'],
    ['no error', { sigma: 0 }, 'sigma'],
  ] as const)('error: GRID_INVALID for %s, naming device and field', (_, change, field) => {
    const reading: GridReading = {
      device: 'd',
      quantity: 'voltage',
      at: { node: 0 },
      value: 1,
      sigma: 0.01,
      proof: 4,
      ...change,
    }
    expect(() => estimateState(grid, [reading])).toThrow(
      expect.objectContaining({ code: 'GRID_INVALID', details: { id: 'd', field } }),
    )
  })
})

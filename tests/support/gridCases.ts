import { createRandom } from '../../src/base/random.ts'
import { type CaseLine, emptyCase, type GridCase } from '../../src/model/gridCase.ts'

const line = (id: number, from: number, to: number, rOhm: number, xOhm: number): CaseLine => ({
  id,
  from,
  to,
  fromClosed: true,
  toClosed: true,
  rOhm,
  xOhm,
  capacitanceF: 3e-7,
  tanDelta: 0.01,
  ratedA: 300,
})

/** A seeded random 10 kV grid: a tree of `buses`, closed by `loops` further lines, loads of all kinds on demand. */
export function aGridCase(
  buses: number,
  seed: number | string,
  { loops = 0, kinds = ['power'] as GridCase['loads'][number]['kind'][], loadW = 30_000 } = {},
): GridCase {
  const random = createRandom(seed)
  const lines: CaseLine[] = []
  for (let i = 1; i < buses; i++) {
    const from = Math.max(0, i - 1 - random.below(Math.min(i, 20)))
    lines.push(line(1000 + i, from, i, 0.02 + 0.1 * random.next(), 0.02 + 0.1 * random.next()))
  }
  for (let k = 0; k < loops; k++) {
    const from = random.below(buses)
    const to = (from + 1 + random.below(buses - 1)) % buses
    lines.push(line(5000 + k, from, to, 0.1 + random.next(), 0.1 + random.next()))
  }
  return {
    ...emptyCase(`random grid ${seed}`),
    nodes: Array.from({ length: buses }, (_, id) => ({ id, ratedV: 10_000 })),
    lines,
    sources: [{ id: 9000, node: 0, closed: true, vPu: 1.02, angleRad: 0, shortCircuitVa: 3e8, rxRatio: 0.1 }],
    loads: Array.from({ length: buses - 1 }, (_, i) => ({
      id: 20_000 + i,
      node: i + 1,
      closed: true,
      kind: kinds[random.below(kinds.length)]!,
      sign: random.next() < 0.1 ? (-1 as const) : (1 as const),
      pW: loadW * random.next(),
      qVar: 0.3 * loadW * random.next(),
    })),
  }
}

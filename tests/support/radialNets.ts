import { createRandom } from '../../src/base/random.ts'
import type { BusLoad, RadialNet } from '../../src/engines/grid/radialFlow.ts'

/** A seeded random tree: each bus hangs on one of the `reach` buses before it. Lowest voltage about 0.95 pu at 1,000 buses. */
export function aRadialNet(busCount: number, seed: number | string, reach = 30): RadialNet & { load: BusLoad } {
  const random = createRandom(seed)
  const column = (draw: (i: number) => number) => Float64Array.from({ length: busCount }, (_, i) => (i ? draw(i) : 0))
  const size = 1000 / busCount // the whole tree carries the same power whatever its size
  return {
    parent: Int32Array.from({ length: busCount }, (_, i) =>
      Math.max(-1, i - 1 - (i > 1 ? random.below(Math.min(i, reach)) : 0)),
    ),
    rPu: column(() => 1e-4 * (0.5 + random.next()) * Math.min(10, size)),
    xPu: column(() => 1e-4 * (0.5 + random.next()) * Math.min(10, size)),
    gPu: column(() => 1e-5 * random.next()),
    bPu: column(() => 1e-4 * random.next()),
    load: {
      pPu: column(() => 0.017 * random.next() * size),
      qPu: column(() => 0.005 * random.next() * size),
    },
  }
}

import { createFindings } from '../../../src/base/findings.ts'
import { finish } from '../../../src/base/steps.ts'
import type { GridInput } from '../../../src/engines/grid/index.ts'
import { loadsOfCity } from '../../../src/engines/load/buildingLoads.ts'
import { dayLoadsOf } from '../../../src/engines/load/dayLoads.ts'
import { synthesiseGrid } from '../../../src/engines/synth/synthesise.ts'
import { aTown } from '../../support/town.ts'

export function sample(): GridInput {
  const city = aTown()
  const { loads } = loadsOfCity(city, createFindings())
  const grid = finish(synthesiseGrid(city, loads, createFindings()))
  return { grid, injections: { day: finish(dayLoadsOf(loads, 17, { steps: 24 })), tanPhi: loads.tanPhi, extra: [] } }
}

const withExtra = (bus: number): GridInput => {
  const input = sample()
  const none = new Float64Array(24)
  return { ...input, injections: { ...input.injections, extra: [{ bus, loadW: none, generationW: none, qVar: none }] } }
}

export const broken = [
  { title: 'a load at a bus that is not there', input: () => withExtra(1e6) },
  { title: 'a load at no bus', input: () => withExtra(NaN) },
  {
    title: 'loads of another city',
    input: () => {
      const input = sample()
      return { ...input, injections: { ...input.injections, tanPhi: new Float64Array(3) } }
    },
  },
]

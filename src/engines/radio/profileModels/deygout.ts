import { exp } from '../../../base/math/exp.ts'
import { EFFECTIVE_EARTH_M, knifeEdgeDb, NU_CLEAR } from '../diffraction.ts'
import { freeSpaceDb, wavelengthM } from '../freeSpace.ts'
import { freqMhz, required } from '../lossModel.ts'
import { defineProfileModel } from '../profileModel.ts'

interface Edge {
  readonly at: number // -1 none
  readonly nu: number
}

/**
 * The point with the greatest diffraction parameter between two points of a profile, seen over the effective earth.
 *
 * Shapes   distanceM, topM [n]; ends at indices `from` and `to`, at heights `fromM` and `toM`
 */
function mainEdge(
  distanceM: Float64Array,
  topM: Float64Array,
  from: number,
  to: number,
  fromM: number,
  toM: number,
  lambdaM: number,
): Edge {
  let best: Edge = { at: -1, nu: -Infinity }
  const span = distanceM[to] - distanceM[from]
  for (let i = from + 1; i < to; i++) {
    const near = distanceM[i] - distanceM[from]
    const far = distanceM[to] - distanceM[i]
    const line = (fromM * far + toM * near) / span
    const over = topM[i] + (near * far) / (2 * EFFECTIVE_EARTH_M) - line
    const nu = over * Math.sqrt((2 * span) / (lambdaM * near * far))
    if (nu > best.nu) best = { at: i, nu }
  }
  return best
}

/** Free space and up to three knife edges: the main one, and the worst on either side of it. */
export const deygout = defineProfileModel({
  id: 'deygout',
  title: 'Free space and three knife edges (Deygout)',
  source:
    'ITU-R P.526-11, cascaded knife edges (form recalled): L = J(nu_p) + T (J(nu_t) + J(nu_r) + 10 + 0.04 D), T = 1 - e^(-J(nu_p)/6), D in km',
  columns: {
    f_mhz: freqMhz(30, 300_000),
    h_tx_m: { ...required('Transmitter above ground', 'm', 0, 1e4), open: true },
    h_rx_m: { ...required('Receiver above ground', 'm', 0, 1e4), open: true },
  },
  lossDb: ({ f_mhz, h_tx_m, h_rx_m }, { distanceM, heightM, clutterM }) => {
    const last = distanceM.length - 1
    const topM = heightM.map((z, i) => z + clutterM[i])
    const [tx, rx] = [heightM[0] + h_tx_m, heightM[last] + h_rx_m]
    const lambdaM = wavelengthM(f_mhz)
    const main = mainEdge(distanceM, topM, 0, last, tx, rx, lambdaM)
    const pathM = distanceM[last]
    const free = freeSpaceDb(Math.sqrt(pathM * pathM + (tx - rx) * (tx - rx)), f_mhz)
    if (!(main.nu > NU_CLEAR)) return { lossDb: free, flags: [], steps: { diffractionDb: 0 } }
    const top = topM[main.at]
    const left = mainEdge(distanceM, topM, 0, main.at, tx, top, lambdaM)
    const right = mainEdge(distanceM, topM, main.at, last, top, rx, lambdaM)
    const mainDb = knifeEdgeDb(main.nu)
    const sides = knifeEdgeDb(left.nu) + knifeEdgeDb(right.nu) + 10 + 0.04e-3 * pathM
    const diffractionDb = mainDb + (1 - exp(-mainDb / 6)) * sides
    return {
      lossDb: free + diffractionDb,
      flags: [],
      steps: { diffractionDb, nuMain: main.nu, nuLeft: left.nu, nuRight: right.nu },
    }
  },
})

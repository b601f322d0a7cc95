import { bullingtonLossDb } from '../diffraction.ts'
import { freeSpaceDb, wavelengthM } from '../freeSpace.ts'
import { freqMhz, required } from '../lossModel.ts'
import { defineProfileModel } from '../profileModel.ts'

/** Free space and Bullington's single edge; tops of the clutter count as ground. */
export const bullington = defineProfileModel({
  id: 'bullington',
  title: 'Free space and Bullington diffraction',
  source: 'ITU-R P.525-4 and P.526-15, section 4.5.1, median effective earth',
  columns: {
    f_mhz: freqMhz(30, 300_000),
    h_tx_m: { ...required('Transmitter above ground', 'm', 0, 1e4), open: true },
    h_rx_m: { ...required('Receiver above ground', 'm', 0, 1e4), open: true },
  },
  lossDb: ({ f_mhz, h_tx_m, h_rx_m }, { distanceM, heightM, clutterM }) => {
    const n = distanceM.length
    const pathM = distanceM[n - 1]
    const tx = heightM[0] + h_tx_m
    const rx = heightM[n - 1] + h_rx_m
    const profile = {
      count: n - 2,
      distanceM: distanceM.subarray(1, n - 1),
      heightM: heightM.subarray(1, n - 1).map((z, i) => z + clutterM[i + 1]),
    }
    const straight = Math.sqrt(pathM * pathM + (tx - rx) * (tx - rx))
    const diffraction = bullingtonLossDb(profile, tx, rx, pathM, wavelengthM(f_mhz))
    return { lossDb: freeSpaceDb(straight, f_mhz) + diffraction, flags: [], steps: { diffractionDb: diffraction } }
  },
})

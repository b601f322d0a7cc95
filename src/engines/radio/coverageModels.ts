import type { Transmitter } from '../../model/coverage.ts'
import { tenLog10 } from './decibels.ts'
import { entryLossDb } from './entryLoss.ts'
import { freeSpaceDb } from './freeSpace.ts'
import { breakPointM } from './models/tr38901.ts'
import type { Sweep, SweepKind } from './sweep.ts'

/** A way to turn a swept field into received power over the ground. */
export interface CoverageModel {
  readonly id: string
  readonly title: string
  readonly source: string
  readonly kind: SweepKind
  readonly receiverM: number // above ground
  readonly sigmaDb: number // shadowing about the median, with its source below
  readonly freqMhz: readonly [min: number, max: number]
  /** Received power of every swept cell in dBm; NaN stays NaN. */
  readonly receive: (sweep: Sweep, transmitter: Transmitter) => Float32Array
}

/** Writes `lossOf(cell, squared straight distance)` as received power, with the entry loss inside buildings. */
function receiveBy(sweep: Sweep, transmitter: Transmitter, lossDb: (cell: number, squareM2: number) => number) {
  const { field, radius, out } = sweep
  const { cols, rows, cellM, topM } = field
  const rssiDbm = new Float32Array(cols * rows).fill(NaN)
  const entryDb = entryLossDb(transmitter.freqMhz)
  const rise = sweep.txM - sweep.rxM
  // nobody stands nearer than half a cell to the middle of their cell
  const least = rise * rise + 0.25 * cellM * cellM
  for (let r = 0; r < rows; r++) {
    const dy = (r - radius) * cellM
    for (let c = 0; c < cols; c++) {
      const cell = r * cols + c
      if (Number.isNaN(out[cell])) continue
      const dx = (c - radius) * cellM
      const square = Math.max(least, dx * dx + dy * dy + rise * rise)
      const entry = topM[cell] > 0 ? entryDb : 0
      rssiDbm[cell] = transmitter.eirpDbm - lossDb(cell, square) - entry
    }
  }
  return rssiDbm
}

/** Free space plus Bullington diffraction over every roof on the way; inside buildings behind the median entry loss. */
const bullington: CoverageModel = {
  id: 'bullington',
  title: 'Free space and diffraction over buildings',
  source:
    'ITU-R P.525-4 and P.526-15 (Bullington) over building heights; indoors P.2109-2 median, traditional building',
  kind: 'bullington',
  receiverM: 1.5,
  sigmaDb: 7.8, // residual of 868 MHz LoRa measurements in a city: J. Petäjäjärvi et al., ITST 2015 (recalled)
  freqMhz: [30, 50_000],
  receive: (sweep, transmitter) => {
    const oneMetreDb = freeSpaceDb(1, transmitter.freqMhz)
    return receiveBy(sweep, transmitter, (cell, square) => oneMetreDb + tenLog10(square) + sweep.out[cell])
  },
}

/** Coefficients of a TR 38.901 cell: what its two formulas differ in from those of another. */
interface SightCell {
  readonly constantDb: number // of the line-of-sight formula
  readonly nearSlope: number // times 20 log10 of the straight distance, before the break point
  readonly tail: number // of the break point's logarithm, beyond it
  /** Loss out of sight, by 20 log10 of the straight distance and of the frequency in GHz. */
  readonly hiddenDb: (straightDb: number, freqDb: number, rxM: number) => number
}

/** The two formulas of a cell, chosen by whether the buildings leave the line of sight open. */
const bySight =
  ({ constantDb, nearSlope, tail, hiddenDb }: SightCell): CoverageModel['receive'] =>
  (sweep, transmitter) => {
    const { freqMhz } = transmitter
    const { txM, rxM } = sweep
    const freqDb = 2 * tenLog10(freqMhz / 1000)
    const rise = txM - rxM
    const breakM = breakPointM(txM, rxM, 1, freqMhz)
    const breakSquare = breakM * breakM + rise * rise
    const tailDb = tail * 0.1 * tenLog10(breakSquare)
    // the formulas start at 10 m along the ground
    const nearest = 100 + rise * rise
    return receiveBy(sweep, transmitter, (cell, square) => {
      const straightDb = tenLog10(Math.max(nearest, square)) // 20 log10 of the straight distance
      const sightDb =
        square <= breakSquare
          ? constantDb + nearSlope * straightDb + freqDb
          : constantDb + 2 * straightDb + freqDb - tailDb
      return sweep.out[cell] === 0 ? sightDb : Math.max(sightDb, hiddenDb(straightDb, freqDb, rxM))
    })
  }

/** Street-canyon cell. */
const umi: CoverageModel = {
  id: 'umi',
  title: 'Urban micro cell, line of sight from building heights',
  source: '3GPP TR 38.901 V17 UMi street canyon, LOS tested over building heights; indoors P.2109-2 median',
  kind: 'sight',
  receiverM: 1.5,
  sigmaDb: 7.82, // TR 38.901 table 7.4.1-1, UMi hidden
  freqMhz: [500, 100_000],
  receive: bySight({
    constantDb: 32.4,
    nearSlope: 1.05,
    tail: 9.5,
    hiddenDb: (straightDb, freqDb, rxM) => 22.4 + 1.765 * straightDb + 1.065 * freqDb - 0.3 * (rxM - 1.5),
  }),
}

/** Macro cell above the roofs. */
const uma: CoverageModel = {
  id: 'uma',
  title: 'Urban macro cell, line of sight from building heights',
  source: '3GPP TR 38.901 V17 UMa, LOS tested over building heights; indoors P.2109-2 median',
  kind: 'sight',
  receiverM: 1.5,
  sigmaDb: 6, // TR 38.901 table 7.4.1-1, UMa hidden
  freqMhz: [500, 100_000],
  receive: bySight({
    constantDb: 28,
    nearSlope: 1.1,
    tail: 9,
    hiddenDb: (straightDb, freqDb, rxM) => 13.54 + 1.954 * straightDb + freqDb - 0.6 * (rxM - 1.5),
  }),
}

/** Every way to compute a raster. To add one: write it here. */
export const coverageModels: readonly CoverageModel[] = [bullington, umi, uma]

export const coverageModelById = (id: string): CoverageModel | undefined => coverageModels.find((m) => m.id === id)

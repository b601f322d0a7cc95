import { log10 } from '../../base/math/log.ts'
import { bullingtonDb, knifeEdgeDb, NU_CLEAR } from './diffraction.ts'

// Tables for the inner loop of the sweep. They replace logarithm and exponential by one look-up and one multiplication,
// and are themselves made with the exact functions, so every engine holds the same tables.

const word = new Float64Array(1)
const half = new Uint32Array(word.buffer)
word[0] = 1
const HIGH = half[1] === 0x3ff00000 ? 1 : 0

const LOG_BITS = 11
const logSteps = 1 << LOG_BITS
const logTable = Float64Array.from({ length: logSteps + 1 }, (_, i) => 10 * log10(1 + i / logSteps))
const OCTAVE_DB = 10 * log10(2)

/** 10 log10(x) for normal positive x, within 1e-5 dB. */
export function tenLog10(x: number): number {
  word[0] = x
  const high = half[HIGH]
  const i = (high >>> (20 - LOG_BITS)) & (logSteps - 1)
  const low = logTable[i]
  const part = (high & ((1 << (20 - LOG_BITS)) - 1)) * (1 / (1 << (20 - LOG_BITS)))
  return ((high >>> 20) - 1023) * OCTAVE_DB + low + (logTable[i + 1] - low) * part
}

const NU_BITS = 8
const NU_OCTAVES = 14
const nuSteps = NU_OCTAVES << NU_BITS
const nuOf = (i: number): number => {
  const octave = i >> NU_BITS
  const nu = (1 << octave) * (1 + (i & ((1 << NU_BITS) - 1)) / (1 << NU_BITS)) - 1 + NU_CLEAR
  return Math.max(nu, NU_CLEAR + 1e-12) // the loss jumps by 0.01 dB at the edge; the table starts above it
}
const edgeTable = Float64Array.from({ length: nuSteps + 1 }, (_, i) => bullingtonDb(knifeEdgeDb(nuOf(i)), 0))
// what 0.02 dB/km is multiplied with: 1 - e^(-J / 6)
const growthTable = Float64Array.from({ length: nuSteps + 1 }, (_, i) => {
  const edge = knifeEdgeDb(nuOf(i))
  return (bullingtonDb(edge, 0) - edge) / 10
})

/** Bullington loss in dB from the diffraction parameter, within 1e-3 dB of the formula; 0 when clear. */
export function bullingtonOfNu(nu: number, distanceM: number): number {
  if (!(nu > NU_CLEAR)) return 0
  word[0] = nu - NU_CLEAR + 1
  const high = half[HIGH]
  const i = Math.min((high - 0x3ff00000) >>> (20 - NU_BITS), nuSteps - 1)
  const part = (high & ((1 << (20 - NU_BITS)) - 1)) * (1 / (1 << (20 - NU_BITS)))
  const edge = edgeTable[i] + (edgeTable[i + 1] - edgeTable[i]) * part
  const growth = growthTable[i] + (growthTable[i + 1] - growthTable[i]) * part
  return edge + growth * 0.02e-3 * distanceM
}

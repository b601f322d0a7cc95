import { TwinError } from '../../../base/errors.ts'
import type { ItmPrediction } from './prediction.ts'
import { EXTREME_DEVIATE } from './variability.ts'

const refuse = (model: string, what: string, got: number, expected: string): never => {
  throw new TwinError('RADIO_OUT_OF_RANGE', `${model}: ${what} is ${got}, expected ${expected}.`, { model, what })
}

/**
 * Where a prediction leaves the ground the model was fitted on. What the model cannot bear at all is refused.
 *
 * Returns  flags, each naming the figure
 * Throws   RADIO_OUT_OF_RANGE for a surface refractivity, earth or ground outside the model
 * Source   limits as in NTIA ITM 1.4
 */
export function warningsOf(model: string, prediction: ItmPrediction): string[] {
  const { ground, terminals, distanceM, deviate } = prediction
  const { surfaceRefractivity, earthM, impedanceRe, impedanceIm } = ground
  if (!(surfaceRefractivity >= 150 && surfaceRefractivity <= 400))
    refuse(model, 'the refractivity at the surface', surfaceRefractivity, '150 to 400 N-units')
  if (!(earthM >= 4_000_000 && earthM <= 13_333_333))
    refuse(model, 'the effective radius of the earth', earthM, '4,000,000 to 13,333,333 m')
  if (!(impedanceRe > Math.abs(impedanceIm)))
    refuse(model, 'the real part of the ground impedance', impedanceRe, `more than ${Math.abs(impedanceIm)}`)

  const flags: string[] = []
  const flag = (when: boolean, name: string): void => void (when && flags.push(name))
  for (const [k, end] of ['TX', 'RX'].entries()) {
    const smooth = Math.sqrt(2 * terminals.effectiveM[k] * earthM)
    flag(Math.abs(terminals.horizonRad[k]) > 0.2, `${end}_HORIZON_ANGLE`)
    flag(terminals.horizonM[k] < 0.1 * smooth, `${end}_HORIZON_NEAR`)
    flag(terminals.horizonM[k] > 3 * smooth, `${end}_HORIZON_FAR`)
  }
  flag(surfaceRefractivity < 250, 'SURFACE_REFRACTIVITY')
  const least = Math.abs(terminals.effectiveM[0] - terminals.effectiveM[1]) / 0.2
  flag(distanceM < Math.max(least, 1000), 'PATH_SHORT')
  flag(distanceM > 1_000_000, 'PATH_LONG')
  flag(deviate > EXTREME_DEVIATE, 'EXTREME_VARIABILITY')
  return flags
}

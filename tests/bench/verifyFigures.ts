import { forViem } from '../support/typedFrame.ts'
import { type Figure, median } from './figure.ts'
import { createVerifyCase } from './verifyCases.ts'

const READINGS = [1, 10, 60] as const
const VIEM_FRAMES = 10
/** Readings a second that one worker must reach at 10 readings a frame. */
const FLOOR = 10_000

/** The cases both worlds are asked: the same keys, the same times, the same frames for viem. */
export async function verifyCases() {
  const made = READINGS.map((readings) => createVerifyCase('secp256k1', readings))
  const viem = await Promise.all(made[1]!.frames.slice(0, VIEM_FRAMES).map(forViem))
  return { cases: made.map(({ batch }) => batch), viem }
}

export function verifyFigures(
  where: string,
  { readings, viemFrames }: { readings: number[][]; viemFrames: number[] },
): Figure[] {
  return READINGS.map((perFrame, c) => {
    const all = readings[c]!
    const value = median(all)
    return {
      name: `verified readings, ${perFrame} a frame, ${where}`,
      value,
      unit: 'readings/s',
      all,
      beside: { name: `viem recoverTypedDataAddress × ${perFrame}`, value: perFrame * median(viemFrames) },
      ...(perFrame === 10 ? { mark: { words: `≥ ${FLOOR.toLocaleString('en')}`, isMet: value >= FLOOR } } : {}),
    }
  })
}

const IOTX = 1_000_000_000_000_000_000n
const PHASES = 10
const FIRST_DEVICES = 1000n
const FIRST_PER_DEVICE = 100_000n * IOTX
const BURNT_PERCENT = 90n

/** What one newly registered device set free. */
export interface Drop {
  readonly burnt: bigint
  readonly dropped: bigint // to stakers
}

/** Devices of a phase (1 … 10). */
export const phaseDevices = (phase: number): bigint => FIRST_DEVICES << BigInt(phase - 1)

/**
 * What the device of an ordinal number (0 …) burnt and dropped: ten phases, each with twice the devices at half the tokens.
 *
 * Source   iotex.gitbook.io, tokenomics/burn-drop
 */
export function burnDrop(device: bigint): Drop {
  let first = 0n
  for (let phase = 1; phase <= PHASES; phase++) {
    const devices = phaseDevices(phase)
    if (device >= first && device < first + devices) {
      const all = FIRST_PER_DEVICE >> BigInt(phase - 1)
      const burnt = (all * BURNT_PERCENT) / 100n
      return { burnt, dropped: all - burnt }
    }
    first += devices
  }
  return { burnt: 0n, dropped: 0n }
}

/** How a number came to be. Every number on screen and in every export carries one, and the three never share a look. */
export type Tag = 'measured' | 'modelled' | 'assumed'

/** Where a reading comes from, whatever was proven about it. */
export const ORIGINS = ['real-device', 'replayed', 'simulated'] as const
export type Origin = (typeof ORIGINS)[number]

/**
 * The tag that a reading of this origin may carry. The one place where "measured" is given away:
 * a simulated reading is modelled, however well its signature is proven.
 */
export const tagOfOrigin = (origin: Origin): Tag => (origin === 'simulated' ? 'modelled' : 'measured')

/** Chains on which nothing of value settles. A reading anchored there never counts as measured. */
export const TEST_CHAIN_IDS: readonly number[] = [1337, 31337]

/**
 * The origin that may be shown, from what the directory claims and where the device is registered.
 * Doubt lowers: on a test chain, with the simulated bit set in any frame, or while nobody has proven
 * the directory entry itself (an offline bundle brings its own), the claim "real" is not believed.
 */
export function settleOrigin(
  claimed: Origin,
  chainId: number,
  simulatedBit: boolean,
  directoryProven: boolean,
): Origin {
  if (simulatedBit || !directoryProven || TEST_CHAIN_IDS.includes(chainId)) return 'simulated'
  return claimed
}

// How the years of Proof-of-Coverage paid less where many hotspots stood close together. History: nobody is paid so any more.

/** Limits of one resolution. Source: HIP-17, example values */
export interface HexLimits {
  readonly target: number // hotspots that count in any case
  readonly most: number // hotspots that can ever count
  readonly neighbours: number // occupied hexes, itself among them, up to which the target holds
}

export const HIP17: HexLimits = { target: 1, most: 4, neighbours: 2 }

/** Hotspots that count in a hex of which so many of the seven around and in it are occupied. Source: HIP-17 */
export const hexLimit = (occupied: number, { target, most, neighbours }: HexLimits): number =>
  Math.min(most, target * Math.max(1, occupied - neighbours + 1))

/** One step from a hex to its parent: hotspots there before and after clipping. */
export interface HexCount {
  readonly counted: number
  readonly there: number
}

/** Scale of what a hotspot's beacons pay: the product of counted over there, from its hex up. Source: HIP-17 */
export const transmitScale = (steps: readonly HexCount[]): number =>
  steps.reduce((scale, { counted, there }) => (there > 0 ? scale * (counted / there) : scale), 1)

/** Points of a hex that an outdoor Wi-Fi cell covers, by signal. Source: helium/oracles, coverage_point_calculator; HIP-74, HIP-93 */
export const OUTDOOR_WIFI_POINTS = { high: 16, medium: 8, low: 4, none: 0 } as const
const RANKS: readonly number[] = [1, 0.5, 0.25]

/** What the n-th best cell of a hex (1 …) got of its points; beyond the third, nothing. Source: HIP-105 */
export const rankMultiplier = (rank: number): number => RANKS[rank - 1] ?? 0

/** Hexes of resolution 12, in which coverage was counted, to a square kilometre. */
export const HEXES_PER_KM2 = 1e6 / 307.092

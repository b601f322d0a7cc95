/** A path in the units of the Recommendation: km along the ground, m above the sea. */
export interface P1812Path {
  readonly km: Float64Array // [n] both ends included
  readonly heightM: Float64Array // [n] ground
  readonly topM: Float64Array // [n] ground and clutter; bare at both ends
  readonly totalKm: number
  readonly txM: number // antenna above the sea
  readonly rxM: number
  readonly txAboveM: number // antenna above ground
  readonly rxAboveM: number
  readonly freqGhz: number
  readonly lambdaM: number // with the Recommendation's 0.2998 m GHz
}

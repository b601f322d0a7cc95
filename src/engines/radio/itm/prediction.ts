import type { ItmGround } from './ground.ts'
import type { ITM_MODES } from './reference.ts'
import type { ItmTerminals } from './terminals.ts'
import type { ItmQuantiles } from './variability.ts'

/** What both modes of the Irregular Terrain Model are told. */
export interface ItmSetting {
  readonly freqMhz: number
  readonly txM: number // above ground
  readonly rxM: number
  readonly refractivity: number // reduced to sea level, N-units
  readonly vertical: boolean // polarisation
  readonly permittivity: number // of the ground, relative
  readonly conductivity: number // S/m
  readonly quantiles: ItmQuantiles
}

/** A loss, and the figures that led to it. */
export interface ItmPrediction {
  readonly lossDb: number
  readonly referenceDb: number // over free space, before variability
  readonly mode: (typeof ITM_MODES)[number]
  readonly distanceM: number
  readonly ground: ItmGround
  readonly terminals: ItmTerminals
  readonly deviate: number // greatest standard deviate asked for
}

import { FACTORS } from './isolation.ts'
import { LOSSES } from './packets.ts'

/** What the simulation counts. */
export interface Tally {
  readonly sent: Uint32Array // [devices]
  readonly delivered: Uint32Array // [devices] decoded by one gateway or more
  readonly heldBack: Uint32Array // [devices] times the duty cycle made it wait
  readonly lost: Float64Array // [LOSSES]
  readonly decoded: Float64Array // [gateways]
  readonly crowded: Float64Array // [gateways] heard with all demodulators busy
  readonly collided: Float64Array // [gateways]
  readonly peakBusy: Int32Array // [gateways] most demodulators busy at once
  readonly airS: Float64Array // [gateways, channels, FACTORS] time on air that was heard
}

export const createTally = (devices: number, gateways: number, channels: number): Tally => ({
  sent: new Uint32Array(devices),
  delivered: new Uint32Array(devices),
  heldBack: new Uint32Array(devices),
  lost: new Float64Array(LOSSES.length),
  decoded: new Float64Array(gateways),
  crowded: new Float64Array(gateways),
  collided: new Float64Array(gateways),
  peakBusy: new Int32Array(gateways),
  airS: new Float64Array(gateways * channels * FACTORS),
})

import type { DeviceKind, DevicePrivacy } from '../../src/model/device.ts'

/** One device of a fleet: what it is and where it stands. Its keys are made when the devnet starts. */
export interface FleetDevice {
  kind: DeviceKind
  title: string
  latDeg: number
  lonDeg: number
  heightM: number // above ground
  buildingOsmId: string | null
  curve: 'secp256k1' | 'p256'
  privacy?: DevicePrivacy // what its owner wants published; everything at once unless said otherwise
}

/** One value a device reports. */
export interface FleetReading {
  metric: number // id of the metric
  value: number // in the metric's unit
  scale: number // decimal exponent of the last digit that counts, -1 = tenths
}

/** What a devnet signs: the devices, and what each of them would report at any time. */
export interface FleetModel {
  readonly devices: readonly FleetDevice[]
  /** Pure function of device and time. */
  readAt(device: number, timeMs: number): readonly FleetReading[]
}

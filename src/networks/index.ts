import { batterySwap } from './batterySwap.ts'
import { evCharging } from './evCharging.ts'
import { filecoin } from './filecoin.ts'
import { heliumIot } from './heliumIot.ts'
import { heliumMobile } from './heliumMobile.ts'
import { iotexDevice } from './iotexDevice.ts'
import type { NetworkSpec } from './network.ts'
import { render } from './render.ts'
import { selfSupply } from './selfSupply.ts'

/** Every network of the product. To add one: write its file, and its line here. */
export const networks: readonly NetworkSpec[] = [
  heliumIot,
  heliumMobile,
  filecoin,
  iotexDevice,
  evCharging,
  batterySwap,
  selfSupply,
  render,
]

export const networkById: ReadonlyMap<string, NetworkSpec> = new Map(networks.map((network) => [network.id, network]))

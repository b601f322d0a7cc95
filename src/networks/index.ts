import { batterySwap } from './batterySwap.ts'
import { dimo } from './dimo.ts'
import { evCharging } from './evCharging.ts'
import { filecoin } from './filecoin.ts'
import { heliumIot } from './heliumIot.ts'
import { heliumMobile } from './heliumMobile.ts'
import { iotex } from './iotex.ts'
import { near } from './near.ts'
import type { NetworkSpec } from './network.ts'
import { render } from './render.ts'
import { selfSupply } from './selfSupply.ts'
import { telecomTower } from './telecomTower.ts'

/** Every network of the product. To add one: write its file, and its line here. */
export const networks: readonly NetworkSpec[] = [
  heliumIot,
  heliumMobile,
  filecoin,
  iotex,
  evCharging,
  batterySwap,
  selfSupply,
  render,
  dimo,
  telecomTower,
  near,
]

export const networkById: ReadonlyMap<string, NetworkSpec> = new Map(networks.map((network) => [network.id, network]))

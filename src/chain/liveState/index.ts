import { filecoin } from './filecoin.ts'
import { heliumIot, heliumMobile } from './helium.ts'
import { iotex, iotexTestnet } from './iotex.ts'
import { near } from './near.ts'
import type { LiveStateDefinition } from './source.ts'

/** Every network whose state can be asked for. To add one: its file here, its id in src/model/liveState.ts, its line. */
export const liveStates: readonly LiveStateDefinition[] = [iotex, iotexTestnet, filecoin, near, heliumIot, heliumMobile]

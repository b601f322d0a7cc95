import type { Hex } from '../base/hex.ts'
import { ioidV1 } from './directories/ioidV1.ts'
import type { DirectoryEvent } from './logs.ts'
import type { Rpc } from './rpc.ts'
import type { ChainConfig } from './sourcesConfig.ts'

const MAX_DEVICES = 100_000

/** Devices of ioID as events of the directory, each once; and what must be said loudly of the contracts. */
export interface IoidWatch {
  read(signal: AbortSignal): Promise<{ readonly events: readonly DirectoryEvent[]; readonly alarms: readonly string[] }>
  /** Blocks were withdrawn: name every device anew. */
  forget(): void
}

/** Null when the config's directory is the project's own. Reads whole listings, so it is asked only when something happened. */
export function createIoidWatch(rpc: Rpc, config: ChainConfig): IoidWatch | null {
  const { ioid } = config
  if (!ioid) return null
  const named = new Set<Hex>()
  return {
    async read(signal) {
      const { devices, alarms } = await ioidV1.list({
        rpc,
        chainId: config.chainId,
        contracts: { registry: config.directory, ioID: ioid.ioID },
        pins: {
          registry: { codeHash: ioid.registryCode ?? undefined },
          ioID: { codeHash: ioid.ioIDCode ?? undefined },
        },
        project: ioid.project,
        fromBlock: config.fromBlock,
        kind: ioid.kind,
        origin: ioid.origin,
        maxDevices: MAX_DEVICES,
        signal,
      })
      const fresh = devices.filter(({ registration: { device } }) => !named.has(device))
      for (const { registration } of fresh) named.add(registration.device)
      return {
        alarms,
        events: fresh.map(({ registration, document }) => ({ kind: 'registration', registration, document })),
      }
    },
    forget: () => named.clear(),
  }
}

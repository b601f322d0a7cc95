import { createDeviceChain, type DeviceChain } from './deviceChain.ts'
import type { FrameRecord } from './frameRecord.ts'
import { isChained } from './judge.ts'

/** The chains of all devices, one per device and epoch. */
export interface DeviceChains {
  /** Takes a record in when it belongs into a chain; returns every other record whose standing changed. */
  insert(record: FrameRecord): FrameRecord[]
  /** Whether the numbers of a record, which may not be anchored yet, were delivered before. */
  isTaken(record: FrameRecord): boolean
  /** Takes records out, whatever became of them since; returns every other record whose standing changed. */
  remove(records: readonly FrameRecord[]): FrameRecord[]
  /** Nothing earlier is left to read: what is open now is a gap. */
  markComplete(): FrameRecord[]
  /** Keeps the newest `keep` records per chain; returns the forgotten. */
  forget(keep: number): FrameRecord[]
}

export function createDeviceChains(): DeviceChains {
  const chains = new Map<number, Map<number, DeviceChain<FrameRecord>>>()
  let complete = false

  const chainOf = (record: FrameRecord): DeviceChain<FrameRecord> => {
    const device = record.device!.index
    let epochs = chains.get(device)
    if (!epochs) {
      epochs = new Map()
      chains.set(device, epochs)
    }
    let chain = epochs.get(record.epoch)
    if (!chain) {
      chain = createDeviceChain()
      if (complete) chain.markComplete()
      epochs.set(record.epoch, chain)
    }
    return chain
  }
  const all = (): DeviceChain<FrameRecord>[] => [...chains.values()].flatMap((epochs) => [...epochs.values()])

  return {
    insert: (record) => (isChained(record) ? chainOf(record).insert(record) : []),
    isTaken: (record) =>
      record.device !== null &&
      record.fault === null &&
      (chains.get(record.device.index)?.get(record.epoch)?.isTaken(record) ?? false),
    remove(records) {
      const byChain = new Map<DeviceChain<FrameRecord>, Set<FrameRecord>>()
      for (const record of records) {
        if (!record.device || record.fault !== null) continue
        const chain = chainOf(record)
        const set = byChain.get(chain) ?? new Set()
        byChain.set(chain, set.add(record))
      }
      return [...byChain].flatMap(([chain, set]) => chain.remove(set))
    },
    markComplete() {
      complete = true
      return all().flatMap((chain) => chain.markComplete())
    },
    forget: (keep) => all().flatMap((chain) => chain.forget(keep)),
  }
}

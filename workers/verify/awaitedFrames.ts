import { sameBytes } from '../../src/base/hex.ts'
import type { FrameRecord } from '../../src/proofs/frameRecord.ts'

/** Frames that came over the live channel and wait for their anchor, and those that were anchored lately. */
export interface AwaitedFrames {
  readonly size: number
  /** Takes a frame in; false when it waits already, or was anchored lately: then it came late, not twice. */
  add(record: FrameRecord): boolean
  /** The anchored copy of a frame arrived. Returns the one that waited, which waits no longer. */
  settle(anchored: FrameRecord): FrameRecord | null
  /** Waiting frames of the same device and epoch that claim some of the same numbers. */
  rivalsOf(record: FrameRecord): FrameRecord[]
  remove(record: FrameRecord): void
  /** The frames that wait, the longest first. */
  all(): Iterable<FrameRecord>
  /** The key of a waiting frame with these bytes, if its signature was found good: it need not be checked again. */
  isSigned(bytes: Uint8Array): boolean
}

const RECENT = 16_384

/** Enough of a frame to find it by: 16 bytes of its signature. Whoever has the same is compared byte for byte. */
function nameOf(bytes: Uint8Array): string {
  let name = ''
  for (let i = Math.max(0, bytes.length - 64), end = i + 16; i < end && i < bytes.length; i++)
    name += String.fromCharCode(bytes[i]!)
  return name
}

export function createAwaitedFrames(): AwaitedFrames {
  const waiting = new Map<string, FrameRecord>()
  const byDevice = new Map<number, Set<FrameRecord>>()
  const recent = new Map<string, Uint8Array>() // anchored lately, in the order of their coming
  const nameless = new Set<FrameRecord>() // whose name another waiting frame has: a forgery beside its original

  const remove = (record: FrameRecord): void => {
    const name = nameOf(record.bytes)
    if (waiting.get(name) === record) waiting.delete(name)
    nameless.delete(record)
    const index = record.device?.index ?? -1
    const own = byDevice.get(index)
    own?.delete(record)
    if (own?.size === 0) byDevice.delete(index)
  }
  const find = (bytes: Uint8Array): FrameRecord | null => {
    const named = waiting.get(nameOf(bytes))
    if (named && sameBytes(named.bytes, bytes)) return named
    for (const record of nameless) if (sameBytes(record.bytes, bytes)) return record
    return null
  }

  return {
    get size() {
      return waiting.size + nameless.size
    },
    add(record) {
      const name = nameOf(record.bytes)
      const anchored = recent.get(name)
      if ((anchored && sameBytes(anchored, record.bytes)) || find(record.bytes)) return false
      if (waiting.has(name)) nameless.add(record)
      else waiting.set(name, record)
      const index = record.device?.index ?? -1
      byDevice.set(index, (byDevice.get(index) ?? new Set()).add(record))
      return true
    },
    settle(anchored) {
      const name = nameOf(anchored.bytes)
      recent.delete(name) // so that it counts as the newest
      recent.set(name, anchored.bytes)
      if (recent.size > RECENT) recent.delete(recent.keys().next().value!)
      const twin = find(anchored.bytes)
      if (twin) remove(twin)
      return twin
    },
    rivalsOf(record) {
      const own = record.device ? byDevice.get(record.device.index) : undefined
      if (!own) return []
      const end = record.seqFirst + record.count
      return [...own].filter(
        (other) =>
          other !== record &&
          other.fault === null &&
          other.epoch === record.epoch &&
          other.seqFirst < end &&
          record.seqFirst < other.seqFirst + other.count,
      )
    },
    remove,
    *all() {
      yield* waiting.values()
      yield* nameless
    },
    isSigned(bytes) {
      return find(bytes)?.signature === 'valid'
    },
  }
}

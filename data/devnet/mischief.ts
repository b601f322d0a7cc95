import type { Hex } from '../../src/base/hex.ts'

/** What the gateway, or a device, does wrong on purpose, so that one can watch it being caught. */
export const MISCHIEF_KINDS = ['none', 'flip-byte', 'replay', 'revoked-signer'] as const
export type MischiefKind = (typeof MISCHIEF_KINDS)[number]

export interface Mischief {
  readonly kind: MischiefKind
  readonly device: Hex | null // null: whichever comes first
}

/** A frame in the gateway's hands, with the device that handed it in. */
export interface Delivered {
  readonly device: Hex
  readonly bytes: Uint8Array
}

export interface Mischiefs {
  readonly current: Mischief
  set(mischief: Mischief): void
  /** What goes into the batch instead of what was delivered. */
  apply(frames: readonly Delivered[]): Delivered[]
}

const VALUE_OF_FIRST_READING = 108 + 8 + 7 // its last byte

export function createMischiefs(): Mischiefs {
  let current: Mischief = { kind: 'none', device: null }
  const old = new Map<Hex, Uint8Array>() // one delivered frame of each device, from an earlier batch

  const target = (frames: readonly Delivered[]): Delivered | undefined =>
    current.device === null ? frames[0] : frames.find(({ device }) => device === current.device)

  const flipByte = (frames: readonly Delivered[]): Delivered[] => {
    const victim = target(frames)
    return frames.map((frame) => {
      if (frame !== victim) return frame
      const bytes = frame.bytes.slice()
      bytes[VALUE_OF_FIRST_READING] = bytes[VALUE_OF_FIRST_READING]! ^ 0x10
      return { device: frame.device, bytes }
    })
  }
  const replay = (frames: readonly Delivered[]): Delivered[] => {
    const device = current.device ?? frames.find((frame) => old.has(frame.device))?.device
    const bytes = device && old.get(device)
    return bytes ? [...frames, { device, bytes }] : [...frames]
  }

  return {
    get current() {
      return current
    },
    set(mischief) {
      current = mischief
    },
    apply(frames) {
      const changed =
        current.kind === 'flip-byte' ? flipByte(frames) : current.kind === 'replay' ? replay(frames) : [...frames]
      for (const { device, bytes } of frames) if (!old.has(device)) old.set(device, bytes)
      return changed
    },
  }
}

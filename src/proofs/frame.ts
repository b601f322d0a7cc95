import type { Curve } from './curve.ts'

// Frame format CTF1, specified in public/spec/frame.md. All numbers are big-endian.

export const MAGIC = [0x43, 0x54, 0x46, 0x31] as const // 'CTF1'
export const FRAME_VERSION = 1
export const HEADER_BYTES = 108
export const READING_BYTES = 16
export const SIGNATURE_BYTES = 64
export const MAX_READINGS = 256
export const MIN_FRAME_BYTES = HEADER_BYTES + READING_BYTES + SIGNATURE_BYTES
export const MAX_FRAME_BYTES = HEADER_BYTES + MAX_READINGS * READING_BYTES + SIGNATURE_BYTES

/** Where each field of the header stands. */
export const AT = {
  version: 4,
  curve: 5,
  chainId: 6,
  registry: 14,
  device: 34,
  epoch: 54,
  seqFirst: 58,
  prev: 66,
  t0: 98,
  count: 106,
} as const

/** Bit 0 of a reading's flags: the value was simulated, not measured. All other bits are zero. */
export const SIMULATED = 1

export const MAX_SCALE = 9
export const MAX_TIME_MS = 2 ** 48 - 1

/** Where frames are valid: the chain and the directory a device signs for. */
export interface FrameDomain {
  readonly chainId: number
  readonly registry: Uint8Array // 20 bytes, address of the device directory
}

/** A decoded frame. One object can be filled again and again; byte fields are views into `bytes`. */
export interface FrameView {
  bytes: Uint8Array // header, readings, signature
  curve: Curve
  chainId: number
  registry: Uint8Array // 20
  device: Uint8Array // 20
  epoch: number
  seqFirst: number // number of the first reading, counted per device and epoch
  prev: Uint8Array // 32, keccak256 of the previous frame's signed bytes
  t0Ms: number
  count: number
  toMs: number // time of the last reading
  simulated: boolean // at least one reading says so
  signed: Uint8Array // all but the signature
  signature: Uint8Array // 64, r‖s
}

/** One reading as a device writes it: `value × 10^scale` in the metric's unit. */
export interface FrameReading {
  readonly dtMs: number // since t0
  readonly metric: number
  readonly scale: number
  readonly flags: number
  readonly value: number // integer
}

const NONE = new Uint8Array(0)

export const createFrameView = (): FrameView => ({
  bytes: NONE,
  curve: 'secp256k1',
  chainId: 0,
  registry: NONE,
  device: NONE,
  epoch: 0,
  seqFirst: 0,
  prev: NONE,
  t0Ms: 0,
  count: 0,
  toMs: 0,
  simulated: false,
  signed: NONE,
  signature: NONE,
})

/** Powers of ten that a scale can name; exact in a double. */
export const POWERS_OF_TEN: readonly number[] = [1, 1e1, 1e2, 1e3, 1e4, 1e5, 1e6, 1e7, 1e8, 1e9]

/** `value × 10^scale`, correctly rounded for negative scales. */
export const scaled = (value: number, scale: number): number =>
  scale < 0 ? value / POWERS_OF_TEN[-scale]! : value * POWERS_OF_TEN[scale]!

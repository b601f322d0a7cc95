import { curveOfCode, signatureFault } from './curve.ts'
import {
  AT,
  FRAME_VERSION,
  type FrameReading,
  type FrameView,
  HEADER_BYTES,
  MAGIC,
  MAX_FRAME_BYTES,
  MAX_READINGS,
  MAX_SCALE,
  MAX_TIME_MS,
  MIN_FRAME_BYTES,
  READING_BYTES,
  SIGNATURE_BYTES,
  SIMULATED,
  scaled,
} from './frame.ts'

const TWO_32 = 4294967296

/** The unsigned 64-bit number at `at`, or -1 when a double cannot hold it. */
function readU64(view: DataView, at: number): number {
  const high = view.getUint32(at)
  return high > 0x1fffff ? -1 : high * TWO_32 + view.getUint32(at + 4)
}

function isZero(bytes: Uint8Array): boolean {
  for (let i = 0; i < bytes.length; i++) if (bytes[i] !== 0) return false
  return true
}

/**
 * Reads the signed part of a frame: header and readings.
 *
 * Shapes   `bytes` starts at the magic; `length` is where the signed part must end
 * Writes   every field of `frame` but `bytes` and `signature`; half-filled when a fault is returned
 * Returns  null, or the one sentence that says which rule is broken
 */
export function readSignedPart(bytes: Uint8Array, length: number, frame: FrameView): string | null {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength)
  if (length < HEADER_BYTES)
    return `The frame ends inside its header: ${length} bytes, expected at least ${HEADER_BYTES}.`
  for (let i = 0; i < 4; i++) if (bytes[i] !== MAGIC[i]) return 'The frame does not begin with CTF1.'
  if (bytes[AT.version] !== FRAME_VERSION) return `The version is ${bytes[AT.version]}, expected ${FRAME_VERSION}.`
  const curve = curveOfCode(bytes[AT.curve]!)
  if (!curve) return `The curve code is ${bytes[AT.curve]}, expected 1 or 2.`
  frame.curve = curve
  frame.chainId = readU64(view, AT.chainId)
  if (frame.chainId < 1) return 'The chain id is zero or above 2^53 - 1.'
  frame.registry = bytes.subarray(AT.registry, AT.device)
  frame.device = bytes.subarray(AT.device, AT.epoch)
  frame.epoch = view.getUint32(AT.epoch)
  frame.seqFirst = readU64(view, AT.seqFirst)
  frame.prev = bytes.subarray(AT.prev, AT.t0)
  frame.t0Ms = readU64(view, AT.t0)
  frame.count = view.getUint16(AT.count)
  if (frame.count < 1 || frame.count > MAX_READINGS)
    return `The frame counts ${frame.count} readings, expected 1 to ${MAX_READINGS}.`
  if (frame.seqFirst < 0 || frame.seqFirst + frame.count > Number.MAX_SAFE_INTEGER)
    return 'The sequence number is above 2^53 - 1.'
  if (isZero(frame.prev) !== (frame.seqFirst === 0)) {
    return frame.seqFirst === 0 ? 'The first frame names a previous one.' : 'A later frame names no previous one.'
  }
  if (frame.t0Ms < 1 || frame.t0Ms > MAX_TIME_MS) return 'The time of the first reading is zero or above 2^48 - 1 ms.'
  const expected = HEADER_BYTES + frame.count * READING_BYTES
  if (length !== expected)
    return `The signed part has ${length} bytes, expected ${expected} for ${frame.count} readings.`
  frame.signed = bytes.subarray(0, length)
  return readingsFault(view, frame)
}

/** Walks the readings once: order, reserved bits, ranges. Notes the last time and the simulated bit. */
function readingsFault(view: DataView, frame: FrameView): string | null {
  let lastDt = 0
  let lastMetric = 0
  let flagsSeen = 0
  for (let i = 0, at = HEADER_BYTES; i < frame.count; i++, at += READING_BYTES) {
    const dt = view.getUint32(at)
    const metric = view.getUint16(at + 4)
    const scale = view.getInt8(at + 6)
    const flags = view.getUint8(at + 7)
    if (i === 0 && dt !== 0) return 'The first reading is not at t0.'
    if (dt < lastDt) return `Reading ${i} is earlier than the one before it.`
    if (metric === 0) return `Reading ${i} has metric 0.`
    if (i > 0 && dt === lastDt && metric <= lastMetric)
      return `Reading ${i} repeats a metric, or is out of order, within one time.`
    if (scale < -MAX_SCALE || scale > MAX_SCALE)
      return `Reading ${i} has scale ${scale}, expected -${MAX_SCALE} to ${MAX_SCALE}.`
    if ((flags & ~SIMULATED) !== 0) return `Reading ${i} sets a reserved flag.`
    const high = view.getInt32(at + 8)
    // -2^53 itself is out: it is the one number of this span whose negative a reader could not check
    if (high < -0x200000 || high > 0x1fffff || (high === -0x200000 && view.getUint32(at + 12) === 0)) {
      return `Reading ${i} has a value beyond ±(2^53 - 1).`
    }
    lastDt = dt
    lastMetric = metric
    flagsSeen |= flags
  }
  frame.toMs = frame.t0Ms + lastDt
  frame.simulated = (flagsSeen & SIMULATED) !== 0
  return null
}

/**
 * Reads a whole frame: signed part and signature, nothing before, nothing after.
 *
 * Writes   `frame`
 * Returns  null, or the one sentence that says which rule is broken; then the frame is MALFORMED
 * Cost     O(readings), no allocation but views
 */
export function decodeFrame(bytes: Uint8Array, frame: FrameView): string | null {
  if (bytes.length < MIN_FRAME_BYTES || bytes.length > MAX_FRAME_BYTES) {
    return `The frame has ${bytes.length} bytes, expected ${MIN_FRAME_BYTES} to ${MAX_FRAME_BYTES}.`
  }
  const signedBytes = bytes.length - SIGNATURE_BYTES
  frame.bytes = bytes
  frame.signature = bytes.subarray(signedBytes)
  return readSignedPart(bytes, signedBytes, frame) ?? signatureFault(bytes, signedBytes, frame.curve)
}

/** Where decoded readings go. The caller owns the memory; each column has room for `at + count`. */
export interface ReadingSlots {
  readonly metric: Uint16Array
  readonly timeMs: Float64Array
  readonly value: Float64Array // in the metric's unit
}

/**
 * Decodes the readings of a frame that was decoded without fault.
 *
 * Writes   slots[at .. at + frame.count)
 */
export function decodeReadings(frame: FrameView, slots: ReadingSlots, at: number): void {
  const { signed, count, t0Ms } = frame
  const view = new DataView(signed.buffer, signed.byteOffset, signed.byteLength)
  const { metric, timeMs, value } = slots
  for (let i = 0, from = HEADER_BYTES; i < count; i++, from += READING_BYTES) {
    metric[at + i] = view.getUint16(from + 4)
    timeMs[at + i] = t0Ms + view.getUint32(from)
    value[at + i] = scaled(view.getInt32(from + 8) * TWO_32 + view.getUint32(from + 12), view.getInt8(from + 6))
  }
}

/** The readings of a decoded frame one by one, for tests and explanations, not for the hot path. */
export function listReadings(frame: FrameView): FrameReading[] {
  const view = new DataView(frame.signed.buffer, frame.signed.byteOffset, frame.signed.byteLength)
  return Array.from({ length: frame.count }, (_, i) => {
    const at = HEADER_BYTES + i * READING_BYTES
    return {
      dtMs: view.getUint32(at),
      metric: view.getUint16(at + 4),
      scale: view.getInt8(at + 6),
      flags: view.getUint8(at + 7),
      value: view.getInt32(at + 8) * TWO_32 + view.getUint32(at + 12),
    }
  })
}

import { ByteWriter } from '../base/bytes.ts'
import { TwinError } from '../base/errors.ts'
import { type Curve, codeOfCurve } from './curve.ts'
import { readSignedPart } from './decodeFrame.ts'
import { createFrameView, FRAME_VERSION, type FrameDomain, type FrameReading, MAGIC } from './frame.ts'

/** What a device is about to sign. */
export interface UnsignedFrame {
  readonly curve: Curve
  readonly domain: FrameDomain
  readonly device: Uint8Array // 20 bytes
  readonly epoch: number
  readonly seqFirst: number
  readonly prev: Uint8Array // 32 bytes, zero for the first frame of an epoch
  readonly t0Ms: number
  readonly readings: readonly FrameReading[]
}

/**
 * The bytes a device signs: header and readings.
 *
 * Returns  108 + 16 n bytes, to be followed by the 64 bytes of the signature
 * Throws   PROOF_MALFORMED with the decoder's own sentence, so that nothing is signed that no reader accepts
 */
export function encodeSignedPart(frame: UnsignedFrame): Uint8Array {
  const writer = new ByteWriter(108 + 16 * frame.readings.length)
  writer.bytes(Uint8Array.from(MAGIC))
  writer.u8(FRAME_VERSION)
  writer.u8(codeOfCurve(frame.curve))
  writer.u64(BigInt(frame.domain.chainId))
  writer.bytes(frame.domain.registry)
  writer.bytes(frame.device)
  writer.u32(frame.epoch)
  writer.u64(BigInt(frame.seqFirst))
  writer.bytes(frame.prev)
  writer.u64(BigInt(frame.t0Ms))
  writer.u16(frame.readings.length)
  for (const reading of frame.readings) {
    writer.u32(reading.dtMs)
    writer.u16(reading.metric)
    writer.i8(reading.scale)
    writer.u8(reading.flags)
    writer.i64(BigInt(reading.value))
  }
  const bytes = writer.done()
  const fault = readSignedPart(bytes, bytes.length, createFrameView())
  if (fault) throw new TwinError('PROOF_MALFORMED', fault)
  return bytes
}

/** A whole frame from its signed part and its signature. */
export function joinSignature(signedPart: Uint8Array, signature: Uint8Array): Uint8Array {
  const bytes = new Uint8Array(signedPart.length + signature.length)
  bytes.set(signedPart)
  bytes.set(signature, signedPart.length)
  return bytes
}

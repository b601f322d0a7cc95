import { ByteWriter } from '../base/bytes.ts'
import { TwinError } from '../base/errors.ts'
import { MAX_FRAME_BYTES } from './frame.ts'

// Batch body VBT1: magic 4 | version u8 | gateway 20 | seq u64 | count u16 | count × { length u16 | frame }.
// A frame that is malformed may stand in a batch: the gateway is a courier, not a judge.

const MAGIC = 0x56425431 // 'VBT1'
const VERSION = 1
const HEADER_BYTES = 35
export const MAX_BATCH_FRAMES = 4096

/** A batch as its gateway wrote it. Frames are views into the body. */
export interface Batch {
  readonly gateway: Uint8Array // 20
  readonly seq: number
  readonly frames: readonly Uint8Array[]
}

/**
 * The body of a batch: what is hashed, stored and served.
 *
 * Throws   PROOF_MALFORMED when there are no frames, too many, or one of an impossible length
 */
export function encodeBatch({ gateway, seq, frames }: Batch): Uint8Array {
  if (frames.length < 1 || frames.length > MAX_BATCH_FRAMES) {
    throw new TwinError('PROOF_MALFORMED', `A batch has ${frames.length} frames, expected 1 to ${MAX_BATCH_FRAMES}.`)
  }
  const writer = new ByteWriter(frames.reduce((sum, frame) => sum + frame.length + 2, HEADER_BYTES))
  writer.u32(MAGIC)
  writer.u8(VERSION)
  writer.bytes(gateway)
  writer.u64(BigInt(seq))
  writer.u16(frames.length)
  for (const frame of frames) {
    if (frame.length < 1 || frame.length > MAX_FRAME_BYTES) {
      throw new TwinError('PROOF_MALFORMED', `A frame has ${frame.length} bytes, expected 1 to ${MAX_FRAME_BYTES}.`)
    }
    writer.u16(frame.length)
    writer.bytes(frame)
  }
  return writer.done()
}

/** Reads a batch body. Returns the batch, or the one sentence that says which rule is broken. */
export function decodeBatch(body: Uint8Array): Batch | string {
  const view = new DataView(body.buffer, body.byteOffset, body.byteLength)
  if (body.length < HEADER_BYTES) return `The batch ends inside its header: ${body.length} bytes.`
  if (view.getUint32(0) !== MAGIC) return 'The batch does not begin with VBT1.'
  if (body[4] !== VERSION) return `The batch has version ${body[4]}, expected ${VERSION}.`
  const seq = Number(view.getBigUint64(25))
  if (!Number.isSafeInteger(seq)) return 'The batch number is above 2^53 - 1.'
  const count = view.getUint16(33)
  if (count < 1 || count > MAX_BATCH_FRAMES)
    return `The batch counts ${count} frames, expected 1 to ${MAX_BATCH_FRAMES}.`
  const frames: Uint8Array[] = []
  let at = HEADER_BYTES
  for (let i = 0; i < count; i++) {
    if (at + 2 > body.length) return `The batch ends before frame ${i}.`
    const length = view.getUint16(at)
    if (length < 1 || length > MAX_FRAME_BYTES)
      return `Frame ${i} has ${length} bytes, expected 1 to ${MAX_FRAME_BYTES}.`
    if (at + 2 + length > body.length) return `The batch ends inside frame ${i}.`
    frames.push(body.subarray(at + 2, at + 2 + length))
    at += 2 + length
  }
  if (at !== body.length) return `${body.length - at} bytes follow the last frame.`
  return { gateway: body.subarray(5, 25), seq, frames }
}

import { ByteReader, ByteWriter } from '../base/bytes.ts'
import { TwinError } from '../base/errors.ts'

// The live channel VLV1, specified in public/spec/live.md: signed frames as they reach the gateway. A stream numbers
// its frames from 0; a connection carries them in order, and says from where. All numbers are big-endian.

const MAGIC = 0x564c5631 // 'VLV1'
const TYPE = { start: 1, frames: 2, alive: 3, join: 0x11, taken: 0x12 } as const

export const LIVE_PROTOCOL = 'veracity-live.1'
/** Frames in one message at most. */
export const MAX_LIVE_FRAMES = 512
/** How many frames may be under way that the page has not said to have taken. */
export const LIVE_WINDOW = 8_192

/** What a gateway says. */
export type LiveMessage =
  /** The frames from `from` on follow. Another stream than before: the gateway began anew. */
  | { readonly kind: 'start'; readonly stream: number; readonly from: number }
  /** `receivedMs` is the gateway's clock when it took the first of them in. */
  | {
      readonly kind: 'frames'
      readonly first: number
      readonly receivedMs: number
      readonly frames: readonly Uint8Array[]
    }
  /** Nothing new; the next frame on this connection will have this number. */
  | { readonly kind: 'alive'; readonly next: number }

/** What a page says: where it wants to go on (stream 0: from now), and how far it has come. */
export type LiveRequest =
  | { readonly kind: 'join'; readonly stream: number; readonly next: number }
  | { readonly kind: 'taken'; readonly next: number }

const broken = (what: string): TwinError => new TwinError('PROOF_MALFORMED', `A message of the live channel ${what}.`)

function readNumber(reader: ByteReader): number {
  const value = reader.u64()
  if (value > BigInt(Number.MAX_SAFE_INTEGER)) throw broken('holds a number above 2^53 - 1')
  return Number(value)
}

function checkMagic(reader: ByteReader): void {
  if (reader.u32() !== MAGIC) throw broken('does not begin with VLV1')
}

function atEnd<T>(reader: ByteReader, value: T): T {
  if (reader.left > 0) throw broken(`has ${reader.left} bytes too many`)
  return value
}

export function encodeLiveMessage(message: LiveMessage): Uint8Array {
  const writer = new ByteWriter(64)
  writer.u8(TYPE[message.kind])
  if (message.kind === 'start') {
    writer.u32(MAGIC)
    writer.u64(BigInt(message.stream))
    writer.u64(BigInt(message.from))
  } else if (message.kind === 'alive') writer.u64(BigInt(message.next))
  else {
    writer.u64(BigInt(message.first))
    writer.u64(BigInt(Math.floor(message.receivedMs)))
    writer.u16(message.frames.length)
    for (const frame of message.frames) {
      writer.u16(frame.length)
      writer.bytes(frame)
    }
  }
  return writer.done()
}

/**
 * Reads what a gateway says. Frames are views into the bytes, and not looked into: the decoder of frames judges them.
 *
 * Throws   PROOF_MALFORMED
 */
export function decodeLiveMessage(bytes: Uint8Array): LiveMessage {
  const reader = new ByteReader(bytes)
  const type = reader.u8()
  if (type === TYPE.start) {
    checkMagic(reader)
    const stream = readNumber(reader)
    if (stream === 0) throw broken('names stream 0')
    return atEnd(reader, { kind: 'start', stream, from: readNumber(reader) })
  }
  if (type === TYPE.alive) return atEnd(reader, { kind: 'alive', next: readNumber(reader) })
  if (type !== TYPE.frames) throw broken(`has type ${type}, expected 1, 2 or 3`)
  const first = readNumber(reader)
  const receivedMs = readNumber(reader)
  const count = reader.u16()
  if (count < 1 || count > MAX_LIVE_FRAMES) throw broken(`counts ${count} frames, expected 1 to ${MAX_LIVE_FRAMES}`)
  const frames: Uint8Array[] = []
  for (let i = 0; i < count; i++) frames.push(reader.slice(reader.u16()))
  return atEnd(reader, { kind: 'frames', first, receivedMs, frames })
}

export function encodeLiveRequest(request: LiveRequest): Uint8Array {
  const writer = new ByteWriter(32)
  writer.u8(TYPE[request.kind])
  if (request.kind === 'join') {
    writer.u32(MAGIC)
    writer.u64(BigInt(request.stream))
  }
  writer.u64(BigInt(request.next))
  return writer.done()
}

/** Reads what a page says. Throws PROOF_MALFORMED. */
export function decodeLiveRequest(bytes: Uint8Array): LiveRequest {
  const reader = new ByteReader(bytes)
  const type = reader.u8()
  if (type === TYPE.taken) return atEnd(reader, { kind: 'taken', next: readNumber(reader) })
  if (type !== TYPE.join) throw broken(`has type ${type}, expected 17 or 18`)
  checkMagic(reader)
  const stream = readNumber(reader)
  return atEnd(reader, { kind: 'join', stream, next: readNumber(reader) })
}

/** Several messages as the body of one answer, for pages whose sockets are blocked: each after its length as u32. */
export function packLiveMessages(messages: readonly Uint8Array[]): Uint8Array {
  const writer = new ByteWriter(messages.reduce((sum, { length }) => sum + 4 + length, 0))
  for (const message of messages) {
    writer.u32(message.length)
    writer.bytes(message)
  }
  return writer.done()
}

/** The messages of such a body. Throws PROOF_MALFORMED. */
export function unpackLiveMessages(body: Uint8Array): LiveMessage[] {
  const reader = new ByteReader(body)
  const messages: LiveMessage[] = []
  while (reader.left > 0) messages.push(decodeLiveMessage(reader.slice(reader.u32())))
  return messages
}

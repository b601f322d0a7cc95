import { TwinError } from './errors.ts'

/** Reads big-endian fields one after the other. Reading past the end throws PROOF_MALFORMED, never returns rubbish. */
export class ByteReader {
  readonly bytes: Uint8Array
  private readonly view: DataView
  private at = 0

  constructor(bytes: Uint8Array) {
    this.bytes = bytes
    this.view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength)
  }

  get offset(): number {
    return this.at
  }

  get left(): number {
    return this.bytes.length - this.at
  }

  private take(length: number): number {
    if (this.left < length) {
      throw new TwinError(
        'PROOF_MALFORMED',
        `The bytes end early: ${this.left} left at offset ${this.at}, expected ${length}.`,
        {
          offset: this.at,
          left: this.left,
          expected: length,
        },
      )
    }
    const start = this.at
    this.at += length
    return start
  }

  u8 = (): number => this.view.getUint8(this.take(1))
  i8 = (): number => this.view.getInt8(this.take(1))
  u16 = (): number => this.view.getUint16(this.take(2))
  u32 = (): number => this.view.getUint32(this.take(4))
  u64 = (): bigint => this.view.getBigUint64(this.take(8))
  i64 = (): bigint => this.view.getBigInt64(this.take(8))

  /** The next `length` bytes as a view, not a copy. */
  slice(length: number): Uint8Array {
    const start = this.take(length)
    return this.bytes.subarray(start, start + length)
  }
}

/** Writes big-endian fields one after the other into a buffer that grows. */
export class ByteWriter {
  private buffer: Uint8Array
  private view: DataView
  private at = 0

  constructor(capacity = 256) {
    this.buffer = new Uint8Array(capacity)
    this.view = new DataView(this.buffer.buffer)
  }

  get length(): number {
    return this.at
  }

  private room(length: number): number {
    const start = this.at
    this.at += length
    if (this.at > this.buffer.length) {
      const grown = new Uint8Array(Math.max(this.at, 2 * this.buffer.length))
      grown.set(this.buffer)
      this.buffer = grown
      this.view = new DataView(grown.buffer)
    }
    return start
  }

  u8(value: number): void {
    const at = this.room(1)
    this.view.setUint8(at, value)
  }
  i8(value: number): void {
    const at = this.room(1)
    this.view.setInt8(at, value)
  }
  u16(value: number): void {
    const at = this.room(2)
    this.view.setUint16(at, value)
  }
  u32(value: number): void {
    const at = this.room(4)
    this.view.setUint32(at, value)
  }
  u64(value: bigint): void {
    const at = this.room(8)
    this.view.setBigUint64(at, value)
  }
  i64(value: bigint): void {
    const at = this.room(8)
    this.view.setBigInt64(at, value)
  }
  bytes(value: Uint8Array): void {
    const at = this.room(value.length)
    this.buffer.set(value, at)
  }

  /** What was written so far, as a copy of its own. */
  done(): Uint8Array {
    return this.buffer.slice(0, this.at)
  }
}

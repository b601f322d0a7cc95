import { PbfReader } from 'pbf'
import { inflate } from '../../base/inflate.ts'
import { eachField, fieldEnd, readText } from '../pbfFields.ts'

/** Limits of the format itself: nothing that keeps to it is larger. */
const MAX_HEADER_BYTES = 64 * 1024
const MAX_BLOB_BYTES = 32 * 1024 * 1024

/** One blob of the file: what kind it is and its unpacked bytes. */
export interface Blob {
  readonly type: string // 'OSMHeader', 'OSMData'; others may be passed over
  readonly bytes: Uint8Array
  readonly next: number // where the next one starts
}

/** Whether bytes start with the header blob of an OpenStreetMap PBF file. */
export function startsWithHeader(bytes: Uint8Array): boolean {
  if (bytes.length < 15 || bytes[0] !== 0 || bytes[1] !== 0) return false
  return bytes[4] === 10 && bytes[5] === 9 && new TextDecoder().decode(bytes.subarray(6, 15)) === 'OSMHeader'
}

const PACKINGS: Readonly<Record<number, string>> = { 4: 'lzma', 5: 'bzip2', 6: 'lz4', 7: 'zstd' }

/**
 * Reads the blob at a place of the file and unpacks it.
 *
 * Throws   Error with the reason when it is damaged, cut off, too large, or packed in a way that is not read
 * Source   OpenStreetMap wiki, PBF Format, "File format"
 */
export function readBlob(file: Uint8Array, at: number): Blob {
  if (at + 4 > file.length) throw new Error('it is cut off')
  const headerBytes = new DataView(file.buffer, file.byteOffset + at, 4).getUint32(0)
  if (headerBytes > MAX_HEADER_BYTES) throw new Error(`a blob header of ${headerBytes} bytes at byte ${at}`)
  const headerEnd = at + 4 + headerBytes
  if (headerEnd > file.length) throw new Error('it is cut off')
  const pbf = new PbfReader(file)
  pbf.pos = at + 4
  let type = ''
  let size = -1
  eachField(pbf, headerEnd, (field, wire) => {
    if (field === 1 && wire === 2) type = readText(pbf, headerEnd)
    else if (field === 3 && wire === 0) size = pbf.readVarint()
    else return false
    return true
  })
  const next = headerEnd + size
  if (size < 0 || size > MAX_BLOB_BYTES) throw new Error(`a blob of ${size} bytes at byte ${at}`)
  if (next > file.length) throw new Error('it is cut off')
  return { type, bytes: unpack(pbf, next), next }
}

function unpack(pbf: PbfReader, end: number): Uint8Array {
  let raw: Uint8Array | null = null
  let packed: Uint8Array | null = null
  let rawSize = -1
  let other = ''
  eachField(pbf, end, (field, wire) => {
    if (wire === 0 && field === 2) rawSize = pbf.readVarint()
    else if (wire === 2) {
      const stop = fieldEnd(pbf, end)
      const bytes = pbf.buf.subarray(pbf.pos, stop)
      if (field === 1) raw = bytes
      else if (field === 3) packed = bytes
      else other = PACKINGS[field] ?? other
      pbf.pos = stop
    } else return false
    return true
  })
  if (raw) return raw
  if (!packed) {
    throw new Error(other ? `it is packed with ${other}; only zlib is read` : 'a blob without data')
  }
  if (!(rawSize >= 0 && rawSize <= MAX_BLOB_BYTES)) throw new Error(`a blob of ${rawSize} bytes once unpacked`)
  return inflate(packed, rawSize)
}

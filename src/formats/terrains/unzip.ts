import { TwinError } from '../../base/errors.ts'
import { inflateRaw } from '../../base/inflate.ts'
import { quoteText } from '../quoteText.ts'

/** The largest one-degree tile, of 3601 × 3601 heights, has 26 MB. */
const MAX_BYTES = 256 * 1024 * 1024
const CENTRAL = 0x02014b50
const LOCAL = 0x04034b50
const END = 0x06054b50

export const isZip = (bytes: Uint8Array): boolean =>
  bytes[0] === 0x50 && bytes[1] === 0x4b && bytes[2] === 3 && bytes[3] === 4

/**
 * Unpacks the first file of an archive that is wanted.
 *
 * Throws   FORMAT_BROKEN when there is none or the archive is damaged
 * Source   PKWARE APPNOTE 6.3.10, 4.3
 */
export function unzipOnly(
  bytes: Uint8Array,
  archive: string,
  isWanted: (name: string) => boolean,
): { readonly name: string; readonly bytes: Uint8Array } {
  const broken = (why: string): TwinError =>
    new TwinError('FORMAT_BROKEN', `The archive "${quoteText(archive)}" is damaged: ${why}.`, { file: archive })
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.length)
  let end = bytes.length - 22
  while (end >= 0 && end > bytes.length - 65_600 && view.getUint32(end, true) !== END) end--
  if (end < 0 || view.getUint32(end, true) !== END) throw broken('it is cut off')
  const count = view.getUint16(end + 10, true)
  let at = view.getUint32(end + 16, true)
  for (let k = 0; k < count; k++) {
    if (at + 46 > bytes.length || view.getUint32(at, true) !== CENTRAL) throw broken('its list of files is wrong')
    const method = view.getUint16(at + 10, true)
    const sum = view.getUint32(at + 16, true)
    const packedSize = view.getUint32(at + 20, true)
    const size = view.getUint32(at + 24, true)
    const nameLength = view.getUint16(at + 28, true)
    const local = view.getUint32(at + 42, true)
    const name = new TextDecoder().decode(bytes.subarray(at + 46, at + 46 + nameLength))
    at += 46 + nameLength + view.getUint16(at + 30, true) + view.getUint16(at + 32, true)
    if (!isWanted(name)) continue
    if (size > MAX_BYTES) throw broken(`"${quoteText(name)}" has ${size} bytes`)
    if (local + 30 > bytes.length || view.getUint32(local, true) !== LOCAL)
      throw broken('a file is not where it should be')
    const from = local + 30 + view.getUint16(local + 26, true) + view.getUint16(local + 28, true)
    if (from + packedSize > bytes.length) throw broken('it is cut off')
    const packed = bytes.subarray(from, from + packedSize)
    const plain = method === 0 ? packed : new Uint8Array(size)
    if (method === 8) {
      try {
        inflateRaw(packed, 0, plain)
      } catch (error) {
        throw broken(error instanceof Error ? error.message : 'it could not be unpacked')
      }
    } else if (method !== 0) throw broken(`packing method ${method} is not read`)
    if (crc32(plain) !== sum) throw broken('a sum is wrong')
    return { name: name.replace(/^.*\//, ''), bytes: plain }
  }
  throw broken('it holds no terrain file')
}

let table: Uint32Array | undefined

function crc32(bytes: Uint8Array): number {
  table ??= Uint32Array.from({ length: 256 }, (_, n) => {
    let c = n
    for (let k = 0; k < 8; k++) c = c & 1 ? 0xedb88320 ^ (c >>> 1) : c >>> 1
    return c
  })
  let sum = 0xffffffff
  for (let i = 0; i < bytes.length; i++) sum = table[(sum ^ bytes[i]!) & 255]! ^ (sum >>> 8)
  return (sum ^ 0xffffffff) >>> 0
}

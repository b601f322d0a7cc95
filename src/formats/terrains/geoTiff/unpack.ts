import { inflate } from '../../../base/inflate.ts'

const CLEAR = 256
const END = 257

/**
 * Unpacks one strip or tile to `size` bytes.
 *
 * Throws   Error with the reason
 * Source   TIFF 6.0, sections 9 and 13; TIFF Technical Note 2 (deflate)
 */
export function unpack(bytes: Uint8Array, compression: number, size: number): Uint8Array {
  if (compression === 1) {
    if (bytes.length < size) throw new Error(`${bytes.length} bytes where ${size} were promised`)
    return bytes.slice(0, size)
  }
  if (compression === 5) return unpackLzw(bytes, size)
  if (compression === 8 || compression === 32946) return inflate(bytes, size)
  throw new Error(`compression ${compression} is not read`)
}

function unpackLzw(bytes: Uint8Array, size: number): Uint8Array {
  const out = new Uint8Array(size)
  // each word is the word before it and one byte: where it stands in the output, and how long it is
  const start = new Int32Array(4097)
  const length = new Int32Array(4097)
  let next = 258
  let width = 9
  let to = 0
  let bit = 0
  while (to < size) {
    if (bit + width > 8 * bytes.length) throw new Error('it is cut off')
    let code = 0
    for (let k = 0; k < width; k++, bit++) code = (code << 1) | ((bytes[bit >> 3]! >> (7 - (bit & 7))) & 1)
    if (code === END) break
    if (code === CLEAR) {
      next = 258
      width = 9
      continue
    }
    if (code >= next) throw new Error('a word that is not known yet')
    const from = to
    if (code < 256) out[to++] = code
    else {
      const count = Math.min(length[code]!, size - to)
      for (let k = 0; k < count; k++) out[to++] = out[start[code]! + k]!
    }
    if (next < 4096) {
      // the word that the next code completes: this one and the first byte of what follows, which may be its own
      start[next] = from
      length[next] = to - from + 1
      next++
      // one code sooner than the table is full, and this table is one word ahead of the writer's
      if (next === 512 || next === 1024 || next === 2048) width++
    }
  }
  if (to < size) throw new Error(`${to} bytes where ${size} were promised`)
  return out
}

/**
 * Undoes the differences that a predictor left in rows of samples.
 *
 * Writes   `bytes`
 * Source   TIFF 6.0, section 14; Adobe Photoshop TIFF Technical Note 3 (floating point)
 */
export function undoPredictor(
  bytes: Uint8Array,
  predictor: number,
  width: number,
  sampleBytes: number,
  little: boolean,
): void {
  if (predictor === 1) return
  const rowBytes = width * sampleBytes
  for (let row = 0; row + rowBytes <= bytes.length; row += rowBytes) {
    if (predictor === 3) undoFloatRow(bytes, row, width, sampleBytes, little)
    else if (predictor === 2) undoWholeRow(bytes, row, width, sampleBytes, little)
    else throw new Error(`predictor ${predictor} is not read`)
  }
}

function undoWholeRow(bytes: Uint8Array, row: number, width: number, size: number, little: boolean): void {
  for (let i = 1; i < width; i++) {
    let carry = 0
    for (let k = 0; k < size; k++) {
      const b = little ? k : size - 1 - k
      const at = row + i * size + b
      const sum = bytes[at]! + bytes[at - size]! + carry
      bytes[at] = sum & 255
      carry = sum >> 8
    }
  }
}

/** The bytes of a row stand plane by plane, the highest first, each the difference to the one before. */
function undoFloatRow(bytes: Uint8Array, row: number, width: number, size: number, little: boolean): void {
  const plain = bytes.slice(row, row + width * size)
  for (let i = 1; i < plain.length; i++) plain[i] = (plain[i]! + plain[i - 1]!) & 255
  for (let i = 0; i < width; i++) {
    for (let k = 0; k < size; k++) bytes[row + i * size + (little ? size - 1 - k : k)] = plain[k * width + i]!
  }
}

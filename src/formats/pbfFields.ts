import type { PbfReader } from 'pbf'

/** Where a length-delimited field ends. A length that points past its parent is refused. */
export function fieldEnd(pbf: PbfReader, parentEnd: number): number {
  const length = pbf.readVarint()
  const end = pbf.pos + length
  if (!(end <= parentEnd)) throw new Error(`a field of ${length} bytes where ${parentEnd - pbf.pos} are left`)
  return end
}

/** Steps over the fields of a message; `read` must consume what it knows and say so. */
export function eachField(pbf: PbfReader, end: number, read: (field: number, wire: number) => boolean): void {
  while (pbf.pos < end) {
    const tag = pbf.readVarint()
    const wire = tag & 7
    if (read(tag >>> 3, wire)) continue
    if (wire === 2) pbf.pos = fieldEnd(pbf, end)
    else pbf.skip(wire)
  }
  if (pbf.pos !== end) throw new Error('a field runs over its end')
}

const decoder = new TextDecoder()

/** The text from here to `end`. */
export function readTextTo(pbf: PbfReader, end: number): string {
  const text = decoder.decode(pbf.buf.subarray(pbf.pos, end))
  pbf.pos = end
  return text
}

/** A text with its length before it. */
export const readText = (pbf: PbfReader, parentEnd: number): string => readTextTo(pbf, fieldEnd(pbf, parentEnd))

/** A packed list of numbers, read one by one by `next`. */
export function readPacked(pbf: PbfReader, parentEnd: number, next: () => number): number[] {
  const end = fieldEnd(pbf, parentEnd)
  const list: number[] = []
  while (pbf.pos < end) list.push(next())
  if (pbf.pos !== end) throw new Error('a list runs over its end')
  return list
}

/** A varint of 64 bits with a sign, as long as it fits a double exactly. */
export function readInt64(pbf: PbfReader): number {
  const value = pbf.readVarint(true)
  if (!Number.isSafeInteger(value)) throw new Error('a number of more than 53 bits')
  return value
}

import { ByteReader, ByteWriter } from '../../base/bytes.ts'
import { TwinError } from '../../base/errors.ts'

// The `proof` beside an IoTeX header in a bundle, specified in public/spec/bundle.md:
// footer: length u32, bytes · count u32 × { receipt: length u32, bytes }, in the block's order.

/** What belongs to an IoTeX header to prove its block final and its receipts whole. */
export interface EnclosedBlock {
  readonly footer: Uint8Array
  readonly receipts: readonly Uint8Array[]
}

export function encodeEnclosedBlock({ footer, receipts }: EnclosedBlock): Uint8Array {
  const w = new ByteWriter(4096)
  w.u32(footer.length)
  w.bytes(footer)
  w.u32(receipts.length)
  for (const receipt of receipts) {
    w.u32(receipt.length)
    w.bytes(receipt)
  }
  return w.done()
}

/** Reads footer and receipts strictly; the one sentence that says what is wrong when they are none. */
export function decodeEnclosedBlock(bytes: Uint8Array): EnclosedBlock | string {
  try {
    const r = new ByteReader(bytes)
    const footer = r.slice(r.u32())
    const count = r.u32()
    if (count * 4 > r.left) return `A list of ${count} receipts does not fit into what is left.`
    const receipts = Array.from({ length: count }, () => r.slice(r.u32()))
    return r.left > 0 ? `${r.left} bytes follow the last receipt.` : { footer, receipts }
  } catch (error) {
    if (error instanceof TwinError) return error.message
    throw error
  }
}

import { ByteReader, ByteWriter } from '../../base/bytes.ts'
import { TwinError } from '../../base/errors.ts'
import { fromHex, type Hex, toHex } from '../../base/hex.ts'

// The `proof` beside a header in a bundle, specified in public/spec/bundle.md:
// nodes of the account · count u32 × { gateway 20 · seq u64 · nodes of the slot }, by (gateway, seq), rising.
// Nodes are: count u8 × { length u16 · node }.

/** The slot of one batch, as the nodes that lead to it from the contract's storage root. */
export interface EnclosedSlot {
  readonly gateway: Hex
  readonly seq: number
  readonly nodes: readonly Uint8Array[]
}

/** What leads from one header's state root to any number of anchors. */
export interface EnclosedProof {
  readonly account: readonly Uint8Array[]
  readonly slots: readonly EnclosedSlot[]
}

const compareSlots = (a: EnclosedSlot, b: EnclosedSlot): number =>
  a.gateway < b.gateway ? -1 : a.gateway > b.gateway ? 1 : a.seq - b.seq

export function encodeEnclosedProof({ account, slots }: EnclosedProof): Uint8Array {
  const w = new ByteWriter(4096)
  const nodes = (list: readonly Uint8Array[]): void => {
    w.u8(list.length)
    for (const node of list) {
      w.u16(node.length)
      w.bytes(node)
    }
  }
  nodes(account)
  w.u32(slots.length)
  for (const slot of [...slots].sort(compareSlots)) {
    w.bytes(fromHex(slot.gateway)!)
    w.u64(BigInt(slot.seq))
    nodes(slot.nodes)
  }
  return w.done()
}

/** Reads a proof strictly; the one sentence that says what is wrong when it is none. */
export function decodeEnclosedProof(bytes: Uint8Array): EnclosedProof | string {
  try {
    return read(new ByteReader(bytes))
  } catch (error) {
    if (error instanceof TwinError) return error.message
    throw error
  }
}

function read(r: ByteReader): EnclosedProof | string {
  const nodes = (): Uint8Array[] => Array.from({ length: r.u8() }, () => r.slice(r.u16()))
  const account = nodes()
  const count = r.u32()
  if (count * 29 > r.left) return `A list of ${count} slots does not fit into what is left.`
  const slots: EnclosedSlot[] = []
  for (let i = 0; i < count; i++) {
    const slot = { gateway: toHex(r.slice(20)), seq: Number(r.u64()), nodes: nodes() }
    if (!Number.isSafeInteger(slot.seq)) return 'A batch number is above 2^53 - 1.'
    const before = slots[i - 1]
    if (before && compareSlots(before, slot) >= 0) return `Slot ${i} is out of order, or given twice.`
    slots.push(slot)
  }
  return r.left > 0 ? `${r.left} bytes follow the last slot.` : { account, slots }
}

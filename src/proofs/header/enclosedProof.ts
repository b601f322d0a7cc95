import { ByteReader, ByteWriter } from '../../base/bytes.ts'
import { TwinError } from '../../base/errors.ts'
import { fromHex, type Hex, sameBytes, toHex } from '../../base/hex.ts'

// The `proof` beside a header in a bundle, specified in public/spec/bundle.md: nodes, each once, in the order of their
// first use; then paths that name them: that of the account, and of each slot by (gateway, seq), rising.

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
  const rising = [...slots].sort(compareSlots)
  const pool = new Map<Hex, { readonly index: number; readonly node: Uint8Array }>()
  for (const node of [account, ...rising.map(({ nodes }) => nodes)].flat()) {
    const key = toHex(node)
    if (!pool.has(key)) pool.set(key, { index: pool.size, node })
  }
  const w = new ByteWriter(4096)
  const path = (nodes: readonly Uint8Array[]): void => {
    w.u8(nodes.length)
    for (const node of nodes) w.u16(pool.get(toHex(node))!.index)
  }
  w.u16(pool.size)
  for (const { node } of pool.values()) {
    w.u16(node.length)
    w.bytes(node)
  }
  path(account)
  w.u32(rising.length)
  for (const slot of rising) {
    w.bytes(fromHex(slot.gateway)!)
    w.u64(BigInt(slot.seq))
    path(slot.nodes)
  }
  return w.done()
}

/** Reads a proof strictly; the one sentence that says what is wrong when it is none. */
export function decodeEnclosedProof(bytes: Uint8Array): EnclosedProof | string {
  try {
    return read(bytes)
  } catch (error) {
    if (error instanceof TwinError) return error.message
    throw error
  }
}

function read(bytes: Uint8Array): EnclosedProof | string {
  const r = new ByteReader(bytes)
  const pool = Array.from({ length: r.u16() }, () => r.slice(r.u16()))
  const path = (): (Uint8Array | undefined)[] => Array.from({ length: r.u8() }, () => pool[r.u16()])
  const isKnown = (nodes: (Uint8Array | undefined)[]): nodes is Uint8Array[] =>
    nodes.every((node) => node !== undefined)
  const account = path()
  const count = r.u32()
  if (count * 29 > r.left) return `A list of ${count} slots does not fit into what is left.`
  if (!isKnown(account)) return 'The account’s path names a node that is not there.'
  const slots: EnclosedSlot[] = []
  for (let i = 0; i < count; i++) {
    const [gateway, seq, nodes] = [toHex(r.slice(20)), Number(r.u64()), path()]
    if (!Number.isSafeInteger(seq)) return 'A batch number is above 2^53 - 1.'
    if (!isKnown(nodes)) return `Slot ${i} names a node that is not there.`
    slots.push({ gateway, seq, nodes })
    if (i > 0 && compareSlots(slots[i - 1]!, slots[i]!) >= 0) return `Slot ${i} is out of order, or given twice.`
  }
  // one proof has one encoding: no byte more, no node unused, given twice, or out of turn
  const proof = { account, slots }
  return sameBytes(encodeEnclosedProof(proof), bytes) ? proof : 'The proof is not written in the one way there is.'
}

import { fromHex, type Hex } from '../base/hex.ts'
import { type Rpc, RpcRefusal } from './rpc.ts'

/** Nodes as an endpoint gave them: from a state root to a contract, and from its storage root to each slot asked for. */
export interface SlotNodes {
  readonly account: readonly Uint8Array[]
  readonly slots: readonly (readonly Uint8Array[])[]
}

/** A block by number, by hash, or the newest one. */
export type BlockChoice = number | Hex | 'latest'

const refused = (error: unknown): null => {
  if (error instanceof RpcRefusal) return null
  throw error
}

/** A block's fields as the endpoint gives them, unchecked; null when it has no such block. Throws CHAIN_UNREACHABLE. */
export async function readBlock(
  rpc: Rpc,
  which: BlockChoice,
  signal?: AbortSignal,
): Promise<Readonly<Record<string, unknown>> | null> {
  const isHash = typeof which === 'string' && which !== 'latest'
  const block = await rpc
    .request(
      isHash ? 'eth_getBlockByHash' : 'eth_getBlockByNumber',
      [typeof which === 'number' ? `0x${which.toString(16)}` : which, false],
      signal,
    )
    .catch(refused)
  return typeof block === 'object' && block !== null ? (block as Record<string, unknown>) : null
}

/**
 * Asks for the proof of storage slots at a block (EIP-1186), unchecked.
 *
 * Returns  null when the endpoint has no such method, no longer has that block's state, or answers in another form
 * Throws   CHAIN_UNREACHABLE
 */
export async function readSlotNodes(
  rpc: Rpc,
  contract: Hex,
  slots: readonly Hex[],
  at: BlockChoice,
  signal?: AbortSignal,
): Promise<SlotNodes | null> {
  const isHash = typeof at === 'string' && at !== 'latest'
  const block = isHash ? { blockHash: at } : typeof at === 'number' ? `0x${at.toString(16)}` : at
  const answer = await rpc.request('eth_getProof', [contract, slots, block], signal).catch(refused)
  if (typeof answer !== 'object' || answer === null) return null
  const { accountProof, storageProof } = answer as { accountProof?: unknown; storageProof?: unknown }
  const account = nodesOf(accountProof)
  if (!account || !Array.isArray(storageProof) || storageProof.length !== slots.length) return null
  const lists = storageProof.map((one: { proof?: unknown } | null) => nodesOf(one?.proof))
  return lists.every((list) => list !== null) ? { account, slots: lists } : null
}

function nodesOf(list: unknown): Uint8Array[] | null {
  if (!Array.isArray(list)) return null
  const nodes = list.map((node) => (typeof node === 'string' ? fromHex(node) : null))
  return nodes.every((node) => node !== null) ? nodes : null
}

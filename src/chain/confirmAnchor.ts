import { decodeFunctionResult, encodeAbiParameters, encodeFunctionData, keccak256 } from 'viem'
import type { Hex } from '../base/hex.ts'
import type { Anchor } from '../proofs/anchor.ts'
import { anchorLogAbi } from './abis.ts'
import { anchorQuery, type RawLog, readAnchor } from './logs.ts'
import { type Rpc, RpcRefusal } from './rpc.ts'
import type { ChainConfig } from './sourcesConfig.ts'

const FIELDS = [
  'address',
  'uint64',
  'bytes32',
  'bytes32',
  'uint64',
  'uint32',
  'uint64',
  'uint64',
  'bytes32',
  'uint64',
].map((type) => ({ type }))

/** What the contract's storage slot of an anchor must hold: the hash of every field. */
export const anchorSlotHash = (a: Anchor): Hex =>
  keccak256(
    encodeAbiParameters(FIELDS, [
      ...[a.gateway, BigInt(a.seq), a.batchRoot, a.logRoot, BigInt(a.logSize), a.count],
      ...[BigInt(a.tMinMs), BigInt(a.tMaxMs), a.dataHash, BigInt(a.anchoredAtMs / 1000)],
    ]),
  )

const sameAnchor = (a: Anchor, b: Anchor): boolean =>
  (Object.keys(a) as (keyof Anchor)[]).every((field) => a[field] === b[field])

/**
 * Asks an endpoint whether it knows this very anchor: its event, field by field, in the block of that hash,
 * and the hash of all fields in the contract's slot.
 *
 * Throws   CHAIN_UNREACHABLE
 */
export async function confirmAnchor(
  rpc: Rpc,
  config: ChainConfig,
  anchor: Anchor,
  signal?: AbortSignal,
): Promise<boolean> {
  try {
    const { addresses, topics } = anchorQuery(config)
    const inBlock = [{ blockHash: anchor.blockHash, address: addresses, topics }]
    const logs = (await rpc.request('eth_getLogs', inBlock, signal)) as RawLog[]
    const found = logs.some((log) => {
      if (log.address.toLowerCase() !== config.anchorLog) return false
      const known = readAnchor(log)
      return known !== null && sameAnchor(known, anchor)
    })
    return found && (await readSlot(rpc, config, anchor, signal)) === anchorSlotHash(anchor)
  } catch (error) {
    if (error instanceof RpcRefusal || error instanceof TypeError) return false // it does not know the block, or answers rubbish
    throw error
  }
}

async function readSlot(
  rpc: Rpc,
  { anchorLog }: ChainConfig,
  { gateway, seq }: Anchor,
  signal?: AbortSignal,
): Promise<Hex> {
  const data = encodeFunctionData({ abi: anchorLogAbi, functionName: 'anchorHash', args: [gateway, BigInt(seq)] })
  const answer = (await rpc.request('eth_call', [{ to: anchorLog, data }, 'latest'], signal)) as Hex
  return decodeFunctionResult({ abi: anchorLogAbi, functionName: 'anchorHash', data: answer })
}

/** How many batches a gateway has anchored, as the contract counts them. */
export async function readNextSeq(
  rpc: Rpc,
  { anchorLog }: ChainConfig,
  gateway: Hex,
  signal?: AbortSignal,
): Promise<number> {
  const data = encodeFunctionData({ abi: anchorLogAbi, functionName: 'nextSeq', args: [gateway] })
  const answer = (await rpc.request('eth_call', [{ to: anchorLog, data }, 'latest'], signal)) as Hex
  return Number(decodeFunctionResult({ abi: anchorLogAbi, functionName: 'nextSeq', data: answer }))
}

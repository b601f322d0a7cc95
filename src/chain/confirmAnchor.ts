import { decodeFunctionResult, encodeAbiParameters, encodeFunctionData, keccak256 } from 'viem'
import { TwinError } from '../base/errors.ts'
import type { Hex } from '../base/hex.ts'
import type { Anchor } from '../proofs/anchor.ts'
import type { WitnessAnswer } from '../proofs/quorum.ts'
import { anchorLogAbi } from './abis.ts'
import { readBlock } from './anchorProof.ts'
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

const EMPTY_SLOT: Hex = `0x${'00'.repeat(32)}`

/**
 * Asks an endpoint whether it knows this very anchor: the block of that hash at that height, the event in it, field by
 * field, and the hash of all fields in the contract's slot.
 *
 * Returns  what it says; an endpoint that is away, refuses or answers rubbish is silent, which contradicts nobody
 * Throws   only when the signal aborts
 */
export async function askWitness(
  rpc: Rpc,
  config: ChainConfig,
  anchor: Anchor,
  signal?: AbortSignal,
): Promise<WitnessAnswer> {
  const answer = (says: WitnessAnswer['says'], why = ''): WitnessAnswer => ({ says, who: rpc.url, why })
  try {
    const block = await readBlock(rpc, anchor.blockNumber, signal)
    if (!block) return answer('behind', `has not reached block ${anchor.blockNumber}`)
    if (block.hash !== anchor.blockHash) return answer('denies', `has another block ${anchor.blockNumber}`)
    const { addresses, topics } = anchorQuery(config)
    const inBlock = [{ blockHash: anchor.blockHash, address: addresses, topics }]
    const logs = (await rpc.request('eth_getLogs', inBlock, signal)) as RawLog[]
    const found = logs.some((log) => {
      if (log.address.toLowerCase() !== config.anchorLog) return false
      const known = readAnchor(log)
      return known !== null && sameAnchor(known, anchor)
    })
    if (!found) return answer('denies', 'has no such event in that block')
    const slot = await readSlot(rpc, config, anchor, signal)
    if (slot === anchorSlotHash(anchor)) return answer('knows')
    return slot === EMPTY_SLOT
      ? answer('behind', 'has the event, but not yet in the contract’s state')
      : answer('denies', 'has another hash in the contract’s slot')
  } catch (error) {
    if (signal?.aborted) throw error
    if (error instanceof TwinError) return answer('silent', 'does not answer')
    if (error instanceof RpcRefusal) return answer('silent', 'refuses to say')
    return answer('silent', 'answers rubbish') // what it sent could not be read at all
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

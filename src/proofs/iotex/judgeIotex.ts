import { type Hex, toHex } from '../../base/hex.ts'
import type { Anchor } from '../anchor.ts'
import type { BundleHeader } from '../bundle.ts'
import type { ProofCrypto } from '../crypto.ts'
import { anchorFieldsHash } from '../header/anchorSlot.ts'
import type { HeaderProof } from '../header/headerProof.ts'
import { hasAnchorEvent } from './anchorEvent.ts'
import { type FinalIotexBlock, verifyIotexBlock } from './block.ts'
import type { IotexCheckpoint } from './checkpoint.ts'
import { decodeEnclosedBlock } from './enclosedBlock.ts'

/** Chains whose headers are IoTeX's: mainnet and testnet. */
export const IOTEX_CHAINS: readonly number[] = [4689, 4690]

export interface IotexTrust {
  readonly chainId: number
  readonly checkpoints: readonly IotexCheckpoint[] // pinned by the viewer
  readonly nowMs: number
}

/** Judges anchors on IoTeX by enclosed blocks: each anchor by the block of its own hash, whatever others are there. */
export function createIotexJudge(
  crypto: ProofCrypto,
  anchorLog: Hex,
  headers: readonly BundleHeader[],
  { chainId, checkpoints, nowMs }: IotexTrust,
): (anchor: Anchor) => HeaderProof | null {
  const byHash = new Map(headers.map((header) => [header.hash, header]))
  const blocks = new Map<Hex, FinalIotexBlock | string>()

  const blockOf = (enclosed: BundleHeader): FinalIotexBlock | string => {
    const checkpoint = checkpoints.find(({ fromHeight, toHeight }) => {
      return enclosed.number >= fromHeight && enclosed.number <= toHeight
    })
    if (!checkpoint) return 'No checkpoint is pinned that names the delegates of its epoch.'
    const proof = decodeEnclosedBlock(enclosed.proof)
    if (typeof proof === 'string') return proof
    return verifyIotexBlock(crypto, { header: enclosed.header, ...proof }, checkpoint, chainId, nowMs)
  }

  return (anchor) => {
    const enclosed = byHash.get(anchor.blockHash)
    if (!enclosed) return null
    const failed = (sentence: string): HeaderProof => ({ state: 'failed', sentence, enclosed: [enclosed] })
    if (toHex(crypto.keccak256(enclosed.header)) !== enclosed.hash)
      return failed('The header has another hash than it is given for.')
    let block = blocks.get(enclosed.hash)
    if (block === undefined) {
      block = blockOf(enclosed)
      blocks.set(enclosed.hash, block)
    }
    // without the right checkpoint nothing is contradicted: the block only stays unproven
    if (typeof block === 'string') return { state: 'open', sentence: block }
    if (block.height !== anchor.blockNumber)
      return failed(`The block of that hash has number ${block.height}, the anchor states ${anchor.blockNumber}.`)
    if (Math.floor(block.timeMs / 1000) * 1000 !== anchor.anchoredAtMs)
      return failed('The block of that hash has another time.')
    if (!hasAnchorEvent(crypto.keccak256, block, anchorLog, anchor))
      return failed('No receipt of the block holds the event of this anchor.')
    return {
      state: 'proven',
      by: 'delegates',
      block: block.height,
      blockHash: enclosed.hash,
      fieldsHash: toHex(anchorFieldsHash(crypto.keccak256, anchor)),
      enclosed: [enclosed],
    }
  }
}

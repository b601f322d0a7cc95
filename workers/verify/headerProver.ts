import { TwinError } from '../../src/base/errors.ts'
import { fromHex, type Hex, toHex } from '../../src/base/hex.ts'
import { readBlock, readSlotNodes, type SlotNodes } from '../../src/chain/anchorProof.ts'
import type { Rpc } from '../../src/chain/rpc.ts'
import type { Anchor } from '../../src/proofs/anchor.ts'
import type { BundleHeader } from '../../src/proofs/bundle.ts'
import type { ProofCrypto } from '../../src/proofs/crypto.ts'
import type { BatchCase } from '../../src/proofs/frameRecord.ts'
import { anchorSlot } from '../../src/proofs/header/anchorSlot.ts'
import { encloseBlock } from '../../src/proofs/header/encloseBlock.ts'
import type { HeaderProof } from '../../src/proofs/header/headerProof.ts'
import { createHeaderJudge } from '../../src/proofs/header/judgeHeaders.ts'

export interface HeaderProverParts {
  readonly rpc: Rpc
  readonly crypto: ProofCrypto
  readonly anchorLog: Hex
  /** Whether enough endpoints name this hash for the block of that number. */
  agreeOn(number: number, hash: Hex): Promise<boolean>
  /** Whether the chain still has the anchor's block, as far as its head is followed. */
  stands(anchor: Anchor): boolean
}

/** Proves batches to block headers, when somebody asks for one. */
export interface HeaderProver {
  /** Settles `headerProof` of a batch that the endpoints confirmed. Returns whether it changed. Never rejects. */
  prove(batch: BatchCase, signal: AbortSignal): Promise<boolean>
}

export function createHeaderProver({ rpc, crypto, anchorLog, agreeOn, stands }: HeaderProverParts): HeaderProver {
  const running = new Map<BatchCase, Promise<boolean>>()

  const enclose = (block: unknown, anchor: Anchor, nodes: SlotNodes | null): BundleHeader | null => {
    const { gateway, seq } = anchor
    const proof = nodes && { account: nodes.account, slots: [{ gateway, seq, nodes: nodes.slots[0]! }] }
    return encloseBlock(crypto, block, proof)
  }

  /** What the endpoint gives as proof; or the sentence that says what it does not have. */
  const gather = async (anchor: Anchor, signal: AbortSignal): Promise<BundleHeader[] | string> => {
    const slot = toHex(anchorSlot(crypto.keccak256, fromHex(anchor.gateway)!, anchor.seq))
    const own = await readBlock(rpc, anchor.blockHash, signal)
    if (!own) return 'The endpoint gives no header of that block.'
    const there = await readSlotNodes(rpc, anchorLog, [slot], anchor.blockHash, signal)
    if (there) {
      const header = enclose(own, anchor, there)
      return header ? [header] : NO_HEADER
    }
    // the state of old blocks is often gone; the slot is written once for ever, so the newest state proves it as well
    const newest = await readBlock(rpc, 'latest', signal)
    const number = Number(newest?.number)
    if (!newest || !Number.isSafeInteger(number)) return 'The endpoint gives no newest block.'
    const now = await readSlotNodes(rpc, anchorLog, [slot], number, signal)
    if (!now) return 'This chain’s endpoint gives no storage proofs (eth_getProof).'
    const [place, state] = [enclose(own, anchor, null), enclose(newest, anchor, now)]
    return place && state ? [place, state] : NO_HEADER
  }

  const judge = async (anchor: Anchor, signal: AbortSignal): Promise<HeaderProof> => {
    const headers = await gather(anchor, signal)
    if (typeof headers === 'string') return { state: 'open', sentence: headers }
    if (headers[0]!.hash !== anchor.blockHash)
      return {
        state: 'failed',
        sentence: `The header given for the block hashes to ${headers[0]!.hash}.`,
        enclosed: headers,
      }
    const hashes: Hex[] = [anchor.blockHash]
    for (const { number, hash } of headers.slice(1)) if (await agreeOn(number, hash)) hashes.push(hash)
    return (
      createHeaderJudge(crypto, anchorLog, headers).judge(anchor, { by: 'endpoints', hashes }) ?? {
        state: 'open',
        sentence: 'The endpoint gave no proof of this anchor.',
      }
    )
  }

  const settle = async (batch: BatchCase, signal: AbortSignal): Promise<boolean> => {
    try {
      const proof = await judge(batch.anchor, signal)
      // while a reorg is under way, answers of two chains mix; the anchor is withdrawn or confirmed again soon
      if (batch.anchorState !== 'confirmed' || (proof.state === 'failed' && !stands(batch.anchor))) return false
      batch.headerProof = proof
      return true
    } catch (error) {
      if (signal.aborted || error instanceof TwinError) return false
      throw error
    }
  }

  return {
    prove(batch, signal) {
      const { headerProof, anchorState } = batch
      if (anchorState !== 'confirmed' || headerProof?.state === 'proven') return Promise.resolve(false)
      const started = running.get(batch) ?? settle(batch, signal).finally(() => running.delete(batch))
      running.set(batch, started)
      return started
    },
  }
}

const NO_HEADER = 'What the endpoint gives as header is no Ethereum header, so its state root proves nothing here.'

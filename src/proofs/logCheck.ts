import { fromHex, type Hex, toHex } from '../base/hex.ts'
import type { ProofCrypto } from './crypto.ts'
import type { BatchCase } from './frameRecord.ts'
import { createFrontier, type Frontier } from './frontier.ts'
import { createTreeHash } from './merkle.ts'

/**
 * Follows the logs of all gateways. A gateway's log has one leaf per batch, its batch root; since every root is on the
 * chain, whoever knows all of them from the first on needs no consistency proof: the log root either adds up or lies.
 */
export interface LogCheck {
  /** Takes a batch in, in any order. A batch of the same number but other content is a fork by itself. */
  put(batch: BatchCase): void
  /** Forgets batches that a reorg withdrew; their numbers may come again with other content. */
  remove(batch: BatchCase): void
  /** Brings `log` of every batch up to date; returns those that changed. */
  settle(): BatchCase[]
}

interface GatewayLog {
  readonly bySeq: Map<number, BatchCase[]>
  frontier: Frontier
  forked: boolean
}

export function createLogCheck({ keccak256 }: ProofCrypto): LogCheck {
  const tree = createTreeHash(keccak256)
  const logs = new Map<Hex, GatewayLog>()
  const start = (): Pick<GatewayLog, 'frontier' | 'forked'> => ({ frontier: createFrontier(tree), forked: false })
  const logOf = (gateway: Hex): GatewayLog => {
    let log = logs.get(gateway)
    if (!log) {
      log = { bySeq: new Map(), ...start() }
      logs.set(gateway, log)
    }
    return log
  }

  const settleOne = (log: GatewayLog, changed: BatchCase[]): void => {
    for (let seq = log.frontier.size; ; seq++) {
      const [batch, ...others] = log.bySeq.get(seq) ?? []
      if (!batch) return
      log.frontier.append(tree.leaf(fromHex(batch.anchor.batchRoot)!))
      const { logRoot, logSize } = batch.anchor
      if (others.length > 0 || logSize !== seq + 1 || logRoot !== toHex(log.frontier.root())) log.forked = true
      for (const one of [batch, ...others]) {
        const state = log.forked ? 'forked' : 'extends'
        if (one.log !== state) changed.push(one)
        one.log = state
      }
    }
  }

  return {
    put(batch) {
      const log = logOf(batch.anchor.gateway)
      const { seq } = batch.anchor
      const same = log.bySeq.get(seq) ?? []
      log.bySeq.set(seq, [...same, batch])
      if (seq < log.frontier.size) Object.assign(log, start())
    },
    remove(batch) {
      const log = logOf(batch.anchor.gateway)
      const { seq } = batch.anchor
      const left = (log.bySeq.get(seq) ?? []).filter((other) => other !== batch)
      if (left.length > 0) log.bySeq.set(seq, left)
      else log.bySeq.delete(seq)
      if (seq < log.frontier.size) Object.assign(log, start())
    },
    settle() {
      const changed: BatchCase[] = []
      for (const log of logs.values()) settleOne(log, changed)
      return changed
    },
  }
}

import { TwinError } from '../base/errors.ts'
import type { Hex } from '../base/hex.ts'
import type { Anchor } from '../proofs/anchor.ts'
import type { WitnessAnswer } from '../proofs/quorum.ts'
import { readBlock } from './anchorProof.ts'
import { createBackoff } from './clock.ts'
import { askWitness } from './confirmAnchor.ts'
import type { Rpc } from './rpc.ts'
import type { Clock } from './source.ts'
import type { ChainConfig } from './sourcesConfig.ts'

/** Independent endpoints, each asked by itself. */
export interface Witnesses {
  readonly size: number
  /** What each says of an anchor, in the order of the endpoints. Throws only when the signal aborts. */
  ask(anchor: Anchor, signal: AbortSignal): Promise<WitnessAnswer[]>
  /** How many name this hash for the block of that number. */
  countHash(number: number, hash: Hex, signal: AbortSignal): Promise<number>
}

export interface WitnessesParts {
  readonly rpcs: readonly Rpc[]
  readonly config: ChainConfig
  readonly clock: Pick<Clock, 'nowMs'>
}

interface Endpoint {
  readonly rpc: Rpc
  readonly backoff: ReturnType<typeof createBackoff>
  notBeforeMs: number
  trouble: string // why it was last silent
  chainId: number | null // as it said itself, once
}

/**
 * Asks all endpoints at once. One that did not answer is left alone for a growing while, so that a dead one costs no
 * time; one that serves another chain is never asked anything else.
 */
export function createWitnesses({ rpcs, config, clock }: WitnessesParts): Witnesses {
  const endpoints = rpcs.map(
    (rpc): Endpoint => ({ rpc, backoff: createBackoff(), notBeforeMs: 0, trouble: '', chainId: null }),
  )

  /** Null when it may be asked; else why not. */
  const obstacleOf = async (endpoint: Endpoint, signal: AbortSignal): Promise<string | null> => {
    if (clock.nowMs() < endpoint.notBeforeMs) return endpoint.trouble
    if (endpoint.chainId === null) {
      try {
        endpoint.chainId = Number(await endpoint.rpc.request('eth_chainId', [], signal))
      } catch (error) {
        if (signal.aborted || !(error instanceof Error)) throw error
        return pause(endpoint, 'does not answer')
      }
    }
    return endpoint.chainId === config.chainId ? null : `serves chain ${endpoint.chainId}, not ${config.chainId}`
  }
  const pause = (endpoint: Endpoint, trouble: string): string => {
    endpoint.notBeforeMs = clock.nowMs() + endpoint.backoff.nextMs()
    endpoint.trouble = trouble
    return trouble
  }
  const askOne = async (endpoint: Endpoint, anchor: Anchor, signal: AbortSignal): Promise<WitnessAnswer> => {
    const obstacle = await obstacleOf(endpoint, signal)
    if (obstacle) return { says: 'silent', who: endpoint.rpc.url, why: obstacle }
    const answer = await askWitness(endpoint.rpc, config, anchor, signal)
    if (answer.says === 'silent') pause(endpoint, answer.why)
    else endpoint.backoff.reset()
    return answer
  }

  return {
    size: endpoints.length,
    ask: (anchor, signal) => Promise.all(endpoints.map((endpoint) => askOne(endpoint, anchor, signal))),
    async countHash(number, hash, signal) {
      const named = await Promise.all(
        endpoints.map(async (endpoint) => {
          if (await obstacleOf(endpoint, signal)) return false
          try {
            return (await readBlock(endpoint.rpc, number, signal))?.hash === hash
          } catch (error) {
            if (error instanceof TwinError && !signal.aborted) return false
            throw error
          }
        }),
      )
      return named.filter(Boolean).length
    },
  }
}

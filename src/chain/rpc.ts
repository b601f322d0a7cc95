import { TwinError } from '../base/errors.ts'
import { readLimited } from './readLimited.ts'
import type { Fetch } from './source.ts'

/** One JSON-RPC endpoint. Rejects with CHAIN_UNREACHABLE, or with RpcRefusal when the endpoint answered "no". */
export interface Rpc {
  readonly url: string
  request(method: string, params: readonly unknown[], signal?: AbortSignal): Promise<unknown>
}

/** The endpoint understood and refused, e.g. a block range that is too wide. */
export class RpcRefusal extends Error {
  override readonly name = 'RpcRefusal'
  readonly code: number
  readonly data: unknown // revert data of a call, as contracts encode it
  constructor(code: number, message: string, data?: unknown) {
    super(message)
    this.code = code
    this.data = data
  }
}

interface Answer {
  readonly result?: unknown
  readonly error?: { readonly code?: number; readonly message?: string; readonly data?: unknown }
}

const unreachable = (url: string, why: string): TwinError =>
  new TwinError('CHAIN_UNREACHABLE', `The chain endpoint does not answer (${why}).`, { url })

/** Far above what logs of 2,000 blocks take, far below what would hurt a page. */
const MAX_ANSWER_BYTES = 64_000_000

/**
 * A JSON-RPC endpoint over HTTP.
 *
 * Throws   CHAIN_UNREACHABLE when no JSON-RPC answer came within `timeoutMs`; RpcRefusal when it was an error object
 */
export function createHttpRpc(url: string, fetch: Fetch, timeoutMs = 8_000): Rpc {
  let id = 0
  return {
    url,
    async request(method, params, signal) {
      const timeout = AbortSignal.timeout(timeoutMs)
      let answer: Answer
      try {
        const response = await fetch(url, {
          method: 'POST',
          headers: { 'content-type': 'application/json' },
          body: JSON.stringify({ jsonrpc: '2.0', id: ++id, method, params }),
          signal: signal ? AbortSignal.any([signal, timeout]) : timeout,
        })
        if (!response.ok) throw unreachable(url, `HTTP ${response.status}`)
        answer = JSON.parse(await readLimited(response, MAX_ANSWER_BYTES, (why) => unreachable(url, why))) as Answer
      } catch (error) {
        if (signal?.aborted) throw error
        throw error instanceof TwinError
          ? error
          : unreachable(url, error instanceof Error ? error.message : 'no answer')
      }
      if (answer?.error) {
        const { code = 0, message = 'refused', data } = answer.error
        throw new RpcRefusal(code, message, data)
      }
      if (answer?.result === undefined) throw unreachable(url, 'the answer is no JSON-RPC')
      return answer.result
    },
  }
}

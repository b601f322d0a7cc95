import { z } from 'zod'
import { TwinError } from '../base/errors.ts'
import type { Hex } from '../base/hex.ts'
import type { Fetch } from './source.ts'

/** A body that its gateway keeps back, as it says because the owners of these devices want it so. */
export interface WithheldBody {
  readonly withheldUntilMs: number
  readonly devices: readonly Hex[]
}

const withheldAnswer = z.object({
  withheldUntilMs: z.number().int().positive().max(Number.MAX_SAFE_INTEGER),
  devices: z
    .array(z.string().regex(/^0x[0-9a-f]{40}$/))
    .min(1)
    .max(4096),
})

/** Where batch bodies and device documents come from. A courier: nothing it says is believed. */
export interface GatewayClient {
  /** The bytes served under a hash, whatever they are; null when the gateway answers that it has none, or why it keeps them back. Throws GATEWAY_UNREACHABLE. */
  body(hash: Hex, signal: AbortSignal): Promise<Uint8Array | WithheldBody | null>
  documents(signal: AbortSignal): Promise<readonly unknown[]>
  setMischief(kind: string, device: Hex | null): Promise<void>
}

z.config({ jitless: true }) // zod would probe eval, which the page's policy forbids

const TIMEOUT_MS = 8_000
const MAX_BODY_BYTES = 20_000_000 // 4096 frames of the greatest length are 17.5 MB

export function createGatewayClient(baseUrl: string, fetch: Fetch): GatewayClient {
  const unreachable = (why: string): TwinError =>
    new TwinError('GATEWAY_UNREACHABLE', `The gateway does not answer (${why}).`, { url: baseUrl })

  const get = async (path: string, signal: AbortSignal): Promise<Response> => {
    try {
      return await fetch(`${baseUrl}/${path}`, { signal: AbortSignal.any([signal, AbortSignal.timeout(TIMEOUT_MS)]) })
    } catch (error) {
      if (signal.aborted) throw error
      throw unreachable(error instanceof Error ? error.message : 'no answer')
    }
  }
  const read = async <T>(reading: Promise<T>): Promise<T> =>
    reading.catch((error: unknown) => {
      throw unreachable(error instanceof Error ? error.message : 'the answer broke off')
    })

  return {
    async body(hash, signal) {
      const response = await get(`bodies/${hash}`, signal)
      if (response.status === 404 || response.status === 410) return null
      if (response.status === 403) {
        const answer = withheldAnswer.safeParse(await response.json().catch(() => null))
        return answer.success ? (answer.data as WithheldBody) : null
      }
      if (!response.ok) throw unreachable(`HTTP ${response.status}`)
      if (Number(response.headers.get('content-length') ?? 0) > MAX_BODY_BYTES) return null
      return new Uint8Array(await read(response.arrayBuffer()))
    },
    async documents(signal) {
      const response = await get('documents', signal)
      if (!response.ok) throw unreachable(`HTTP ${response.status}`)
      const list: unknown = await read(response.json())
      return Array.isArray(list) ? list : []
    },
    async setMischief(kind, device) {
      const response = await fetch(`${baseUrl}/mischief`, {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify({ kind, device }),
      }).catch((error: unknown) => {
        throw unreachable(error instanceof Error ? error.message : 'no answer')
      })
      if (!response.ok) {
        const { error = `HTTP ${response.status}` } = (await response.json().catch(() => ({}))) as { error?: string }
        throw new TwinError('BAD_USAGE', `The gateway refuses: ${error}`)
      }
    },
  }
}

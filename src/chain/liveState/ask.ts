import { z } from 'zod'
import { TwinError } from '../../base/errors.ts'
import { readLimited } from '../readLimited.ts'
import type { LiveStateRequest } from './source.ts'

z.config({ jitless: true })

const TRIES = 3
const FIRST_PAUSE_MS = 400 // doubled after each failed try
const TIMEOUT_MS = 10_000
const MAX_BYTES = 4_000_000 // NEAR's list of validators is the longest answer, well below one

const hostOf = (url: string): string => new URL(url).host

const unreachable = (url: string, why: string): TwinError =>
  new TwinError('SOURCE_UNREACHABLE', `${hostOf(url)} does not answer (${why}).`, { host: hostOf(url) })

export const broken = (url: string, why: string): TwinError =>
  new TwinError('SOURCE_BROKEN', `${hostOf(url)} answers something else than documented: ${why}.`, {
    host: hostOf(url),
  })

/** A short piece of a stranger's text, fit to stand in a sentence. */
const quoted = (text: string): string => text.replace(/[^\x20-\x7e]+/g, ' ').slice(0, 120)

const envelope = z.object({
  id: z.union([z.number(), z.string()]),
  result: z.unknown(),
  error: z.object({ message: z.string().optional() }).loose().nullish(),
})

async function tryOnce(request: LiveStateRequest, method: string, params: unknown): Promise<unknown> {
  const { url, fetch, signal, timeoutMs = TIMEOUT_MS } = request
  const timeout = AbortSignal.timeout(timeoutMs)
  let text: string
  try {
    const response = await fetch(url, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ jsonrpc: '2.0', id: 1, method, params }),
      signal: AbortSignal.any([signal, timeout]),
    })
    if (!response.ok) throw unreachable(url, `HTTP ${response.status}`)
    text = await readLimited(response, MAX_BYTES, (why) => broken(url, why))
  } catch (error) {
    signal.throwIfAborted()
    if (error instanceof TwinError) throw error
    if (timeout.aborted) throw unreachable(url, `nothing within ${timeoutMs} ms`)
    throw unreachable(url, error instanceof Error ? quoted(error.message) : 'no answer')
  }
  let value: unknown
  try {
    value = JSON.parse(text)
  } catch {
    throw broken(url, `${method} gives no JSON`)
  }
  const read = envelope.safeParse(value)
  if (!read.success || read.data.id !== 1) throw broken(url, `${method} gives no JSON-RPC`)
  if (read.data.error) throw broken(url, `${method} is refused (${quoted(read.data.error.message ?? 'no reason')})`)
  if (read.data.result === undefined) throw broken(url, `${method} gives no result`)
  return read.data.result
}

/**
 * Does something that a source may leave unanswered: silence and HTTP errors are tried again twice, after pauses that
 * double; a wrong answer is not, it would be wrong again.
 */
export async function withRetries<T>({ clock, signal }: LiveStateRequest, work: () => Promise<T>): Promise<T> {
  for (let tried = 1; ; tried++) {
    try {
      return await work()
    } catch (error) {
      signal.throwIfAborted()
      const mayRetry = error instanceof TwinError && error.code === 'SOURCE_UNREACHABLE'
      if (!mayRetry || tried === TRIES) throw error
      await clock.sleep(FIRST_PAUSE_MS * 2 ** (tried - 1), signal)
      signal.throwIfAborted()
    }
  }
}

/**
 * One call of a JSON-RPC endpoint, its result in the shape expected, with retries.
 *
 * Throws   SOURCE_UNREACHABLE, SOURCE_BROKEN, or the signal's reason when it was stopped
 */
export const ask = <T>(
  request: LiveStateRequest,
  method: string,
  params: readonly unknown[] | Readonly<Record<string, unknown>>,
  shape: z.ZodType<T>,
): Promise<T> =>
  withRetries(request, async () => {
    const read = shape.safeParse(await tryOnce(request, method, params))
    if (read.success) return read.data
    const [issue] = read.error.issues
    const where = issue?.path.join('.') || 'result'
    throw broken(request.url, `${method}: ${where}: ${issue?.message ?? 'another shape'}`)
  })

/** 0x… of at most 256 bits, as Ethereum's JSON-RPC writes numbers. */
export const hexNumber = z
  .string()
  .regex(/^0x[0-9a-fA-F]{1,64}$/, 'expected a hexadecimal number')
  .transform((text) => BigInt(text))
/** Throws CHAIN_WRONG_ID unless the endpoint serves the chain that was asked for. */
export async function askChainId(request: LiveStateRequest, expected: bigint): Promise<void> {
  const got = await ask(request, 'eth_chainId', [], hexNumber)
  if (got !== expected) throw new TwinError('CHAIN_WRONG_ID', `The endpoint serves chain ${got}, expected ${expected}.`)
}

/** A decimal integer in a string; 40 digits are more than any supply has. */
export const decimalText = z
  .string()
  .regex(/^\d{1,40}$/, 'expected a whole number')
  .transform((text) => BigInt(text))
export const count = z
  .number()
  .int()
  .min(0)
  .max(Number.MAX_SAFE_INTEGER)
  .transform((n) => BigInt(n))

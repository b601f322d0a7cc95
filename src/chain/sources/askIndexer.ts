import { z } from 'zod'
import { TwinError } from '../../base/errors.ts'
import { readLimited } from '../readLimited.ts'
import type { Fetch } from '../source.ts'

/** What an answer may take and weigh. An indexer that is slower or longer is not one to wait for. */
const TIMEOUT_MS = 10_000
const LARGEST_ANSWER = 4 * 1024 * 1024

const envelope = z.object({
  data: z.unknown().optional(),
  errors: z.array(z.object({ message: z.string() })).optional(),
})

const fail = (why: string): TwinError => new TwinError('INDEXER_UNREACHABLE', `The indexer does not answer (${why}).`)

async function ask(fetch: Fetch, url: string, init: RequestInit, signal: AbortSignal): Promise<string> {
  const limit = AbortSignal.any([signal, AbortSignal.timeout(TIMEOUT_MS)])
  try {
    const response = await fetch(url, { ...init, signal: limit })
    if (!response.ok) throw fail(`HTTP ${response.status}`)
    return await readLimited(response, LARGEST_ANSWER, fail)
  } catch (error) {
    if (signal.aborted || error instanceof TwinError) throw error
    throw fail(
      limit.aborted ? `nothing for ${TIMEOUT_MS / 1000} s` : error instanceof Error ? error.message : 'no answer',
    )
  }
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    throw fail('the answer is not JSON')
  }
}

/**
 * Asks one GraphQL question.
 *
 * Throws   INDEXER_UNREACHABLE when there is no answer in time, or it is not one
 */
export async function askGraphql(
  fetch: Fetch,
  url: string,
  query: string,
  variables: Readonly<Record<string, unknown>>,
  signal: AbortSignal,
): Promise<unknown> {
  const body = JSON.stringify({ query, variables })
  const init = { method: 'POST', headers: { 'content-type': 'application/json' }, body }
  const answer = envelope.safeParse(parse(await ask(fetch, url, init, signal)))
  if (!answer.success) throw fail('the answer is no GraphQL')
  const [error] = answer.data.errors ?? []
  if (error) throw fail(error.message.slice(0, 200))
  return answer.data.data
}

const health = z.object({ state: z.enum(['starting', 'ready', 'down']) })

/** Whether an indexer says that it is still starting. One that says nothing about itself is simply asked. */
export async function isStarting(fetch: Fetch, url: string, signal: AbortSignal): Promise<boolean> {
  try {
    const answer = health.safeParse(parse(await ask(fetch, url, {}, signal)))
    return answer.success && answer.data.state === 'starting'
  } catch (error) {
    if (signal.aborted) throw error
    return false
  }
}

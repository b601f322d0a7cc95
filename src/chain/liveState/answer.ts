import { explainError, TwinError } from '../../base/errors.ts'
import type { LiveAnswer } from '../../model/liveState.ts'
import type { LiveStateDefinition, LiveStateRequest } from './source.ts'

/** Asks a network; where that fails, its dated snapshot stands in, with the reason, or nothing does. Throws only when stopped. */
export async function liveAnswer(network: LiveStateDefinition, request: LiveStateRequest): Promise<LiveAnswer> {
  try {
    return { kind: 'live', state: await network.read(request) }
  } catch (error) {
    request.signal.throwIfAborted()
    if (!(error instanceof TwinError)) throw error
    const why = explainError(error)
    return network.snapshot ? { kind: 'snapshot', state: network.snapshot, why } : { kind: 'none', why }
  }
}

import { TwinError } from '../base/errors.ts'
import type { BundleContracts } from '../proofs/bundle.ts'
import type { BundleWitness } from '../proofs/verifyBundle.ts'
import { systemClock } from './clock.ts'
import { directoryQuery, readDirectoryEvent, readLogsBackwards } from './logs.ts'
import type { Rpc } from './rpc.ts'
import type { ChainConfig } from './sourcesConfig.ts'
import { createWitnesses } from './witnesses.ts'

/**
 * Chain endpoints as witnesses of a bundle: each is asked for every anchor; directory and revocations come from the
 * first that answers. `needed` of them must agree, all unless given; the others may be away, but never contradict.
 *
 * Throws   CHAIN_UNREACHABLE when fewer than `needed` answer, CHAIN_WRONG_ID when one serves another chain than the
 *          bundle speaks of
 */
export async function createBundleWitness(
  rpcs: readonly Rpc[],
  chainId: number,
  contracts: BundleContracts,
  signal: AbortSignal,
  needed = rpcs.length,
): Promise<BundleWitness> {
  const alive = await findAlive(rpcs, chainId, needed, signal)
  const [first] = alive
  if (!first) throw new TwinError('CHAIN_UNREACHABLE', 'No chain endpoint was given.')
  const config: ChainConfig = { ...contracts, rpc: first.url, chainId, fromBlock: 0, witnesses: needed }
  const head = Number(await first.request('eth_blockNumber', [], signal))
  const registrations: BundleWitness['registrations'][number][] = []
  const statuses: BundleWitness['statuses'][number][] = []
  for await (const { logs } of readLogsBackwards(first, directoryQuery(config), 0, head, signal)) {
    for (const log of logs) {
      const event = readDirectoryEvent(config, log)
      if (event?.kind === 'registration') registrations.push(event.registration)
      else if (event?.kind === 'status') statuses.push(event.status)
    }
  }
  const witnesses = createWitnesses({ rpcs, config, clock: systemClock })
  return { registrations, statuses, needed, ask: (anchor) => witnesses.ask(anchor, signal) }
}

async function findAlive(rpcs: readonly Rpc[], chainId: number, needed: number, signal: AbortSignal): Promise<Rpc[]> {
  const alive: Rpc[] = []
  let lastError: TwinError | null = null
  for (const rpc of rpcs) {
    try {
      const got = Number(await rpc.request('eth_chainId', [], signal))
      if (got !== chainId) {
        throw new TwinError('CHAIN_WRONG_ID', `${rpc.url} serves chain ${got}, expected ${chainId}.`, {
          got,
          expected: chainId,
        })
      }
      alive.push(rpc)
    } catch (error) {
      if (!(error instanceof TwinError) || error.code !== 'CHAIN_UNREACHABLE') throw error
      lastError = error
    }
  }
  if (alive.length < needed && lastError) throw lastError
  return alive
}

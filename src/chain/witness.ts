import { TwinError } from '../base/errors.ts'
import type { Anchor } from '../proofs/anchor.ts'
import type { BundleContracts } from '../proofs/bundle.ts'
import type { BundleWitness } from '../proofs/verifyBundle.ts'
import { confirmAnchor } from './confirmAnchor.ts'
import { directoryQuery, readDirectoryEvent, readLogsBackwards } from './logs.ts'
import type { Rpc } from './rpc.ts'
import type { ChainConfig } from './sourcesConfig.ts'

/**
 * Chain endpoints as witnesses of a bundle: each is asked for every anchor; directory and revocations come from the first.
 *
 * Throws   CHAIN_UNREACHABLE, CHAIN_WRONG_ID when an endpoint serves another chain than the bundle speaks of
 */
export async function createBundleWitness(
  rpcs: readonly Rpc[],
  chainId: number,
  contracts: BundleContracts,
  signal: AbortSignal,
): Promise<BundleWitness> {
  const [first] = rpcs
  if (!first) throw new TwinError('CHAIN_UNREACHABLE', 'No chain endpoint was given.')
  for (const rpc of rpcs) {
    const got = Number(await rpc.request('eth_chainId', [], signal))
    if (got !== chainId) {
      throw new TwinError('CHAIN_WRONG_ID', `${rpc.url} serves chain ${got}, expected ${chainId}.`, {
        got,
        expected: chainId,
      })
    }
  }
  const config: ChainConfig = { ...contracts, rpc: first.url, chainId, fromBlock: 0, witnesses: rpcs.length }
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
  return {
    registrations,
    statuses,
    async confirm(anchor: Anchor) {
      const answers = await Promise.all(rpcs.map((rpc) => confirmAnchor(rpc, config, anchor, signal)))
      return { agreed: answers.filter(Boolean).length, asked: rpcs.length }
    },
  }
}

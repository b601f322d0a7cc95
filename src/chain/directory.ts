import { TwinError } from '../base/errors.ts'
import type { Hex } from '../base/hex.ts'
import type { Origin } from '../base/honesty.ts'
import type { DeviceKind } from '../model/device.ts'
import type { DirectoryId, TrustClass } from '../model/trustClass.ts'
import type { ListedDocument } from '../proofs/deviceDocument.ts'
import type { Registration, StatusEvent } from '../proofs/directory.ts'
import type { CodePin, CodeState } from './proxyCode.ts'
import { type Rpc, RpcRefusal } from './rpc.ts'

/** Where a directory stands on a chain, as its makers published it. */
export interface Deployment {
  readonly title: string
  readonly chainId: number
  readonly contracts: Readonly<Record<string, Hex>> // by the names that the directory wants
  readonly implementations: Readonly<Record<string, Hex>> // behind the proxies, where published
  readonly source: string
}

/** What is asked of a directory. */
export interface DirectoryRequest {
  readonly rpc: Rpc
  readonly chainId: number
  readonly contracts: Readonly<Record<string, Hex>>
  readonly pins: Readonly<Record<string, CodePin>> // by contract name
  readonly project: number | null
  /** Where to begin reading events; null reads none, and then nobody knows when a device was registered. */
  readonly fromBlock: number | null
  /** What the directory does not say and the reader assumes. */
  readonly kind: DeviceKind
  readonly origin: Origin
  readonly maxDevices: number
  readonly signal: AbortSignal
}

/** A device as a directory has it, in the shapes that the verification takes in. */
export interface ListedDevice {
  readonly registration: Registration
  readonly document: ListedDocument
  readonly revocation: StatusEvent | null
}

export interface DirectoryListing {
  readonly directory: DirectoryId
  readonly trust: TrustClass // of every device in it; lower than the directory's own when its code was replaced
  readonly chainId: number
  readonly blockNumber: number
  readonly devices: readonly ListedDevice[]
  readonly removed: readonly Hex[] // still listed, and registered no more
  readonly code: readonly CodeState[]
  /** What must be said loudly: replaced code, an endpoint that withholds or invents. */
  readonly alarms: readonly string[]
  readonly remarks: readonly string[]
}

/** A directory of devices. Trust is what one of its entries is worth at most. */
export interface DirectoryDefinition {
  readonly id: DirectoryId
  readonly title: string
  readonly trust: TrustClass
  readonly contracts: readonly string[] // names of the addresses it wants
  readonly needsProject: boolean
  readonly deployments: readonly Deployment[]
  /**
   * Reads every device that the chain has now.
   *
   * Throws   CHAIN_WRONG_ID, CHAIN_UNREACHABLE, DIRECTORY_BROKEN when answers contradict the contracts or each other
   */
  list(request: DirectoryRequest): Promise<DirectoryListing>
}

/** Types a directory where it is written; what its endpoint refuses comes out as DIRECTORY_BROKEN, like all rubbish. */
export const defineDirectory = (directory: DirectoryDefinition): DirectoryDefinition => ({
  ...directory,
  async list(request) {
    try {
      return await directory.list(request)
    } catch (error) {
      if (error instanceof RpcRefusal)
        throw new TwinError('DIRECTORY_BROKEN', `The endpoint refuses: ${error.message}.`)
      throw error
    }
  },
})

/** Throws CHAIN_WRONG_ID unless the endpoint serves the chain that was asked for. Returns its newest block. */
export async function openChain({ rpc, chainId, signal }: DirectoryRequest): Promise<number> {
  const got = Number(await rpc.request('eth_chainId', [], signal))
  if (got !== chainId)
    throw new TwinError('CHAIN_WRONG_ID', `${rpc.url} serves chain ${got}, expected ${chainId}.`, { expected: chainId })
  const head = Number(await rpc.request('eth_blockNumber', [], signal))
  if (!Number.isSafeInteger(head) || head < 0)
    throw new TwinError('CHAIN_UNREACHABLE', 'The chain endpoint names no newest block.')
  return head
}

import type { Hex } from 'viem'
import type { PrivateKeyAccount } from 'viem/accounts'
import { TwinError } from '../../src/base/errors.ts'
import { anchorLogAbi } from '../../src/chain/abis.ts'
import type { CompiledContracts, ContractName } from '../contracts/compile.ts'
import { type DevChain, encodeCall } from './devChain.ts'

/** Addresses of the deployed contracts, lower case. */
export interface Contracts {
  readonly directory: Hex
  readonly status: Hex
  readonly anchorLog: Hex
  readonly fromBlock: number // of the first of them
}

/**
 * Deploys the three contracts in one block and lets the gateway in.
 *
 * Throws   CHILD_DIED when the chain refuses, naming the contract
 */
export async function deployContracts(
  chain: DevChain,
  compiled: CompiledContracts,
  owner: PrivateKeyAccount,
  gateway: Hex,
  timeS: number,
): Promise<Contracts> {
  const names: readonly ContractName[] = ['DeviceDirectory', 'DeviceStatus', 'AnchorLog']
  const hashes: Hex[] = []
  for (const name of names) hashes.push(await chain.send(owner, null, compiled[name].bytecode))
  await chain.mineAt(timeS)
  const deployed: { address: Hex; block: number }[] = []
  for (const [i, hash] of hashes.entries()) {
    const receipt = await chain.receipt(hash)
    if (receipt?.status !== 'success' || !receipt.contractAddress) {
      throw new TwinError('CHILD_DIED', `The embedded chain refused to deploy ${names[i]}.`)
    }
    deployed.push({ address: receipt.contractAddress.toLowerCase() as Hex, block: receipt.blockNumber })
  }
  const [directory, status, anchorLog] = deployed
  await chain.send(owner, anchorLog!.address, encodeCall(anchorLogAbi, 'registerGateway', [gateway]))
  await chain.mineAt(timeS + 1)
  return {
    directory: directory!.address,
    status: status!.address,
    anchorLog: anchorLog!.address,
    fromBlock: directory!.block,
  }
}

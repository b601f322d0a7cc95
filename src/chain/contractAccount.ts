import { encodeFunctionData, parseAbi } from 'viem'
import { type Hex, toHex } from '../base/hex.ts'
import { type Rpc, RpcRefusal } from './rpc.ts'

const abi = parseAbi(['function isValidSignature(bytes32 hash, bytes signature) view returns (bytes4)'])
const MAGIC = `0x1626ba7e${'00'.repeat(28)}`

/**
 * Asks a contract account whether it stands by a signature.
 *
 * Returns  false too when there is no contract, or it answers with an error
 * Throws   CHAIN_UNREACHABLE
 * Source   ERC-1271
 */
export async function askContractAccount(
  rpc: Rpc,
  account: Hex,
  digest: Uint8Array,
  signature: Uint8Array,
  signal?: AbortSignal,
): Promise<boolean> {
  const args = [toHex(digest), toHex(signature)] as const
  const data = encodeFunctionData({ abi, functionName: 'isValidSignature', args })
  try {
    return (await rpc.request('eth_call', [{ to: account, data }, 'latest'], signal)) === MAGIC
  } catch (error) {
    if (error instanceof RpcRefusal) return false
    throw error
  }
}

import {
  type Abi,
  type ContractFunctionArgs,
  type ContractFunctionName,
  decodeErrorResult,
  decodeFunctionResult,
  type EncodeFunctionDataParameters,
  encodeFunctionData,
  type Hex,
  numberToHex,
} from 'viem'
import { generatePrivateKey, type PrivateKeyAccount, privateKeyToAccount } from 'viem/accounts'
import { type Rpc, RpcRefusal } from '../../src/chain/rpc.ts'

const GAS_PRICE = 2_000_000_000n
const GAS_LIMIT = 25_000_000n

export interface Receipt {
  readonly status: 'success' | 'reverted'
  readonly gasUsed: number
  readonly blockNumber: number
  readonly blockHash: Hex
  readonly txHash: Hex
  readonly contractAddress: Hex | null
}

/** The embedded chain as its operators use it: every block is mined on purpose, at a time that is said. */
export interface DevChain {
  readonly rpc: Rpc
  readonly chainId: number
  /** A fresh account with coins. Its key was made now and is kept nowhere. */
  createAccount(): Promise<PrivateKeyAccount>
  /** Queues a transaction; it takes effect with the next block. */
  send(from: PrivateKeyAccount, to: Hex | null, data: Hex): Promise<Hex>
  /** Mines what is queued at a Unix time, or a second after the last block when that is later. Returns the time. */
  mineAt(timeS: number): Promise<number>
  receipt(txHash: Hex): Promise<Receipt | null>
  read<const A extends Abi, N extends ContractFunctionName<A, 'view' | 'pure'>>(
    to: Hex,
    abi: A,
    functionName: N,
    args: ContractFunctionArgs<A, 'view' | 'pure', N>,
  ): Promise<unknown>
  /** Name and arguments of the contract's error that this call would end in; null when it would succeed. */
  revertOf(from: Hex, to: Hex, abi: Abi, data: Hex): Promise<string | null>
}

export const encodeCall = (abi: Abi, functionName: string, args: readonly unknown[]): Hex =>
  encodeFunctionData({ abi, functionName, args } as EncodeFunctionDataParameters)

export function createDevChain(rpc: Rpc, chainId: number, genesisTimeS: number): DevChain {
  let lastTimeS = genesisTimeS
  const pendingNonce = async (address: Hex): Promise<number> =>
    Number(await rpc.request('eth_getTransactionCount', [address, 'pending']))

  return {
    rpc,
    chainId,
    async createAccount() {
      const account = privateKeyToAccount(generatePrivateKey())
      await rpc.request('anvil_setBalance', [account.address, numberToHex(10n ** 24n)])
      return account
    },
    async send(from, to, data) {
      const raw = await from.signTransaction({
        type: 'legacy',
        chainId,
        nonce: await pendingNonce(from.address),
        gas: GAS_LIMIT,
        gasPrice: GAS_PRICE,
        data,
        ...(to ? { to } : {}),
      })
      return (await rpc.request('eth_sendRawTransaction', [raw])) as Hex
    },
    async mineAt(timeS) {
      lastTimeS = Math.max(Math.floor(timeS), lastTimeS + 1)
      await rpc.request('evm_mine', [lastTimeS])
      return lastTimeS
    },
    async receipt(txHash) {
      const answer = (await rpc.request('eth_getTransactionReceipt', [txHash])) as Record<string, Hex | null> | null
      if (!answer) return null
      return {
        status: answer.status === '0x1' ? 'success' : 'reverted',
        gasUsed: Number(answer.gasUsed),
        blockNumber: Number(answer.blockNumber),
        blockHash: answer.blockHash as Hex,
        txHash,
        contractAddress: answer.contractAddress ?? null,
      }
    },
    async read(to, abi, functionName, args) {
      const data = encodeCall(abi, functionName, args as readonly unknown[])
      const answer = (await rpc.request('eth_call', [{ to, data }, 'latest'])) as Hex
      return decodeFunctionResult({ abi: abi as Abi, functionName: functionName as string, data: answer })
    },
    async revertOf(from, to, abi, data) {
      try {
        await rpc.request('eth_call', [{ from, to, data }, 'latest'])
        return null
      } catch (error) {
        if (!(error instanceof RpcRefusal)) throw error
        if (typeof error.data !== 'string' || error.data === '0x') return error.message
        const { errorName, args } = decodeErrorResult({ abi, data: error.data as Hex })
        return `${errorName}(${(args ?? []).join(', ')})`
      }
    },
  }
}

import {
  type Abi,
  type ContractFunctionArgs,
  type ContractFunctionName,
  type ContractFunctionReturnType,
  decodeFunctionResult,
  type EncodeFunctionDataParameters,
  type EncodeFunctionResultParameters,
  encodeFunctionData,
  encodeFunctionResult,
  type Hex as ViemHex,
} from 'viem'
import { TwinError } from '../base/errors.ts'
import type { Hex } from '../base/hex.ts'
import { type Rpc, RpcRefusal } from './rpc.ts'

type View = 'view' | 'pure'

/** A question to a contract that changes nothing. */
export interface ViewCall<A extends Abi, N extends ContractFunctionName<A, View>> {
  readonly to: Hex
  readonly abi: A
  readonly functionName: N
  readonly args: ContractFunctionArgs<A, View, N>
  readonly maxBytes?: number
}

export const directoryBroken = (sentence: string): TwinError => new TwinError('DIRECTORY_BROKEN', sentence)

/**
 * Asks a contract, and takes no answer that its own encoder would not have given: dirty words, odd offsets and bytes
 * behind the end are refused before anybody reads them.
 *
 * Throws   DIRECTORY_BROKEN when the contract refuses or the answer is rubbish, CHAIN_UNREACHABLE
 */
export async function callView<const A extends Abi, N extends ContractFunctionName<A, View>>(
  rpc: Rpc,
  { to, abi, functionName, args, maxBytes = 16_384 }: ViewCall<A, N>,
  signal?: AbortSignal,
): Promise<ContractFunctionReturnType<A, View, N>> {
  const data = encodeFunctionData({ abi, functionName, args } as EncodeFunctionDataParameters)
  let answer: unknown
  try {
    answer = await rpc.request('eth_call', [{ to, data }, 'latest'], signal)
  } catch (error) {
    if (error instanceof RpcRefusal) throw directoryBroken(`${functionName} of ${to} is refused (${error.message}).`)
    throw error
  }
  if (typeof answer !== 'string' || !/^0x(?:[0-9a-fA-F]{2})*$/.test(answer))
    throw directoryBroken(`${functionName} of ${to} answers something that is no hexadecimal.`)
  if (answer.length > 2 + 2 * maxBytes)
    throw directoryBroken(
      `${functionName} of ${to} answers ${answer.length / 2 - 1} bytes, expected at most ${maxBytes}.`,
    )
  try {
    const parts = { abi: abi as Abi, functionName: functionName as string }
    const result = decodeFunctionResult({ ...parts, data: answer as ViemHex })
    if (encodeFunctionResult({ ...parts, result } as EncodeFunctionResultParameters) === answer.toLowerCase())
      return result as ContractFunctionReturnType<A, View, N>
  } catch {
    // said below
  }
  throw directoryBroken(`${functionName} of ${to} answers ${answer.slice(0, 74)}…, which is no answer to it.`)
}

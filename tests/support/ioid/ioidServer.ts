import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { type Abi, decodeFunctionData, encodeFunctionResult, type Hex, keccak256, toHex } from 'viem'
import { ioidAbi, ioidRegistryAbi } from '../../../src/chain/ioidAbis.ts'

const REGISTRY: Hex = `0x${'0e'.repeat(20)}`
const IOID: Hex = `0x${'0d'.repeat(20)}`
const ZERO: Hex = `0x${'00'.repeat(20)}`
const SENTINEL: Hex = `0x${'00'.repeat(19)}01`
export const PROJECT = 5
export const SERVED: { readonly registry: Hex; readonly ioID: Hex } = { registry: REGISTRY, ioID: IOID }
export const CODE: Hex = '0x60016002'

export const madeUp = (number: number): Hex => toHex(number + 0xabc000, { size: 20 })

/** What a served chain says; a test changes what it wants to lie about. */
export interface IoidAnswers {
  chainId: number
  devices: Hex[] // newest first
  count: number
  /** Answers a call in place of the honest model; undefined leaves it honest. */
  call?(functionName: string, args: readonly unknown[]): Hex | undefined
  /** Answers any other method. */
  method?(method: string, params: readonly unknown[]): unknown
  /** What is sent in place of the JSON-RPC answer. */
  raw?(method: string, answer: string): string | null | 'hang'
}

/** An endpoint on loopback that answers as nodes do, in the shapes that were recorded of them. */
export async function startIoidServer(devices: Hex[] = [3, 2, 1].map(madeUp), served = SERVED) {
  const honest = (): IoidAnswers => ({ chainId: 4689, devices: [...devices], count: devices.length })
  let answers = honest()
  let calls = 0

  const page = (start: Hex, size: number): [Hex[], Hex] => {
    const from = start === SENTINEL ? 0 : answers.devices.indexOf(start.toLowerCase() as Hex) + 1
    return [answers.devices.slice(from, from + size), answers.devices[from + size] ?? ZERO]
  }
  const call = ({ to, data }: { to: Hex; data: Hex }): Hex => {
    const abi: Abi = to.toLowerCase() === served.registry ? ioidRegistryAbi : ioidAbi
    const { functionName, args = [] } = decodeFunctionData({ abi, data })
    const lie = answers.call?.(functionName, args)
    if (lie !== undefined) return lie
    const [first, second, third] = args as [unknown, Hex, bigint]
    const device = typeof first === 'string' ? (first.toLowerCase() as Hex) : ZERO
    const results: Record<string, () => unknown> = {
      ioID: () => served.ioID,
      minter: () => served.registry,
      exists: () => answers.devices.includes(device),
      deviceProject: () => BigInt(PROJECT),
      projectDeviceCount: () => BigInt(answers.count),
      projectIDs: () => page(second, Number(third)),
      documentHash: () => keccak256(device),
      documentURI: () => 'ipfs://doc',
      documentID: () => `did:io:${device}`,
      deviceTokenId: () => BigInt(answers.devices.indexOf(device) + 1),
      wallet: () => [ZERO, `did:io:${answers.devices[Number(first) - 1]}`],
    }
    return encodeFunctionResult({ abi, functionName, result: results[functionName]!() } as never)
  }
  const answer = (method: string, params: readonly unknown[]): unknown => {
    const lie = answers.method?.(method, params)
    if (lie !== undefined) return lie
    if (method === 'eth_chainId') return toHex(answers.chainId)
    if (method === 'eth_blockNumber') return '0x64'
    if (method === 'eth_getStorageAt') return `0x${'00'.repeat(12)}${'1c'.repeat(20)}`
    if (method === 'eth_getCode') return CODE
    if (method === 'eth_call') return call(params[0] as { to: Hex; data: Hex })
    throw new Error(`the method ${method} does not exist`)
  }

  const server = createServer(async (request, response) => {
    calls++
    let text = ''
    for await (const chunk of request) text += String(chunk)
    const { id, method, params } = JSON.parse(text) as { id: number; method: string; params: unknown[] }
    let body: string
    try {
      body = JSON.stringify({ jsonrpc: '2.0', id, result: answer(method, params) })
    } catch (error) {
      body = JSON.stringify({ jsonrpc: '2.0', id, error: { code: 3, message: (error as Error).message } })
    }
    const sent = answers.raw ? answers.raw(method, body) : body
    if (sent === 'hang') return
    if (sent === null) return void request.socket.destroy()
    response.end(sent)
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))

  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    get calls() {
      return calls
    },
    /** Begins anew, honest but for this. */
    lie(change: Partial<IoidAnswers> = {}): void {
      answers = { ...honest(), ...change }
      calls = 0
    },
    stop: () =>
      new Promise<void>((resolve) => {
        server.closeAllConnections()
        server.close(() => resolve())
      }),
  }
}

import { keccak256, type Hex as ViemHex } from 'viem'
import type { Hex } from '../base/hex.ts'
import { directoryBroken } from './callView.ts'
import type { Rpc } from './rpc.ts'

/** keccak256("eip1967.proxy.implementation") - 1. Source: EIP-1967 */
const IMPLEMENTATION_SLOT = '0x360894a13ba1a3210667c828492db98dca3e2076cc3735a920a3ca505d382bbc'
const MAX_CODE_BYTES = 24_576 // EIP-170

/** What somebody expects of a contract's code: the hash of what runs, or at least the address it stands at. */
export interface CodePin {
  readonly implementation?: Hex | undefined
  readonly codeHash?: Hex | undefined
}

/** The code that answers for a contract, and whether it is the one that was expected. */
export interface CodeState {
  readonly name: string // 'ioIDRegistry'
  readonly contract: Hex
  readonly implementation: Hex | null // null: no proxy, its own code runs
  readonly codeHash: Hex
  /** pinned: the hash is the expected one; listed: the address is; changed: it is another; open: nobody said what to expect. */
  readonly state: 'pinned' | 'listed' | 'changed' | 'open'
  readonly sentence: string
}

/**
 * Reads which code answers for a contract, through an EIP-1967 proxy if it is one.
 *
 * Throws   DIRECTORY_BROKEN when there is no contract, CHAIN_UNREACHABLE
 */
export async function readProxyCode(
  rpc: Rpc,
  name: string,
  contract: Hex,
  pin: CodePin,
  signal?: AbortSignal,
): Promise<CodeState> {
  const word = await rpc.request('eth_getStorageAt', [contract, IMPLEMENTATION_SLOT, 'latest'], signal)
  if (typeof word !== 'string' || !/^0x0{24}[0-9a-fA-F]{40}$/.test(word))
    throw directoryBroken(`The implementation slot of ${name} at ${contract} holds no address.`)
  const address = `0x${word.slice(26).toLowerCase()}` as Hex
  const implementation = /^0x0+$/.test(address) ? null : address
  const code = await rpc.request('eth_getCode', [implementation ?? contract, 'latest'], signal)
  if (typeof code !== 'string' || !/^0x(?:[0-9a-fA-F]{2})*$/.test(code) || code.length > 2 + 2 * MAX_CODE_BYTES)
    throw directoryBroken(`The code of ${name} at ${implementation ?? contract} is no code.`)
  if (code === '0x') throw directoryBroken(`There is no contract ${name} at ${implementation ?? contract}.`)
  const codeHash = keccak256(code.toLowerCase() as ViemHex)
  return { name, contract, implementation, codeHash, ...judge(name, implementation, codeHash, pin) }
}

function judge(
  name: string,
  implementation: Hex | null,
  codeHash: Hex,
  pin: CodePin,
): Pick<CodeState, 'state' | 'sentence'> {
  const expected = pin.codeHash?.toLowerCase()
  if (expected === codeHash) return { state: 'pinned', sentence: `${name} runs the code that was pinned.` }
  if (expected !== undefined) {
    return {
      state: 'changed',
      sentence: `THE CODE OF ${name} WAS REPLACED: it hashes to ${codeHash}, pinned was ${expected}.`,
    }
  }
  const place = pin.implementation?.toLowerCase()
  if (place === undefined)
    return { state: 'open', sentence: `Nobody pinned the code of ${name}; now it hashes to ${codeHash}.` }
  if (place === implementation)
    return { state: 'listed', sentence: `${name} runs the implementation that its makers published.` }
  return {
    state: 'changed',
    sentence: `THE CODE OF ${name} WAS REPLACED: its implementation is ${implementation ?? 'its own'}, published was ${place}.`,
  }
}

import { createHash } from 'node:crypto'
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { join } from 'node:path'
import type { Abi, Hex } from 'viem'
// as text, so that the bundled command line needs no path to the sources
import anchorLog from './AnchorLog.sol?raw'
import deviceDirectory from './DeviceDirectory.sol?raw'
import deviceStatus from './DeviceStatus.sol?raw'
import frameDigest from './FrameDigest.sol?raw'

/** Explicit, and old enough for every chain the frames may be registered on: without PUSH0. */
const EVM_VERSION = 'paris'

export const CONTRACT_NAMES = ['DeviceDirectory', 'DeviceStatus', 'AnchorLog'] as const
export type ContractName = (typeof CONTRACT_NAMES)[number]

interface CompiledContract {
  readonly abi: Abi
  readonly bytecode: Hex
}
export type CompiledContracts = Readonly<Record<ContractName, CompiledContract>>

interface SolcOutput {
  readonly errors?: readonly { readonly severity: string; readonly formattedMessage: string }[]
  readonly contracts?: Readonly<
    Record<
      string,
      Readonly<Record<string, { readonly abi: Abi; readonly evm: { readonly bytecode: { object: string } } }>>
    >
  >
}
interface Solc {
  compile(input: string): string
  version(): string
}

const SOURCES: Readonly<Record<string, string>> = {
  'AnchorLog.sol': anchorLog,
  'DeviceDirectory.sol': deviceDirectory,
  'DeviceStatus.sol': deviceStatus,
  'FrameDigest.sol': frameDigest,
}

const settings = {
  evmVersion: EVM_VERSION,
  optimizer: { enabled: true, runs: 10_000 },
  viaIR: true,
  metadata: { bytecodeHash: 'none' },
  outputSelection: { '*': { '*': ['abi', 'evm.bytecode.object'] } },
}

/**
 * The project's contracts, compiled by solc-js without any network.
 *
 * Shapes   one entry per contract name
 * Writes   `cacheDir/contracts-<hash of sources and settings>.json`, and reads it back the next time
 * Throws   Error with the compiler's own words when a source does not compile
 */
export function compileContracts(cacheDir: string): CompiledContracts {
  const sources = Object.fromEntries(Object.entries(SOURCES).map(([file, content]) => [file, { content }]))
  const input = JSON.stringify({ language: 'Solidity', sources, settings })
  const cacheFile = join(cacheDir, `contracts-${createHash('sha256').update(input).digest('hex').slice(0, 16)}.json`)
  try {
    return JSON.parse(readFileSync(cacheFile, 'utf8')) as CompiledContracts
  } catch {
    const compiled = compile(input)
    mkdirSync(cacheDir, { recursive: true })
    writeFileSync(cacheFile, JSON.stringify(compiled))
    return compiled
  }
}

function compile(input: string): CompiledContracts {
  // loaded only when the cache misses: the compiler takes 9 MB and half a second
  const solc = createRequire(import.meta.url)('solc') as Solc
  const output = JSON.parse(solc.compile(input)) as SolcOutput
  const problems = (output.errors ?? []).map(({ formattedMessage }) => formattedMessage)
  if (problems.length > 0) throw new Error(`The contracts do not compile cleanly:\n${problems.join('\n')}`)
  const one = (name: ContractName): CompiledContract => {
    const found = output.contracts?.[`${name}.sol`]?.[name]
    if (!found) throw new Error(`solc ${solc.version()} returned no contract ${name}.`)
    return { abi: found.abi, bytecode: `0x${found.evm.bytecode.object}` }
  }
  return { DeviceDirectory: one('DeviceDirectory'), DeviceStatus: one('DeviceStatus'), AnchorLog: one('AnchorLog') }
}

import { decodeEventLog, numberToHex, toEventSelector, type Hex as ViemHex } from 'viem'
import type { Hex } from '../base/hex.ts'
import { fromHex } from '../base/hex.ts'
import type { Anchor } from '../proofs/anchor.ts'
import type { ListedDocument } from '../proofs/deviceDocument.ts'
import type { Registration, StatusEvent } from '../proofs/directory.ts'
import { anchorLogAbi, deviceDirectoryAbi, deviceStatusAbi } from './abis.ts'
import { ioidRegistryAbi } from './ioidAbis.ts'
import { type Rpc, RpcRefusal } from './rpc.ts'
import type { ChainConfig } from './sourcesConfig.ts'

/** A log as an endpoint gives it. */
export interface RawLog {
  readonly address: Hex
  readonly topics: readonly Hex[]
  readonly data: Hex
  readonly blockNumber: Hex
  readonly blockHash: Hex
  readonly transactionHash: Hex
  readonly logIndex: Hex
}

const ANCHORED = toEventSelector(
  'BatchAnchored(address,uint64,bytes32,bytes32,uint64,uint32,uint64,uint64,bytes32,uint64)',
)

export interface LogQuery {
  readonly addresses: readonly Hex[]
  readonly topics?: readonly (Hex | null | readonly Hex[])[] // a list means any of them
}

/** Largest span of blocks asked for at once: what IoTeX's endpoints allow (api/config.go, RangeQueryLimit). */
const MAX_SPAN = 2_000

/**
 * Reads logs block range by block range, the newest range first. A range the endpoint refuses is halved.
 *
 * Returns  pages, each with the first block it covers; together they cover [fromBlock, toBlock] without holes
 * Throws   RpcRefusal when even one block is refused, CHAIN_UNREACHABLE
 */
export async function* readLogsBackwards(
  rpc: Rpc,
  query: LogQuery,
  fromBlock: number,
  toBlock: number,
  signal: AbortSignal,
): AsyncGenerator<{ readonly fromBlock: number; readonly logs: RawLog[] }> {
  let span = MAX_SPAN
  let last = toBlock
  while (last >= fromBlock && !signal.aborted) {
    const first = Math.max(fromBlock, last - span + 1)
    try {
      const logs = await readLogs(rpc, query, first, last, signal)
      yield { fromBlock: first, logs }
      last = first - 1
      span = Math.min(2 * span, MAX_SPAN)
    } catch (error) {
      if (!(error instanceof RpcRefusal) || span === 1) throw error
      span = Math.max(1, Math.floor(Math.min(span, last - first + 1) / 2))
    }
  }
}

/** Logs of exactly these addresses and blocks; an endpoint that slips in others is not believed. */
async function readLogs(
  rpc: Rpc,
  { addresses, topics }: LogQuery,
  fromBlock: number,
  toBlock: number,
  signal: AbortSignal,
): Promise<RawLog[]> {
  const span = { fromBlock: numberToHex(fromBlock), toBlock: numberToHex(toBlock) }
  const logs = (await rpc.request(
    'eth_getLogs',
    [{ ...span, address: addresses, ...(topics ? { topics } : {}) }],
    signal,
  )) as RawLog[]
  if (!Array.isArray(logs)) throw new RpcRefusal(0, 'The answer to eth_getLogs is no list.')
  return logs.filter(
    (log) =>
      addresses.includes(log.address?.toLowerCase() as Hex) &&
      Number(log.blockNumber) >= fromBlock &&
      Number(log.blockNumber) <= toBlock,
  )
}

const placeOf = (log: RawLog) => ({ blockNumber: Number(log.blockNumber), logIndex: Number(log.logIndex) })
const lower = (hex: string): Hex => hex.toLowerCase() as Hex

function decode<const A extends Parameters<typeof decodeEventLog>[0]['abi']>(abi: A, log: RawLog) {
  try {
    return decodeEventLog({ abi, data: log.data as ViemHex, topics: log.topics as [ViemHex, ...ViemHex[]] })
  } catch {
    return null // an event this version does not know, or rubbish
  }
}

/** The anchor in a log; null when it is none, or holds a number beyond 2^53. */
export function readAnchor(log: RawLog): Anchor | null {
  const event = decode(anchorLogAbi, log)
  if (event?.eventName !== 'BatchAnchored') return null
  const { gateway, seq, batchRoot, logRoot, logSize, count, tMin, tMax, dataHash, anchoredAt } = event.args
  const anchor: Anchor = {
    gateway: lower(gateway),
    seq: Number(seq),
    batchRoot: lower(batchRoot),
    logRoot: lower(logRoot),
    logSize: Number(logSize),
    count,
    tMinMs: Number(tMin),
    tMaxMs: Number(tMax),
    dataHash: lower(dataHash),
    anchoredAtMs: Number(anchoredAt) * 1000,
    blockHash: lower(log.blockHash),
    txHash: lower(log.transactionHash),
    ...placeOf(log),
  }
  const numbers = [anchor.seq, anchor.logSize, anchor.tMinMs, anchor.tMaxMs, anchor.anchoredAtMs]
  return numbers.every(Number.isSafeInteger) ? anchor : null
}

/** What the directory side of the chain said, in the order of the chain. */
export type DirectoryEvent =
  | { readonly kind: 'registration'; readonly registration: Registration; readonly document?: ListedDocument }
  | { readonly kind: 'status'; readonly status: StatusEvent }
  | { readonly kind: 'gateway'; readonly gateway: Hex; readonly blockNumber: number }

/** The registration, status or gateway in a log of the project's contracts; null when it is none of them. */
export function readDirectoryEvent(config: ChainConfig, log: RawLog): DirectoryEvent | null {
  const place = placeOf(log)
  const address = lower(log.address)
  if (address === config.directory && config.ioid) return readIoidRemoval(log)
  if (address === config.directory) {
    const event = decode(deviceDirectoryAbi, log)
    if (event?.eventName !== 'DeviceRegistered') return null
    const { device, curve, keyX, keyY, kind, origin, validFrom, docHash } = event.args
    if (curve !== 1 && curve !== 2) return null
    const registration: Registration = {
      device: lower(device),
      curve: curve === 1 ? 'secp256k1' : 'p256',
      publicKey: fromHex(`0x04${keyX.slice(2)}${keyY.slice(2)}`)!,
      kind,
      origin,
      validFromMs: Number(validFrom) * 1000,
      docHash: lower(docHash),
      ...place,
    }
    return { kind: 'registration', registration }
  }
  if (address === config.status) {
    const event = decode(deviceStatusAbi, log)
    if (event?.eventName === 'DeviceRevoked') {
      const { device, revokedAt } = event.args
      return {
        kind: 'status',
        status: { device: lower(device), kind: 'revoked', timeMs: Number(revokedAt) * 1000, ...place },
      }
    }
    if (event?.eventName === 'DeviceCompromised') {
      const { device, since } = event.args
      return {
        kind: 'status',
        status: { device: lower(device), kind: 'compromised', timeMs: Number(since) * 1000, ...place },
      }
    }
    return null
  }
  const event = decode(anchorLogAbi, log)
  if (event?.eventName !== 'GatewayRegistered') return null
  return { kind: 'gateway', gateway: lower(event.args.gateway), blockNumber: place.blockNumber }
}

/** What makes a listing of ioID's devices out of date. */
const IOID_TOPICS = [
  toEventSelector('NewDevice(address,address,bytes32,string)'),
  toEventSelector('UpdateDevice(address,address,bytes32,string)'),
  toEventSelector('RemoveDevice(address,address)'),
  toEventSelector('Upgraded(address)'), // of its proxy: another code answers from here on
]

/** A removal counts from its place on; what else ioID's registry says is asked of its contracts instead. */
function readIoidRemoval(log: RawLog): DirectoryEvent | null {
  const event = decode(ioidRegistryAbi, log)
  if (event?.eventName !== 'RemoveDevice') return null
  const status: StatusEvent = { device: lower(event.args.device), kind: 'revoked', timeMs: 0, ...placeOf(log) }
  return { kind: 'status', status }
}

/** Everything the directory side needs, in one question. */
export const directoryQuery = ({ directory, status, anchorLog, ioid }: ChainConfig): LogQuery => ({
  addresses: [directory, status, anchorLog],
  topics: [
    [
      toEventSelector('DeviceRegistered(address,uint8,bytes32,bytes32,uint8,uint8,uint64,bytes32)'),
      toEventSelector('DeviceRevoked(address,uint64)'),
      toEventSelector('DeviceCompromised(address,uint64)'),
      toEventSelector('GatewayRegistered(address)'),
      ...(ioid ? IOID_TOPICS : []),
    ],
  ],
})

export const anchorQuery = ({ anchorLog }: ChainConfig): LogQuery => ({ addresses: [anchorLog], topics: [ANCHORED] })

import { fromHex } from '../../base/hex.ts'
import { createRlpList, encodeRlpList, encodeRlpString, readRlpList } from './rlp.ts'

/** A field of a block header: its name in JSON-RPC, and its exact size in bytes, or what kind of number or text it is. */
interface HeaderField {
  readonly name: string
  readonly size: number | 'number' | 'bytes'
}

const f = (name: string, size: HeaderField['size']): HeaderField => ({ name, size })

// Yellow Paper 4.3, then EIP-1559 (London), EIP-4895 (Shanghai), EIP-4844 and EIP-4788 (Cancun), EIP-7685 (Prague).
// OP-stack chains use the same fields with other meanings in some of them (Isthmus: withdrawalsRoot).
const FIELDS: readonly HeaderField[] = [
  f('parentHash', 32),
  f('sha3Uncles', 32),
  f('miner', 20),
  f('stateRoot', 32),
  f('transactionsRoot', 32),
  f('receiptsRoot', 32),
  f('logsBloom', 256),
  f('difficulty', 'number'),
  f('number', 'number'),
  f('gasLimit', 'number'),
  f('gasUsed', 'number'),
  f('timestamp', 'number'),
  f('extraData', 'bytes'),
  f('mixHash', 32),
  f('nonce', 8),
  f('baseFeePerGas', 'number'),
  f('withdrawalsRoot', 32),
  f('blobGasUsed', 'number'),
  f('excessBlobGas', 'number'),
  f('parentBeaconBlockRoot', 32),
  f('requestsHash', 32),
]

/** How many fields a header has: before London, London, Shanghai, Cancun, Prague and Osaka. */
const COUNTS: readonly number[] = [15, 16, 17, 20, 21]

const AT = { parentHash: 0, stateRoot: 3, number: 8, timestamp: 11 } as const

/** What of a header a proof needs. Hashes are views into its bytes. */
export interface EthHeader {
  readonly parentHash: Uint8Array
  readonly stateRoot: Uint8Array
  readonly number: number
  readonly timeMs: number
}

/** Reads a header strictly: known count of fields, each of its size, numbers without leading zeros. Else one sentence. */
export function decodeEthHeader(bytes: Uint8Array): EthHeader | string {
  const items = createRlpList(FIELDS.length)
  if (!readRlpList(bytes, 0, bytes.length, items)) return 'The header is not canonical RLP.'
  if (!COUNTS.includes(items.count)) return `The header has ${items.count} fields, which no known fork has.`
  for (let i = 0; i < items.count; i++) {
    const { name, size } = FIELDS[i]!
    const length = items.to[i]! - items.from[i]!
    if (items.isList[i] === 1) return `The header’s ${name} is a list.`
    if (size === 'number') {
      if (length > 32 || (length > 0 && bytes[items.from[i]!] === 0)) return `The header’s ${name} is no number.`
    } else if (size !== 'bytes' && length !== size) return `The header’s ${name} has ${length} bytes, expected ${size}.`
  }
  const field = (i: number): Uint8Array => bytes.subarray(items.from[i]!, items.to[i]!)
  const number = numberOf(field(AT.number))
  const timeMs = numberOf(field(AT.timestamp)) * 1000
  if (!Number.isSafeInteger(number) || !Number.isSafeInteger(timeMs))
    return 'The header’s number or time is above 2^53.'
  return { parentHash: field(AT.parentHash), stateRoot: field(AT.stateRoot), number, timeMs }
}

const numberOf = (digits: Uint8Array): number => digits.reduce((value, digit) => 256 * value + digit, 0)

/**
 * A block as JSON-RPC gives it, as the bytes whose hash it must have.
 *
 * Returns  null when a field is missing or of a wrong form, or a later fork's field is there without an earlier one's
 */
export function encodeBlockHeader(block: unknown): Uint8Array | null {
  if (typeof block !== 'object' || block === null) return null
  const given = new Map<string, unknown>(Object.entries(block))
  const count = FIELDS.findLastIndex(({ name }) => typeof given.get(name) === 'string') + 1
  if (!COUNTS.includes(count)) return null
  const items: Uint8Array[] = []
  for (const { name, size } of FIELDS.slice(0, count)) {
    const bytes = bytesOf(given.get(name), size)
    if (!bytes) return null
    items.push(encodeRlpString(bytes))
  }
  return encodeRlpList(items)
}

function bytesOf(value: unknown, size: HeaderField['size']): Uint8Array | null {
  if (typeof value !== 'string') return null
  if (size !== 'number') {
    const bytes = fromHex(value)
    return bytes && (size === 'bytes' || bytes.length === size) ? bytes : null
  }
  const digits = /^0x0*([0-9a-fA-F]*)$/.exec(value)?.[1]
  if (digits === undefined) return null
  return fromHex(`0x${digits.length % 2 === 1 ? '0' : ''}${digits}`)
}

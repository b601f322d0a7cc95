import { ByteReader } from '../base/bytes.ts'
import { canonicalJson } from '../base/canonicalJson.ts'
import { TwinError } from '../base/errors.ts'
import { type Hex, sameBytes, toHex } from '../base/hex.ts'
import type { Anchor } from './anchor.ts'
import { BUNDLE_MAGIC, BUNDLE_VERSION, type Bundle, type BundleHeader, type BundlePart, isWhole } from './bundle.ts'
import type { ProofCrypto } from './crypto.ts'
import { curveOfCode } from './curve.ts'
import { type DeviceDocument, readDeviceDocument } from './deviceDocument.ts'
import type { StatusEvent } from './directory.ts'
import { unpackZeros } from './header/packZeros.ts'

const broken = (sentence: string): TwinError => new TwinError('BUNDLE_BROKEN', sentence)

const MAX_HEADER_BYTES = 4096 // an Ethereum or IoTeX header has fewer than 1,000
const MAGIC_BYTES = Uint8Array.of(0x56, 0x42, 0x4e, 0x31)

/** Whether bytes claim to be a bundle, whatever they are worth. */
export const looksLikeBundle = (bytes: Uint8Array): boolean =>
  bytes.length > 4 && sameBytes(bytes.subarray(0, 4), MAGIC_BYTES)

/**
 * Reads a bundle. Strict: hash, version, order, ranges, and not one byte too many.
 * That it can be read says nothing about what it holds; that is for {@link verifyBundle}.
 *
 * Throws   BUNDLE_BROKEN with one sentence
 */
export function decodeBundle({ sha256 }: ProofCrypto, bytes: Uint8Array): Bundle {
  if (!looksLikeBundle(bytes)) throw broken('The file is no bundle: it does not begin with VBN1.')
  if (bytes.length < 37) throw broken('The bundle ends inside its header.')
  const content = bytes.subarray(0, bytes.length - 32)
  if (!sameBytes(sha256(content), bytes.subarray(bytes.length - 32))) {
    throw broken('The bundle’s checksum does not fit: it was changed or cut after it was made.')
  }
  try {
    return readContent(new ByteReader(content))
  } catch (error) {
    if (error instanceof TwinError && error.code === 'PROOF_MALFORMED') throw broken(error.message)
    throw error
  }
}

function readContent(r: ByteReader): Bundle {
  const hex = (length: number): Hex => toHex(r.slice(length))
  const u64 = (what: string): number => {
    const value = Number(r.u64())
    if (!Number.isSafeInteger(value)) throw broken(`The ${what} is above 2^53 - 1.`)
    return value
  }
  const list = <T>(atLeastBytes: number, one: () => T): T[] => {
    const count = r.u32()
    if (count * atLeastBytes > r.left) throw broken(`A list of ${count} entries does not fit into what is left.`)
    return Array.from({ length: count }, one)
  }
  const seconds = (what: string): number => {
    const ms = u64(what) * 1000
    if (!Number.isSafeInteger(ms)) throw broken(`The ${what} is out of range.`)
    return ms
  }

  const header = (packed: Uint8Array): Uint8Array => {
    const bytes = unpackZeros(packed, MAX_HEADER_BYTES)
    if (!bytes) throw broken(`A header is not packed rightly, or has more than ${MAX_HEADER_BYTES} bytes.`)
    return bytes
  }

  if (r.u32() !== BUNDLE_MAGIC) throw broken('The bundle does not begin with VBN1.')
  const version = r.u8()
  if (version !== BUNDLE_VERSION) throw broken(`The bundle has version ${version}, expected ${BUNDLE_VERSION}.`)
  const title = text(r.slice(r.u16()))
  const chainId = u64('chain id')
  const contracts = { directory: hex(20), status: hex(20), anchorLog: hex(20) }
  const recordedAtMs = u64('time of recording')
  const headBlock = u64('head block')

  const devices = list(141, () => {
    const device = hex(20)
    const curve = curveOfCode(r.u8())
    if (!curve) throw broken(`Device ${device} has an unknown curve.`)
    const xy = r.slice(64)
    const keyless = xy.every((byte) => byte === 0) // registered by its address; the key is recovered from a signature
    const registration = {
      device,
      curve,
      publicKey: keyless ? new Uint8Array(0) : Uint8Array.of(4, ...xy),
      kind: r.u8(),
      origin: r.u8(),
      validFromMs: seconds('start of validity'),
      docHash: hex(32),
      blockNumber: u64('block number'),
      logIndex: r.u32(),
      ...(keyless ? { trust: 'device-proved' as const } : {}),
    }
    return { registration, document: readDocument(device, r.slice(r.u16())) }
  })
  const statuses = list(41, (): StatusEvent => {
    const device = hex(20)
    const kind = r.u8()
    if (kind !== 1 && kind !== 2) throw broken(`Status ${kind} of device ${device} is unknown.`)
    return {
      device,
      kind: kind === 1 ? 'revoked' : 'compromised',
      timeMs: seconds('time of a status'),
      blockNumber: u64('block number'),
      logIndex: r.u32(),
    }
  })
  const anchors = list(
    236,
    (): Anchor => ({
      gateway: hex(20),
      seq: u64('batch number'),
      batchRoot: hex(32),
      logRoot: hex(32),
      logSize: u64('log size'),
      count: r.u32(),
      tMinMs: u64('first time'),
      tMaxMs: u64('last time'),
      dataHash: hex(32),
      anchoredAtMs: seconds('block time'),
      blockNumber: u64('block number'),
      blockHash: hex(32),
      txHash: hex(32),
      logIndex: r.u32(),
    }),
  )
  const parts = list(9, (): BundlePart => {
    const kind = r.u8()
    const anchor = r.u32()
    if (anchor >= anchors.length) throw broken(`A part names anchor ${anchor} of ${anchors.length}.`)
    if (kind === 1) return { anchor, body: r.slice(r.u32()) }
    if (kind !== 2) throw broken(`A part has kind ${kind}, expected 1 or 2.`)
    const index = r.u32()
    const frame = r.slice(r.u16())
    return { anchor, index, frame, path: Array.from({ length: r.u8() }, () => r.slice(32)) }
  })
  const headers = list(
    48,
    (): BundleHeader => ({
      number: u64('block number'),
      hash: hex(32),
      header: header(r.slice(r.u32())),
      proof: r.slice(r.u32()),
    }),
  )
  if (r.left > 0) throw broken(`${r.left} bytes follow the last list.`)
  checkOrder(anchors, parts)
  headers.forEach(({ number }, i) => {
    if (i > 0 && headers[i - 1]!.number >= number) throw broken(`Header ${i} is out of order.`)
  })
  return { title, chainId, contracts, recordedAtMs, headBlock, devices, statuses, anchors, parts, headers }
}

function checkOrder(anchors: readonly Anchor[], parts: readonly BundlePart[]): void {
  anchors.forEach((anchor, i) => {
    const before = anchors[i - 1]
    const rises =
      !before ||
      before.blockNumber < anchor.blockNumber ||
      (before.blockNumber === anchor.blockNumber && before.logIndex < anchor.logIndex)
    if (!rises) throw broken(`Anchor ${i} is out of order.`)
  })
  parts.forEach((part, i) => {
    const before = parts[i - 1]
    if (!before || before.anchor < part.anchor) return
    const rises = before.anchor === part.anchor && !isWhole(before) && !isWhole(part) && before.index < part.index
    if (!rises) throw broken(`Part ${i} is out of order, or gives a frame twice.`)
  })
}

function text(bytes: Uint8Array): string {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes)
  } catch {
    throw broken('A text is not UTF-8.')
  }
}

function readDocument(device: Hex, bytes: Uint8Array): DeviceDocument | null {
  if (bytes.length === 0) return null
  const source = text(bytes)
  let value: unknown
  try {
    value = JSON.parse(source)
  } catch {
    throw broken(`The document of device ${device} is not JSON.`)
  }
  const document = readDeviceDocument(value)
  if (!document || canonicalJson(document) !== source)
    throw broken(`The document of device ${device} is not canonical.`)
  return document
}

import { ByteWriter } from '../base/bytes.ts'
import { fromHex, type Hex } from '../base/hex.ts'
import { utf8 } from '../model/hash.ts'
import type { Anchor } from './anchor.ts'
import { BUNDLE_MAGIC, BUNDLE_VERSION, type Bundle, type BundlePart, isWhole } from './bundle.ts'
import type { ProofCrypto } from './crypto.ts'
import { codeOfCurve } from './curve.ts'
import { documentBytes } from './deviceDocument.ts'
import { packZeros } from './header/packZeros.ts'

const NO_KEY = new Uint8Array(64) // stands for: the chain holds the address alone

/** A bundle as bytes, its SHA-256 at the end. Lists are written in the one order the decoder accepts. */
export function encodeBundle({ sha256 }: ProofCrypto, bundle: Bundle): Uint8Array {
  const w = new ByteWriter(1 << 16)
  const hex = (value: Hex): void => w.bytes(fromHex(value)!)
  const u64 = (value: number): void => w.u64(BigInt(value))
  const block16 = (bytes: Uint8Array): void => {
    w.u16(bytes.length)
    w.bytes(bytes)
  }
  const block32 = (bytes: Uint8Array): void => {
    w.u32(bytes.length)
    w.bytes(bytes)
  }

  w.u32(BUNDLE_MAGIC)
  w.u8(BUNDLE_VERSION)
  block16(utf8(bundle.title))
  u64(bundle.chainId)
  hex(bundle.contracts.directory)
  hex(bundle.contracts.status)
  hex(bundle.contracts.anchorLog)
  u64(bundle.recordedAtMs)
  u64(bundle.headBlock)

  w.u32(bundle.devices.length)
  for (const { registration: r, document } of bundle.devices) {
    hex(r.device)
    w.u8(codeOfCurve(r.curve))
    w.bytes(r.publicKey.length === 0 ? NO_KEY : r.publicKey.subarray(1))
    w.u8(r.kind)
    w.u8(r.origin)
    u64(r.validFromMs / 1000)
    hex(r.docHash)
    u64(r.blockNumber)
    w.u32(r.logIndex)
    block16(document ? documentBytes(document) : new Uint8Array(0))
  }

  w.u32(bundle.statuses.length)
  for (const s of bundle.statuses) {
    hex(s.device)
    w.u8(s.kind === 'revoked' ? 1 : 2)
    u64(s.timeMs / 1000)
    u64(s.blockNumber)
    w.u32(s.logIndex)
  }

  w.u32(bundle.anchors.length)
  for (const anchor of bundle.anchors) writeAnchor(w, anchor)

  w.u32(bundle.parts.length)
  for (const part of [...bundle.parts].sort(compareParts)) {
    w.u8(isWhole(part) ? 1 : 2)
    w.u32(part.anchor)
    if (isWhole(part)) block32(part.body)
    else {
      w.u32(part.index)
      block16(part.frame)
      w.u8(part.path.length)
      for (const hash of part.path) w.bytes(hash)
    }
  }

  w.u32(bundle.headers.length)
  for (const { number, hash, header, proof } of [...bundle.headers].sort((a, b) => a.number - b.number)) {
    u64(number)
    hex(hash)
    block32(packZeros(header))
    block32(proof)
  }
  const content = w.done()
  w.bytes(sha256(content))
  return w.done()
}

function writeAnchor(w: ByteWriter, a: Anchor): void {
  const hex = (value: Hex): void => w.bytes(fromHex(value)!)
  const u64 = (value: number): void => w.u64(BigInt(value))
  hex(a.gateway)
  u64(a.seq)
  hex(a.batchRoot)
  hex(a.logRoot)
  u64(a.logSize)
  w.u32(a.count)
  u64(a.tMinMs)
  u64(a.tMaxMs)
  hex(a.dataHash)
  u64(a.anchoredAtMs / 1000)
  u64(a.blockNumber)
  hex(a.blockHash)
  hex(a.txHash)
  w.u32(a.logIndex)
}

const compareParts = (a: BundlePart, b: BundlePart): number =>
  a.anchor - b.anchor || (isWhole(a) || isWhole(b) ? 0 : a.index - b.index)

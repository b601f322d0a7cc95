import { type Hex, toHex } from '../../src/base/hex.ts'
import type { Origin } from '../../src/base/honesty.ts'
import { DEVICE_KINDS, type DeviceKind } from '../../src/model/device.ts'
import type { Anchor } from '../../src/proofs/anchor.ts'
import { encodeBatch } from '../../src/proofs/batch.ts'
import type { Bundle } from '../../src/proofs/bundle.ts'
import type { Curve } from '../../src/proofs/curve.ts'
import { type DeviceDocument, documentHash } from '../../src/proofs/deviceDocument.ts'
import { ORIGIN_CODES, type Registration, type StatusEvent } from '../../src/proofs/directory.ts'
import type { FrameDomain, FrameReading } from '../../src/proofs/frame.ts'
import { createFrontier } from '../../src/proofs/frontier.ts'
import { createTreeHash, rootOf } from '../../src/proofs/merkle.ts'
import { createTestSigner, crypto, DOMAIN, someReadings, type TestSigner } from './signers.ts'

export const START_MS = 1_750_000_000_000
const tree = createTreeHash(crypto.keccak256)
/** A made-up hash, the same for the same numbers. */
export const hex32 = (...numbers: number[]): Hex =>
  toHex(crypto.keccak256(Uint8Array.from(numbers.flatMap((n) => [n & 255, (n >> 8) & 255]))))

export interface TestDevice {
  readonly signer: TestSigner
  readonly address: Hex
  /** The next frame of its chain; `skip` readings are lost before it, and `tMs` is its first reading. */
  frame(tMs: number, options?: { readings?: FrameReading[]; skip?: number; domain?: FrameDomain }): Uint8Array
}

/** A project, its devices and one gateway, all in memory: what a chain would hold, without a chain. */
export function createWorld({ chainId = DOMAIN.chainId } = {}) {
  const domain: FrameDomain = { chainId, registry: DOMAIN.registry }
  const registrations: Registration[] = []
  const documents: DeviceDocument[] = []
  const statuses: StatusEvent[] = []
  const anchors: Anchor[] = []
  const bodies: Uint8Array[] = []
  const frontier = createFrontier(tree)
  const gateway = new Uint8Array(20).fill(0x6a)
  let block = 10
  let fork = 1 // blocks made from now on get hashes of this fork

  const add = (
    {
      curve = 'secp256k1',
      kind = 'smart-meter',
      origin = 'simulated',
      seed = registrations.length + 1,
      latDeg = 51.1,
    }: {
      curve?: Curve
      kind?: DeviceKind
      origin?: Origin
      seed?: number
      latDeg?: number
    } = {},
    register = true,
  ): TestDevice => {
    const signer = createTestSigner(curve, seed)
    const address = toHex(signer.address)
    const document: DeviceDocument = {
      format: 'veracity-device',
      version: 1,
      address,
      kind,
      title: `Device ${seed}`,
      latDeg,
      lonDeg: 71.4,
      heightM: 3,
      buildingOsmId: 'way/1',
    }
    if (register) {
      documents.push(document)
      registrations.push({
        device: address,
        curve,
        publicKey: signer.publicKey,
        kind: DEVICE_KINDS.indexOf(kind),
        origin: ORIGIN_CODES.indexOf(origin),
        validFromMs: START_MS - 60_000,
        docHash: documentHash(crypto, document),
        blockNumber: 2,
        logIndex: registrations.length,
      })
    }
    let seq = 0
    let prev: Uint8Array = new Uint8Array(32)
    return {
      signer,
      address,
      frame(tMs, { readings = someReadings(3), skip = 0, domain: elsewhere = domain } = {}) {
        seq += skip
        if (skip > 0 && prev.every((b) => b === 0)) prev = new Uint8Array(32).fill(1)
        const bytes = signer.sign({ epoch: 0, seqFirst: seq, prev, t0Ms: tMs, readings, domain: elsewhere })
        seq += readings.length
        prev = crypto.keccak256(bytes.subarray(0, -64))
        return bytes
      },
    }
  }

  /** Anchors frames; the block time is a second after the last reading unless given. */
  const anchor = (
    frames: readonly Uint8Array[],
    options: { atMs?: number; count?: number; logRoot?: Hex } = {},
  ): Anchor => {
    const seq = anchors.length
    const body = encodeBatch({ gateway, seq, frames })
    const root = rootOf(
      tree,
      frames.map((frame) => tree.leaf(frame)),
    )
    frontier.append(tree.leaf(root))
    const times = frames.flatMap((frame) => timesOf(frame))
    const tMaxMs = Math.max(...times)
    const made: Anchor = {
      gateway: toHex(gateway),
      seq,
      batchRoot: toHex(root),
      logRoot: options.logRoot ?? toHex(frontier.root()),
      logSize: frontier.size,
      count: options.count ?? frames.length,
      tMinMs: Math.min(...times),
      tMaxMs,
      dataHash: toHex(crypto.keccak256(body)),
      anchoredAtMs: options.atMs ?? Math.floor(tMaxMs / 1000) * 1000 + 1000,
      blockNumber: ++block,
      blockHash: hex32(block, fork),
      txHash: hex32(block, fork, 2),
      logIndex: 0,
    }
    anchors.push(made)
    bodies.push(body)
    return made
  }

  return {
    domain,
    gateway,
    get head() {
      return block
    },
    /** Mines empty blocks. */
    mine(count: number): void {
      block += count
    },
    /** Goes back to `toBlock` and grows another fork from there; returns the anchors that were lost. */
    reorg(toBlock: number): readonly Anchor[] {
      const lost = anchors.filter(({ blockNumber }) => blockNumber > toBlock)
      anchors.splice(anchors.length - lost.length)
      block = toBlock
      fork++
      return lost
    },
    /** Anchors a lost batch again, unchanged, in a new block. */
    anchorAgain(lost: Anchor): void {
      anchors.push({ ...lost, blockNumber: ++block, blockHash: hex32(block, fork), txHash: hex32(block, fork, 2) })
    },
    /** Anchors other bytes in place of a body, as a gateway can that never made a batch of them. */
    rewrite(dataHash: Hex, body: Uint8Array): void {
      const i = anchors.findIndex((anchor) => anchor.dataHash === dataHash)
      bodies[i] = body
      Object.assign(anchors[i]!, { dataHash: toHex(crypto.keccak256(body)) })
    },
    registrations,
    documents,
    statuses,
    anchors,
    bodies,
    add,
    anchor,
    revoke(device: TestDevice): void {
      statuses.push({ device: device.address, kind: 'revoked', timeMs: START_MS, blockNumber: ++block, logIndex: 0 })
    },
    markCompromised(device: TestDevice, sinceMs: number): void {
      statuses.push({ device: device.address, kind: 'compromised', timeMs: sinceMs, blockNumber: ++block, logIndex: 0 })
    },
    bundle: (): Bundle => ({
      title: 'A small world',
      chainId,
      contracts: {
        directory: toHex(domain.registry),
        status: hex32(7).slice(0, 42) as Hex,
        anchorLog: hex32(8).slice(0, 42) as Hex,
      },
      recordedAtMs: START_MS + 86_400_000,
      headBlock: block,
      devices: registrations.map((registration, i) => ({ registration, document: documents[i] ?? null })),
      statuses,
      anchors,
      parts: bodies.map((body, i) => ({ anchor: i, body })),
      headers: [],
    }),
  }
}
export type World = ReturnType<typeof createWorld>

/** First and last time of a frame, read without the decoder so that altered frames have times too. */
function timesOf(frame: Uint8Array): number[] {
  if (frame.length < 188) return []
  const view = new DataView(frame.buffer, frame.byteOffset, frame.byteLength)
  const t0 = Number(view.getBigUint64(98))
  const last = 108 + 16 * (view.getUint16(106) - 1)
  return [t0, t0 + view.getUint32(last)]
}

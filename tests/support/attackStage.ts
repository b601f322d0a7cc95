import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { PrivateKeyAccount } from 'viem/accounts'
import { type BodyStore, createBodyStore } from '../../data/devnet/bodyStore.ts'
import { encodeCall } from '../../data/devnet/devChain.ts'
import { createGateway } from '../../data/devnet/gateway.ts'
import { serveGateway } from '../../data/devnet/gatewayServer.ts'
import { createLiveBacklog } from '../../data/devnet/liveBacklog.ts'
import { fromHex, type Hex, toHex } from '../../src/base/hex.ts'
import { anchorLogAbi, deviceDirectoryAbi, deviceStatusAbi } from '../../src/chain/abis.ts'
import { systemClock } from '../../src/chain/clock.ts'
import type { Clock } from '../../src/chain/source.ts'
import type { SourcesConfig } from '../../src/chain/sourcesConfig.ts'
import { DEVICE_KINDS, type DeviceKind } from '../../src/model/device.ts'
import { encodeBatch } from '../../src/proofs/batch.ts'
import { type Curve, codeOfCurve } from '../../src/proofs/curve.ts'
import { decodeFrame } from '../../src/proofs/decodeFrame.ts'
import { type DeviceDocument, documentHash } from '../../src/proofs/deviceDocument.ts'
import { ORIGIN_CODES } from '../../src/proofs/directory.ts'
import { createFrameView, type FrameDomain, type FrameReading } from '../../src/proofs/frame.ts'
import { createFrontier } from '../../src/proofs/frontier.ts'
import { createTreeHash, rootOf } from '../../src/proofs/merkle.ts'
import { startTestChain } from './devchain.ts'
import { createTestSigner, crypto, NO_PREV, someReadings, type TestSigner } from './signers.ts'
import { type Collected, collect, connectVerifier } from './verifySink.ts'

const tree = createTreeHash(crypto.keccak256)

/** A device on the stage. Whoever holds this object holds its key. */
export interface StageDevice {
  readonly signer: TestSigner
  readonly address: Hex
  /** Its next frame; `skip` readings are numbered and never sent. */
  frame(options?: FrameWish): Uint8Array
}
interface FrameWish {
  readonly readings?: readonly FrameReading[]
  readonly t0Ms?: number
  readonly skip?: number
  readonly domain?: FrameDomain
}

/** What a courier may do to a batch before it anchors it, on the real contract. */
interface CourierLies {
  readonly batchRoot?: Hex
  readonly logRoot?: Hex
  readonly withhold?: boolean
  readonly tMinMs?: number
  readonly tMaxMs?: number
}
interface Courier {
  readonly address: Hex
  /** Batches frames, anchors them, keeps the body; returns the hash of the body, or null when the contract refuses. */
  seal(frames: readonly Uint8Array[], lies?: CourierLies): Promise<Hex | null>
}

export interface StagePage {
  readonly page: Collected
  /** Sets the page's wall clock ahead, for all that waits for minutes to pass. */
  advance(ms: number): void
  readonly verifier: ReturnType<typeof connectVerifier>
  close(): Promise<void>
}

/**
 * A real chain with the real contracts, an honest gateway that serves over HTTP, and room for devices and couriers of
 * every kind, each with keys of its own. Pages open on it through the real verify worker api.
 */
export async function openStage() {
  const { anvil, chain, owner, gateway: account, contracts, genesisTimeS } = await startTestChain()
  const folder = mkdtempSync(join(tmpdir(), 'veracity-attacks-'))
  const kept = createBodyStore(folder)
  const withheld = new Set<string>()
  const bodies: BodyStore = { ...kept, get: (hash) => (withheld.has(hash) ? null : kept.get(hash)) }
  const domain: FrameDomain = { chainId: chain.chainId, registry: fromHex(contracts.directory)! }
  const documents: DeviceDocument[] = []
  const honest = createGateway({ crypto, chain, account, anchorLog: contracts.anchorLog, bodies })
  const server = await serveGateway({
    bodies,
    backlog: createLiveBacklog(),
    status: () => ({}),
    documents: () => documents,
    mischief: () => ({ kind: 'none', device: null }),
    setMischief: () => Promise.reject(new Error('Nothing to switch here.')),
  })
  const pages = new Set<StagePage>()
  const nowS = (): number => Math.floor(Date.now() / 1000)
  const transact = async (from: PrivateKeyAccount, to: Hex, data: Hex): Promise<boolean> => {
    const hash = await chain.send(from, to, data)
    await chain.mineAt(nowS())
    return (await chain.receipt(hash))?.status === 'success'
  }
  let seeds = 0

  const createDevice = (curve: Curve): StageDevice => {
    const signer = createTestSigner(curve, ++seeds)
    let seq = 0
    let prev: Uint8Array = NO_PREV
    return {
      signer,
      address: toHex(signer.address),
      frame({ readings = someReadings(3), t0Ms = Date.now() - 10_000, skip = 0, domain: elsewhere = domain } = {}) {
        seq += skip
        const bytes = signer.sign({ epoch: 0, seqFirst: seq, prev, t0Ms, readings, domain: elsewhere })
        seq += readings.length
        prev = crypto.keccak256(bytes.subarray(0, -64))
        return bytes
      },
    }
  }
  const register = async ({ signer, address }: StageDevice, kind: DeviceKind): Promise<void> => {
    const document: DeviceDocument = {
      ...{ format: 'veracity-device', version: 1, address, kind, title: `${kind} ${address.slice(0, 6)}` },
      ...{ latDeg: 51.1, lonDeg: 71.4, heightM: 3, buildingOsmId: null },
    }
    documents.push(document)
    const entry = {
      device: address,
      curve: codeOfCurve(signer.curve),
      keyX: toHex(signer.publicKey.subarray(1, 33)),
      keyY: toHex(signer.publicKey.subarray(33)),
      kind: DEVICE_KINDS.indexOf(kind),
      origin: ORIGIN_CODES.indexOf('simulated'),
      validFrom: BigInt(genesisTimeS),
      docHash: documentHash(crypto, document),
    }
    await transact(owner, contracts.directory, encodeCall(deviceDirectoryAbi, 'register', [[entry]]))
  }

  return {
    chain,
    contracts,
    rpcUrl: anvil.rpc.url,
    gatewayUrl: `${server.url}/gateway`,
    domain,
    honest,
    /** A device, registered on the chain unless it is a stranger. */
    async device({
      curve = 'secp256k1',
      kind = 'smart-meter',
      stranger = false,
    }: DeviceWish = {}): Promise<StageDevice> {
      const device = createDevice(curve)
      if (!stranger) await register(device, kind)
      return device
    },
    /** Hands frames to the honest gateway and has them anchored. */
    async deliver(...frames: readonly Uint8Array[]): Promise<void> {
      for (const bytes of frames) honest.submit({ device: toHex(bytes.subarray(34, 54)), bytes })
      await honest.seal(nowS())
    },
    revoke: ({ address }: StageDevice) =>
      transact(owner, contracts.status, encodeCall(deviceStatusAbi, 'revoke', [[address]])),
    /** A gateway that the project let in, and that does what it likes from then on. */
    async courier(): Promise<Courier> {
      const own = await chain.createAccount()
      const address = own.address.toLowerCase() as Hex
      await transact(owner, contracts.anchorLog, encodeCall(anchorLogAbi, 'registerGateway', [address]))
      const frontier = createFrontier(tree)
      return {
        address,
        async seal(frames, { batchRoot, logRoot, withhold = false, ...span } = {}) {
          const seq = frontier.size
          const body = encodeBatch({ gateway: fromHex(address)!, seq, frames })
          const dataHash = toHex(crypto.keccak256(body))
          kept.put(dataHash, body)
          if (withhold) withheld.add(dataHash)
          const root =
            batchRoot ??
            toHex(
              rootOf(
                tree,
                frames.map((frame) => tree.leaf(frame)),
              ),
            )
          frontier.append(tree.leaf(fromHex(root)!))
          const [fromMs, toMs] = spanOf(frames, span)
          const args = [BigInt(seq), root, logRoot ?? toHex(frontier.root()), BigInt(frontier.size)]
          const more = [frames.length, BigInt(fromMs), BigInt(toMs), dataHash]
          const stood = await transact(own, contracts.anchorLog, encodeCall(anchorLogAbi, 'anchor', [...args, ...more]))
          return stood ? dataHash : null
        },
      }
    },
    /** Opens a page on the stage. */
    async open(change: PageWish = {}): Promise<StagePage> {
      const config: SourcesConfig = {
        mode: 'live',
        chain: {
          rpc: change.rpc ?? anvil.rpc.url,
          chainId: chain.chainId,
          ...contracts,
          witnesses: change.witnesses ?? 1,
          ...(change.otherRpcs ? { otherRpcs: [...change.otherRpcs] } : {}),
        },
        gateway: `${server.url}/gateway`,
        indexer: change.indexer ?? null,
        recorded: null,
        lesson: null,
      }
      const page = collect()
      let aheadMs = 0
      const clock: Clock = { ...systemClock, nowMs: () => systemClock.nowMs() + aheadMs }
      const verifier = connectVerifier(undefined, clock)
      await verifier.start(config, 'http://127.0.0.1/', page)
      const opened: StagePage = {
        page,
        verifier,
        advance(ms: number) {
          aheadMs += ms
        },
        async close() {
          pages.delete(opened)
          await verifier.stop()
          verifier.dispose()
        },
      }
      pages.add(opened)
      return opened
    },
    async close(): Promise<void> {
      for (const page of [...pages]) await page.close()
      await server.stop()
      await anvil.stop()
      rmSync(folder, { recursive: true, force: true })
    },
  }
}
export type Stage = Awaited<ReturnType<typeof openStage>>

interface PageWish {
  readonly rpc?: string
  readonly otherRpcs?: readonly string[]
  readonly witnesses?: number
  readonly indexer?: string
}
interface DeviceWish {
  readonly curve?: Curve
  readonly kind?: DeviceKind
  readonly stranger?: boolean
}

function spanOf(frames: readonly Uint8Array[], { tMinMs, tMaxMs }: CourierLies): [number, number] {
  const view = createFrameView()
  let [fromMs, toMs] = [Infinity, 0]
  for (const frame of frames) {
    if (decodeFrame(frame, view) !== null) continue
    fromMs = Math.min(fromMs, view.t0Ms)
    toMs = Math.max(toMs, view.toMs)
  }
  const last = tMaxMs ?? toMs
  return [Math.min(tMinMs ?? fromMs, last), last]
}

import type { Hex } from 'viem'
import type { PrivateKeyAccount } from 'viem/accounts'
import { TwinError } from '../../src/base/errors.ts'
import { fromHex, toHex } from '../../src/base/hex.ts'
import { anchorLogAbi } from '../../src/chain/abis.ts'
import { encodeBatch, MAX_BATCH_FRAMES } from '../../src/proofs/batch.ts'
import type { ProofCrypto } from '../../src/proofs/crypto.ts'
import { decodeFrame } from '../../src/proofs/decodeFrame.ts'
import { createFrameView } from '../../src/proofs/frame.ts'
import { createFrontier } from '../../src/proofs/frontier.ts'
import { createTreeHash, rootOf } from '../../src/proofs/merkle.ts'
import type { BodyStore } from './bodyStore.ts'
import { type DevChain, encodeCall } from './devChain.ts'
import type { LiveBacklog } from './liveBacklog.ts'
import { createMischiefs, type Delivered, type Mischiefs } from './mischief.ts'

/** Arguments of one `anchor` call, kept so that a batch can be anchored again when a reorg drops it. */
type AnchorCall = readonly [bigint, Hex, Hex, bigint, number, bigint, bigint, Hex]

/** A courier: takes frames in, batches them, keeps the log, anchors roots and stores bodies. It judges nothing. */
export interface Gateway {
  readonly address: Hex
  readonly mischiefs: Mischiefs
  readonly logSize: number
  readonly logRoot: Hex
  readonly pending: number
  submit(frame: Delivered): void
  /** Batches what is pending and anchors it at a block time. Returns the first batch number, or null when nothing waited. */
  seal(timeS: number): Promise<number | null>
  /** Looks whether the chain still holds every anchor, and anchors again what a reorg dropped. Returns how many. */
  repair(timeS: number): Promise<number>
}

export interface GatewayParts {
  readonly crypto: ProofCrypto
  readonly chain: DevChain
  readonly account: PrivateKeyAccount
  readonly anchorLog: Hex
  readonly bodies: BodyStore
  /** Where frames go at once, before they are anchored; without one nobody listens. */
  readonly backlog?: LiveBacklog
  /** For how long the owner of a device wants its messages kept back; 0 or nothing for not at all. */
  readonly delayOf?: (device: Hex) => number
}

export function createGateway(parts: GatewayParts): Gateway {
  const { crypto, chain, account, anchorLog, bodies, backlog, delayOf = () => 0 } = parts
  const tree = createTreeHash(crypto.keccak256)
  const frontier = createFrontier(tree)
  const mischiefs = createMischiefs()
  const address = account.address.toLowerCase() as Hex
  const addressBytes = fromHex(address)!
  const view = createFrameView()
  const calls: AnchorCall[] = []
  let pending: Delivered[] = []
  const told = new WeakSet<Uint8Array>() // frames the live channel already has

  const tell = (frame: Uint8Array): void => {
    if (!backlog || told.has(frame)) return
    told.add(frame)
    backlog.push(frame)
  }
  const spanOf = (frames: readonly Uint8Array[]): [number, number] => {
    let fromMs = Infinity
    let toMs = 0
    for (const frame of frames) {
      if (decodeFrame(frame, view) !== null) continue
      fromMs = Math.min(fromMs, view.t0Ms)
      toMs = Math.max(toMs, view.toMs)
    }
    return fromMs === Infinity ? [0, 0] : [fromMs, toMs]
  }

  const sendCall = (call: AnchorCall): Promise<Hex> =>
    chain.send(account, anchorLog, encodeCall(anchorLogAbi, 'anchor', call))

  /** Batches, stores and anchors frames that share a delay; the batch number. */
  const sealGroup = async (frames: readonly Delivered[], delayS: number, timeS: number): Promise<number> => {
    const taken = mischiefs.apply(frames).map(({ bytes }) => bytes)
    if (delayS === 0) taken.forEach(tell) // what its owner keeps back is told to nobody ahead of time
    const seq = frontier.size
    const body = encodeBatch({ gateway: addressBytes, seq, frames: taken })
    const dataHash = toHex(crypto.keccak256(body))
    const devices = [...new Set(frames.map(({ device }) => device))]
    // before the anchor: whoever sees the anchor can have the body, or hears until when it is kept back
    bodies.put(dataHash, body, delayS > 0 ? { untilMs: (timeS + delayS) * 1000, devices } : undefined)
    const root = rootOf(
      tree,
      taken.map((frame) => tree.leaf(frame)),
    )
    frontier.append(tree.leaf(root))
    const [fromMs, toMs] = spanOf(taken)
    const call: AnchorCall = [
      ...([BigInt(seq), toHex(root), toHex(frontier.root()), BigInt(frontier.size)] as const),
      ...([taken.length, BigInt(fromMs), BigInt(toMs), dataHash] as const),
    ]
    calls.push(call)
    const hash = await sendCall(call)
    const minedS = await chain.mineAt(timeS)
    if ((await chain.receipt(hash))?.status !== 'success' && (await repair(minedS + 1)) === 0) {
      throw new TwinError('CHILD_DIED', `The embedded chain refused batch ${seq}.`)
    }
    return seq
  }
  const repair = async (timeS: number): Promise<number> => {
    const next = Number(await chain.read(anchorLog, anchorLogAbi, 'nextSeq', [address]))
    if (next >= calls.length) return 0
    for (const call of calls.slice(next)) await sendCall(call)
    await chain.mineAt(timeS)
    return calls.length - next
  }

  return {
    address,
    mischiefs,
    get logSize() {
      return frontier.size
    },
    get logRoot() {
      return toHex(frontier.root())
    },
    get pending() {
      return pending.length
    },
    submit(frame) {
      pending.push(frame)
      // a gateway that cheats shows a frame only once it has done with it what it wanted
      if (mischiefs.current.kind === 'none' && delayOf(frame.device) === 0) tell(frame.bytes)
    },
    async seal(timeS) {
      const groups = new Map<number, Delivered[]>() // by delay: what one owner keeps back must not keep back another's
      for (const frame of pending.slice(0, MAX_BATCH_FRAMES - 1)) {
        const delayS = delayOf(frame.device)
        const group = groups.get(delayS)
        if (group) group.push(frame)
        else groups.set(delayS, [frame])
      }
      pending = pending.slice(MAX_BATCH_FRAMES - 1)
      let first: number | null = null
      for (const [delayS, frames] of groups) {
        const seq = await sealGroup(frames, delayS, timeS)
        first ??= seq
      }
      return first
    },
    repair,
  }
}

import { type Hex, hashTypedData, recoverTypedDataAddress } from 'viem'
import { toHex } from '../../src/base/hex.ts'
import type { Anchor } from '../../src/proofs/anchor.ts'
import type { Curve } from '../../src/proofs/curve.ts'
import { decodeFrame } from '../../src/proofs/decodeFrame.ts'
import type { Registration } from '../../src/proofs/directory.ts'
import { createFrameView, type FrameDomain, type FrameView, HEADER_BYTES } from '../../src/proofs/frame.ts'
import { someReadings } from '../support/signers.ts'
import { createWorld, START_MS } from '../support/world.ts'

export const FRAMES = 60

/** One batch as a gateway serves it, with all that a verifier must know: plain data, so that any thread can take it. */
export interface VerifyCase {
  readonly readings: number // in each frame
  readonly body: Uint8Array
  readonly anchor: Anchor
  readonly domain: FrameDomain
  readonly registrations: readonly Registration[]
}

/** What viem's recoverTypedDataAddress takes for one frame. */
export type ViemInput = Awaited<ReturnType<typeof forViem>>

export function createVerifyCase(curve: Curve, readings: number): { batch: VerifyCase; frames: Uint8Array[] } {
  const world = createWorld()
  const devices = Array.from({ length: FRAMES }, (_, i) => world.add({ curve, seed: i + 1 }))
  const frames = devices.map((device) => device.frame(START_MS, { readings: someReadings(readings) }))
  const anchor = world.anchor(frames)
  const { domain, registrations, bodies } = world
  return { batch: { readings, body: bodies[0]!, anchor, domain, registrations }, frames }
}

const types = {
  Frame: [
    { name: 'version', type: 'uint8' },
    { name: 'curve', type: 'uint8' },
    { name: 'device', type: 'address' },
    { name: 'epoch', type: 'uint32' },
    { name: 'seqFirst', type: 'uint64' },
    { name: 'prevFrameHash', type: 'bytes32' },
    { name: 't0', type: 'uint64' },
    { name: 'count', type: 'uint16' },
    { name: 'readings', type: 'bytes' },
  ],
} as const

const typed = (view: FrameView) => ({
  domain: { name: 'Veracity Frame', version: '1', chainId: view.chainId, verifyingContract: toHex(view.registry) },
  types,
  primaryType: 'Frame' as const,
  message: {
    version: 1,
    curve: 1,
    device: toHex(view.device),
    epoch: view.epoch,
    seqFirst: BigInt(view.seqFirst),
    prevFrameHash: toHex(view.prev),
    t0: BigInt(view.t0Ms),
    count: view.count,
    readings: toHex(view.signed.subarray(HEADER_BYTES)),
  },
})

/** A frame as viem wants it, its recovery bit found beforehand so that viem recovers once per frame. */
export async function forViem(frame: Uint8Array) {
  const view = createFrameView()
  decodeFrame(frame, view)
  const data = typed(view)
  for (const v of ['1b', '1c']) {
    const signature: Hex = `${toHex(view.signature)}${v}`
    if ((await recoverTypedDataAddress({ ...data, signature })).toLowerCase() === data.message.device)
      return { ...data, signature }
  }
  throw new Error(`viem does not know ${hashTypedData(data)}`)
}

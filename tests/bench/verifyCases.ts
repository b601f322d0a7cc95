import type { Anchor } from '../../src/proofs/anchor.ts'
import type { Curve } from '../../src/proofs/curve.ts'
import type { Registration } from '../../src/proofs/directory.ts'
import type { FrameDomain } from '../../src/proofs/frame.ts'
import { someReadings } from '../support/signers.ts'
import type { forViem } from '../support/typedFrame.ts'
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

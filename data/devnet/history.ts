import type { SigningDevice } from './fleet.ts'
import type { Gateway } from './gateway.ts'

/**
 * How the past is filled. Every device sends one frame per `frameEveryMs`; the fleet takes turns batch by batch.
 * `anchorEveryMs` is a multiple of `readingEveryMs`.
 */
export interface HistoryPlan {
  readonly fromMs: number
  readonly toMs: number
  readonly readingEveryMs: number
  readonly frameEveryMs: number
  readonly anchorEveryMs: number
  /** Called before each batch is sealed, with its block time: where a lesson arranges what goes wrong. */
  readonly beforeBatch?: (atMs: number) => Promise<void> | void
}

const MAX_LAG_MS = 50_000 // devices do not all read at the same second

/**
 * Signs and anchors the past of a fleet, oldest first, at the block times it would have had.
 *
 * Writes   device.nextMs: the first reading that is still to come
 * Returns  the number of frames
 * Cost     a signature per frame, a block per batch
 */
export async function fillHistory(
  devices: readonly SigningDevice[],
  gateway: Gateway,
  plan: HistoryPlan,
  onProgress: (fraction: number) => void = () => {},
): Promise<number> {
  const { fromMs, toMs, readingEveryMs, frameEveryMs, anchorEveryMs } = plan
  const turns = Math.max(1, Math.round(frameEveryMs / anchorEveryMs))
  // read shortly before a batch is sealed, so that the last reading of every frame is fresh when it is anchored
  for (const device of devices) device.nextMs = fromMs + readingEveryMs - ((device.index * 7919) % MAX_LAG_MS)
  let frames = 0
  const send = (device: SigningDevice, untilMs: number): void => {
    const times: number[] = []
    const everyMs = device.everyMs ?? readingEveryMs
    for (; device.nextMs <= untilMs; device.nextMs += everyMs) times.push(device.nextMs)
    if (times.length === 0) return
    gateway.submit({ device: device.signer.address, bytes: device.frame(times) })
    frames++
  }
  const batches = Math.floor((toMs - fromMs) / anchorEveryMs)
  for (let k = 1; k <= batches; k++) {
    const atMs = fromMs + k * anchorEveryMs
    for (const device of devices) if (device.index % turns === k % turns) send(device, atMs)
    await plan.beforeBatch?.(atMs)
    await gateway.seal(Math.floor(atMs / 1000))
    onProgress(k / (batches + 1))
  }
  for (const device of devices) send(device, toMs) // what their turn has not brought yet
  await plan.beforeBatch?.(toMs)
  await gateway.seal(Math.floor(toMs / 1000))
  onProgress(1)
  return frames
}

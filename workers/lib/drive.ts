import { TwinError } from '../../src/base/errors.ts'
import type { Steps } from '../../src/base/steps.ts'

export interface DriveOptions {
  readonly isCancelled: () => boolean
  readonly onProgress: (fraction: number) => void
  /** How long to compute between two looks at the message queue, in ms. */
  readonly sliceMs?: number
}

/**
 * Drives {@link Steps} in time slices, so that a worker hears `cancel` while it computes.
 * Progress goes out at most once a slice.
 *
 * Throws   JOB_CANCELLED at the first slice after `isCancelled` turns true.
 */
export async function drive<Result>(steps: Steps<Result>, options: DriveOptions): Promise<Result> {
  const { isCancelled, onProgress, sliceMs = 12 } = options
  for (;;) {
    const sliceEnd = performance.now() + sliceMs
    let fraction = 0
    do {
      const step = steps.next()
      if (step.done) return step.value
      fraction = step.value
    } while (performance.now() < sliceEnd)
    onProgress(fraction)
    await nextTask()
    if (isCancelled()) throw new TwinError('JOB_CANCELLED', 'The job was cancelled.')
  }
}

/** Lets queued messages in. A message channel, because nested timers are held back to 4 ms. */
export function nextTask(): Promise<void> {
  return new Promise((resolve) => {
    const { port1, port2 } = new MessageChannel()
    port1.onmessage = () => {
      port1.close()
      resolve()
    }
    port2.postMessage(null)
  })
}

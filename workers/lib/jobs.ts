import { releaseProxy } from 'comlink'
import type { Steps } from '../../src/base/steps.ts'
import { arrived } from './arrived.ts'
import { drive } from './drive.ts'
import type { ProgressSink } from './link.ts'
import { installErrorWire } from './wire.ts'

installErrorWire()

/** The jobs of one worker: runs {@link Steps}, reports their progress, and stops those that are cancelled. */
export function createJobs() {
  const open = new Map<number, { cancelled: boolean }>()
  return {
    async run<Result>(job: number, steps: Steps<Result>, progress: ProgressSink): Promise<Result> {
      const sink = arrived(progress)
      const state = { cancelled: false }
      open.set(job, state)
      try {
        return await drive(steps, {
          isCancelled: () => state.cancelled,
          onProgress: (fraction) => void sink(fraction),
        })
      } finally {
        open.delete(job)
        sink[releaseProxy]()
      }
    },
    cancel(job: number): void {
      const state = open.get(job)
      if (state) state.cancelled = true
    },
  }
}

import type { Clock } from './source.ts'

/** The machine's own time. */
export const systemClock: Clock = {
  nowMs: () => Date.now(),
  sleep: (ms, signal) =>
    new Promise((resolve) => {
      if (signal.aborted) return resolve()
      const done = (): void => {
        clearTimeout(timer)
        signal.removeEventListener('abort', done)
        resolve()
      }
      const timer = setTimeout(done, ms)
      signal.addEventListener('abort', done)
    }),
}

/** Pauses between tries that grow while nothing works. */
export interface Backoff {
  nextMs(): number
  reset(): void
}

export function createBackoff(firstMs = 500, maxMs = 15_000): Backoff {
  let pauseMs = firstMs
  return {
    nextMs() {
      const now = pauseMs
      pauseMs = Math.min(2 * pauseMs, maxMs)
      return now
    },
    reset() {
      pauseMs = firstMs
    },
  }
}

import { type Endpoint, type ProxyMarked, proxy, type Remote, wrap } from 'comlink'
import { TwinError } from '../../src/base/errors.ts'
import { installErrorWire } from './wire.ts'

export interface JobOptions {
  readonly signal?: AbortSignal
  readonly onProgress?: (fraction: number) => void
}

/** What every worker api offers beside its own methods. */
export interface Cancellable {
  cancel(job: number): void
}

export type ProgressSink = ((fraction: number) => void) & ProxyMarked

/** A thread, or a message port that stands in for one in tests. */
export type WorkerEnd = Endpoint & { terminate?(): unknown }

export interface Link<Api> {
  /** Starts a call and settles with it, with its signal, or with the worker's death, whichever comes first. */
  run<Result>(
    start: (api: Remote<Api>, job: number, sink: ProgressSink) => Promise<Result>,
    options?: JobOptions,
  ): Promise<Result>
  /** Resolves once the thread runs. */
  ready(): Promise<void>
  /** Fails all open calls and ends the thread. Later calls fail with WORKER_DIED. */
  close(): void
}

installErrorWire()

const cancelled = () => new TwinError('JOB_CANCELLED', 'The job was cancelled.')

/**
 * A line to one worker. Three things comlink leaves open are settled here, once:
 * a call ends when its signal aborts, when the worker dies, and when the line is closed.
 */
export function openLink<Api extends Cancellable>(
  worker: WorkerEnd,
  onDeath: (error: TwinError) => void = () => {},
): Link<Api> {
  const remote = wrap<Api>(worker)
  const pending = new Set<(error: TwinError) => void>()
  let dead: TwinError | null = null
  let jobs = 0

  const die = (message: string, tell: boolean) => {
    if (dead) return
    dead = new TwinError('WORKER_DIED', message)
    for (const fail of [...pending]) fail(dead)
    if (tell) onDeath(dead)
  }
  worker.addEventListener('error', (event) => {
    ;(event as Partial<Event>).preventDefault?.()
    die('The worker stopped with an error.', true)
  })
  worker.addEventListener('messageerror', () => die('A message of the worker could not be read.', true))

  const line: Link<Api> = {
    run(start, { signal, onProgress = () => {} } = {}) {
      if (dead) return Promise.reject(dead)
      if (signal?.aborted) return Promise.reject(cancelled())
      const job = ++jobs
      return new Promise((resolve, reject) => {
        const settled = () => {
          pending.delete(fail)
          signal?.removeEventListener('abort', abort)
        }
        const fail = (error: unknown) => {
          settled()
          reject(error)
        }
        const abort = () => {
          void (remote as Remote<Cancellable>).cancel(job)
          fail(cancelled())
        }
        pending.add(fail)
        signal?.addEventListener('abort', abort)
        const sink = proxy((fraction: number) => {
          if (pending.has(fail)) onProgress(fraction)
        })
        start(remote, job, sink).then((value) => {
          settled()
          resolve(value)
        }, fail)
      })
    },
    // no job has the number 0: a cancel of it does nothing but come back
    ready: () => line.run(async (api) => (api as Remote<Cancellable>).cancel(0)),
    close() {
      die('The line to the worker was closed.', false)
      worker.terminate?.()
    },
  }
  return line
}

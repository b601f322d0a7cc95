import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { Worker } from 'node:worker_threads'
import { type ErrorCode, type ErrorDetails, TwinError } from '../base/errors.ts'
import { finish } from '../base/steps.ts'
import { type Executor, type PlanJob, type PlanJobResult, type PlanWorld, runPlanJob } from '../plan/jobs.ts'

export interface Pool {
  readonly execute: Executor
  close(): Promise<void>
}

/** The command's own thread as a pool of one. */
export const ownThread = (world: PlanWorld | null, onDone: () => void): Pool => ({
  execute: async (jobs) =>
    jobs.map((job) => {
      const result = finish(runPlanJob(job, world))
      onDone()
      return result
    }),
  close: async () => {},
})

interface Answer {
  readonly ready?: true
  readonly index?: number
  readonly result?: PlanJobResult
  readonly error?: { readonly code: ErrorCode; readonly message: string; readonly details: ErrorDetails }
}

// stands beside the bundle of the command; not a `new URL`, which a bundler would take for a worker of the page
const entry = join(dirname(fileURLToPath(import.meta.url)), 'nodeWorker.mjs')

/** One call of the executor that is under way. */
interface Round {
  readonly jobs: readonly PlanJob[]
  readonly results: PlanJobResult[]
  next: number
  open: number
  readonly resolve: (results: readonly PlanJobResult[]) => void
  readonly reject: (error: TwinError) => void
}

/** Worker threads that take jobs in order and answer them in order, whoever was quicker. */
export function createNodePool(workers: number, cityPath: string | null, onDone: () => void): Pool {
  let round: Round | null = null
  let dead: TwinError | null = null

  const fail = (error: TwinError): void => {
    dead = error
    round?.reject(error)
    round = null
  }
  const give = (thread: Worker): void => {
    if (!round || round.next >= round.jobs.length) return
    const index = round.next++
    thread.postMessage({ index, job: round.jobs[index] })
  }
  const threads = Array.from({ length: workers }, () => {
    const thread = new Worker(entry, { workerData: { cityPath } })
    thread.on('error', (error) => fail(new TwinError('WORKER_DIED', `A worker thread stopped: ${error.message}.`)))
    thread.on('message', ({ index, result, error }: Answer) => {
      if (error) return fail(new TwinError(error.code, error.message, error.details))
      if (!round || index === undefined || result === undefined) return
      round.results[index] = result
      onDone()
      if (--round.open > 0) return give(thread)
      const { resolve, results } = round
      round = null
      resolve(results)
    })
    return thread
  })

  const execute: Executor = (jobs) =>
    new Promise((resolve, reject) => {
      if (dead) return reject(dead)
      if (jobs.length === 0) return resolve([])
      round = { jobs, results: new Array(jobs.length), next: 0, open: jobs.length, resolve, reject }
      for (const thread of threads) give(thread)
    })

  return { execute, close: async () => void (await Promise.all(threads.map((thread) => thread.terminate()))) }
}

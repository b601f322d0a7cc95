import { expose } from 'comlink'
import { afterEach, describe, expect, test } from 'vitest'
import { TwinError } from '../../../src/base/errors.ts'
import type { Steps } from '../../../src/base/steps.ts'
import { createJobs } from '../../../workers/lib/jobs.ts'
import { type Link, openLink, type ProgressSink } from '../../../workers/lib/link.ts'

function* count(to: number, failAt = Infinity): Steps<number> {
  for (let i = 1; i <= to; i++) {
    if (i === failAt) throw new TwinError('GRID_DIVERGED', 'No.', { maxSweeps: 60 })
    const end = performance.now() + 0.2
    while (performance.now() < end);
    yield i / to
  }
  return to
}

function createApi() {
  const jobs = createJobs()
  return {
    count: (job: number, to: number, failAt: number, sink: ProgressSink) => jobs.run(job, count(to, failAt), sink),
    cancel: jobs.cancel,
  }
}
type Api = ReturnType<typeof createApi>

let link: Link<Api>
afterEach(() => link.close())

/** The real api behind a real message port: structured clone and all, but no thread. */
function connect(): Link<Api> {
  const { port1, port2 } = new MessageChannel()
  expose(createApi(), port1 as never)
  port1.start()
  link = openLink<Api>(Object.assign(port2, { terminate: () => port1.close() }) as never)
  port2.start()
  return link
}

const run = (options?: Parameters<Link<Api>['run']>[1], to = 300, failAt = Infinity) =>
  link.run((api, job, sink) => api.count(job, to, failAt, sink) as Promise<number>, options)

describe('openLink', () => {
  test('default: the result comes back, with rising progress', async () => {
    connect()
    const seen: number[] = []
    expect(await run({ onProgress: (f) => seen.push(f) })).toBe(300)
    expect(seen.length).toBeGreaterThan(0)
    expect(seen).toEqual([...seen].sort((a, b) => a - b))
  })
  test('behavior: abort rejects at once, stops the steps, and the worker takes the next job', async () => {
    connect()
    const stop = new AbortController()
    await expect(run({ signal: stop.signal, onProgress: () => stop.abort() }, 1e6)).rejects.toMatchObject({
      code: 'JOB_CANCELLED',
    })
    expect(await run({}, 3)).toBe(3)
  })
  test('behavior: a signal aborted before the call never reaches the worker', async () => {
    connect()
    await expect(run({ signal: AbortSignal.abort() })).rejects.toMatchObject({
      code: 'JOB_CANCELLED',
    })
  })
  test('behavior: ready waits for the thread and disturbs no job', async () => {
    connect()
    const job = run({}, 50)
    await link.ready()
    expect(await job).toBe(50)
  })
  test('error: WORKER_DIED when the thread ends before it runs', async () => {
    const { port2 } = new MessageChannel() // nobody answers at the other end
    link = openLink<Api>(Object.assign(port2, { terminate: () => port2.close() }) as never)
    const waiting = link.ready()
    link.close()
    await expect(waiting).rejects.toMatchObject({ code: 'WORKER_DIED' })
  })
  test('error: code and details cross whole', async () => {
    connect()
    await expect(run({}, 100, 5)).rejects.toMatchObject({
      name: 'TwinError',
      code: 'GRID_DIVERGED',
      details: { maxSweeps: 60 },
    })
  })
  test('error: WORKER_DIED when the line closes under a job, and for every call after', async () => {
    connect()
    const job = run({}, 1e6)
    link.close()
    await expect(job).rejects.toMatchObject({ code: 'WORKER_DIED' })
    await expect(run()).rejects.toMatchObject({ code: 'WORKER_DIED' })
  })
})

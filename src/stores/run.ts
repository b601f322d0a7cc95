import { createStore, type StoreApi } from 'zustand/vanilla'
import { TwinError } from '../base/errors.ts'
import type { RunOptions } from './ports.ts'

/** Where a long computation stands. The last good result stays until a better one replaces it. */
export type Run<Result> =
  | { readonly status: 'idle'; readonly result: null; readonly revision: number }
  | { readonly status: 'running'; readonly progress: number; readonly result: Result | null; readonly revision: number }
  | { readonly status: 'done'; readonly result: Result; readonly revision: number }
  | { readonly status: 'failed'; readonly error: TwinError; readonly result: Result | null; readonly revision: number }

export interface RunState<Input, Result> {
  readonly run: Run<Result>
  readonly input: Input | null // of the newest start
  readonly of: Input | null // what the result was computed for; null without one
  /** Computes; a start while one is running cancels it. Resolves when this start has settled or was overtaken. */
  start(input: Input): Promise<void>
  cancel(): void
  clear(): void
}

/** Computes a result from an input, as a worker client does; a first, coarse result may come early. */
export type RunPort<Input, Result> = (
  input: Input,
  options: RunOptions & { readonly onEarly: (result: Result) => void },
) => Promise<Result>

/** One computation at a time: the newest start wins, and only it may write. */
export function createRunStore<Input, Result>(port: RunPort<Input, Result>): StoreApi<RunState<Input, Result>> {
  let latest = new AbortController()

  return createStore<RunState<Input, Result>>()((set, get) => ({
    run: { status: 'idle', result: null, revision: 0 },
    input: null,
    of: null,

    async start(input) {
      latest.abort()
      latest = new AbortController()
      const { signal } = latest
      const { result, revision } = get().run
      const write = (run: Run<Result>, of = get().of) => {
        if (!signal.aborted) set({ run, of })
      }
      let shown = result
      let early = 0
      set({ input })
      write({ status: 'running', progress: 0, result, revision })
      try {
        const fresh = await port(input, {
          signal,
          onProgress: (progress) => write({ status: 'running', progress, result: shown, revision: revision + early }),
          onEarly: (first) => {
            shown = first
            early++
            write({ status: 'running', progress: 0, result: shown, revision: revision + early }, input)
          },
        })
        write({ status: 'done', result: fresh, revision: revision + early + 1 }, input)
      } catch (error) {
        if (!(error instanceof TwinError)) throw error
        if (error.code !== 'JOB_CANCELLED')
          write({ status: 'failed', error, result: shown, revision: revision + early })
      }
    },

    cancel() {
      latest.abort()
      const { result, revision } = get().run
      set({ run: result === null ? { status: 'idle', result: null, revision } : { status: 'done', result, revision } })
    },

    clear() {
      latest.abort()
      set({ run: { status: 'idle', result: null, revision: get().run.revision + 1 }, input: null, of: null })
    },
  }))
}

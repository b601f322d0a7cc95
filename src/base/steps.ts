/**
 * A long computation: yields its progress in [0, 1] and returns its result.
 * It knows no clock, no thread and no cancellation; whoever drives it decides all three.
 */
export type Steps<Result> = Generator<number, Result, void>

/** Runs the steps to their end at once: for tests, benchmarks and the command line. */
export function finish<Result>(steps: Steps<Result>, onProgress: (fraction: number) => void = () => {}): Result {
  for (;;) {
    const step = steps.next()
    if (step.done) return step.value
    onProgress(step.value)
  }
}

/** Passes a part's progress on as the span [from, to] of the whole, and returns the part's result. */
export function* within<Result>(from: number, to: number, part: Steps<Result>): Steps<Result> {
  for (;;) {
    const step = part.next()
    if (step.done) return step.value
    yield from + (to - from) * step.value
  }
}

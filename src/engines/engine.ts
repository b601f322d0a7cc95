import type { Steps } from '../base/steps.ts'

/** A simulation: what it reads, what it writes, and how it runs. Pure: the same input gives the same bytes anywhere. */
export interface Engine<Input, Result> {
  readonly id: string
  readonly version: string // raised whenever the same input may give another result
  readonly title: string
  readonly reads: readonly string[] // for provenance and help, in words
  readonly writes: readonly string[]
  /** Throws a TwinError, or lists findings in the result, for input it cannot take. Progress rises to 1. */
  run(input: Input): Steps<Result>
}

export const defineEngine = <Input, Result>(engine: Engine<Input, Result>): Engine<Input, Result> => engine

/** An engine of the list, whatever its input. */
export type AnyEngine = Engine<never, unknown>

import type { ReadingSlots } from '../decodeFrame.ts'

/** What others read around a message, as far as it is known. */
export interface Around {
  /** What devices of the same kind, as far as the metric's rule reaches, read of it in the same half hour, one value each. */
  neighbours(metric: number, timeMs: number): readonly number[]
  /** Power at the feeder the device hangs on; null when nobody has modelled it. */
  feeder(timeMs: number): FeederAround | null
}

/** A feeder at one time: what the model gives it, and what its meters report. */
export interface FeederAround {
  readonly model: string // whose model it is
  readonly modelledW: number
  readonly ratedVa: number
  readonly others: readonly number[] // W, absolute, of the other meters on it, one value each
}

interface RuleWords {
  readonly id: string
  readonly title: string
}

/** A rule that the message alone decides. Readings [from, to) of the slots; a sentence when physics forbids them. */
export interface FrameRule extends RuleWords {
  readonly looksAt: 'frame'
  judge(slots: ReadingSlots, from: number, to: number): string | null
}

/** A rule that also needs what others say. */
export interface SurroundingsRule extends RuleWords {
  readonly looksAt: 'surroundings'
  /** Metrics it looks at; messages without them are left alone. */
  readonly metrics: readonly number[]
  /** How far it looks for neighbours, in metres; 0 when it looks along the feeder. */
  reachM(metric: number): number
  judge(metric: number, timeMs: number, value: number, around: Around): string | null
}

export type PlausibilityRule = FrameRule | SurroundingsRule

/** Types a rule where it is written. */
export const defineRule = <Rule extends PlausibilityRule>(rule: Rule): Rule => rule

import type { ReadingSlots } from '../decodeFrame.ts'
import { plausibilityRules } from './index.ts'

const frameRules = plausibilityRules.filter((rule) => rule.looksAt === 'frame')

/** Why physics does not allow the readings [from, to) of one frame, whatever others say; null when it does. */
export function implausibility(slots: ReadingSlots, from: number, to: number): string | null {
  for (const rule of frameRules) {
    const sentence = rule.judge(slots, from, to)
    if (sentence !== null) return sentence
  }
  return null
}

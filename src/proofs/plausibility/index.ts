import { neighbours } from './neighbours.ts'
import { powerBalance } from './powerBalance.ts'
import { range } from './range.ts'
import { rate } from './rate.ts'
import type { PlausibilityRule } from './rule.ts'

/** Every way in which physics can contradict a signed value, in the order in which they are asked. */
export const plausibilityRules: readonly PlausibilityRule[] = [range, rate, neighbours, powerBalance]

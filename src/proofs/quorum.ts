import type { BatchCase } from './frameRecord.ts'

/** What one endpoint says of an anchor: behind, because its head has not reached the block; silent, because nothing usable came. */
export interface WitnessAnswer {
  readonly says: 'knows' | 'denies' | 'behind' | 'silent'
  readonly who: string // the endpoint, for a person
  readonly why: string // half a sentence, empty for 'knows'
}

/** What all endpoints together say. */
export interface QuorumResult {
  readonly state: Exclude<BatchCase['anchorState'], 'withdrawn'>
  readonly agreed: number
  readonly asked: number
  /** Who does not agree, and why; null when all do. */
  readonly note: string | null
}

/**
 * k of n, without averaging: endpoints that are behind or silent may be missing, up to n - k of them; one that
 * contradicts the others is never outvoted. With a contradiction the state is split, whatever k is.
 *
 * Returns  claimed while fewer than k agree and nobody contradicts: there is nothing to decide yet
 */
export function settleQuorum(answers: readonly WitnessAnswer[], needed: number): QuorumResult {
  const count = (says: WitnessAnswer['says']): number => answers.filter((answer) => answer.says === says).length
  const [agreed, denied] = [count('knows'), count('denies')]
  const others = answers.filter(({ says }) => says !== 'knows')
  const note = others.length > 0 ? `${others.map(({ who, why }) => `${who} ${why}`).join('; ')}.` : null
  const result = (state: QuorumResult['state']): QuorumResult => ({ state, agreed, asked: answers.length, note })
  if (agreed > 0 && denied > 0) return result('split')
  if (agreed >= needed) return result('confirmed')
  return result(denied >= needed ? 'absent' : 'claimed')
}

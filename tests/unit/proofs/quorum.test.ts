import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { settleQuorum, type WitnessAnswer } from '../../../src/proofs/quorum.ts'

const LETTER = { k: 'knows', d: 'denies', b: 'behind', s: 'silent' } as const
const answers = (letters: string): WitnessAnswer[] =>
  [...letters].map((letter, i) => ({ says: LETTER[letter as 'k'], who: `rpc${i + 1}`, why: `is ${letter}` }))

describe('settleQuorum', () => {
  test.each([
    ['k', 1, 'confirmed'],
    ['d', 1, 'absent'],
    ['s', 1, 'claimed'],
    ['b', 1, 'claimed'],
    ['kks', 2, 'confirmed'],
    ['kkb', 2, 'confirmed'],
    ['ksb', 2, 'claimed'],
    ['kss', 3, 'claimed'],
    ['kkk', 3, 'confirmed'],
    ['kkd', 2, 'split'], // two of three agree, and yet: nothing is averaged
    ['kdd', 2, 'split'],
    ['kds', 1, 'split'],
    ['ddd', 2, 'absent'],
    ['dds', 2, 'absent'],
    ['dss', 2, 'claimed'], // one voice alone cannot take an anchor away where two are needed
    ['sss', 1, 'claimed'],
  ] as const)('default: %s, of which %i must agree: %s', (letters, needed, state) => {
    expect(settleQuorum(answers(letters), needed)).toMatchObject({
      state,
      agreed: [...letters].filter((letter) => letter === 'k').length,
      asked: letters.length,
    })
  })
  test('behavior: the note names who does not agree, and why; none when all do', () => {
    expect(settleQuorum(answers('kdb'), 1).note).toBe('rpc2 is d; rpc3 is b.')
    expect(settleQuorum(answers('kk'), 2).note).toBeNull()
  })
  test('behavior: a contradiction is never confirmed nor absent, and fewer than k never settle anything (seed 3)', () => {
    const any = fc.array(fc.constantFrom('k', 'd', 'b', 's'), { minLength: 1, maxLength: 7 })
    fc.assert(
      fc.property(any, fc.integer({ min: 1, max: 7 }), (letters, needed) => {
        const { state, agreed } = settleQuorum(answers(letters.join('')), needed)
        const denied = letters.filter((letter) => letter === 'd').length
        if (agreed > 0 && denied > 0) expect(state).toBe('split')
        if (state === 'confirmed') expect([agreed >= needed, denied]).toEqual([true, 0])
        if (state === 'absent') expect([denied >= needed, agreed]).toEqual([true, 0])
      }),
      { seed: 3, numRuns: 500 },
    )
  })
})

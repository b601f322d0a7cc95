import { readFileSync } from 'node:fs'
import { beforeAll, describe, expect, test } from 'vitest'
import { finish } from '../../../src/base/steps.ts'
import { readOrLibrary } from '../../../src/cli/place/orLibrary.ts'
import type { MipSolver } from '../../../src/engines/placement/mip.ts'
import { place } from '../../../src/engines/placement/place.ts'
import { loadMipSolver } from '../../../workers/lib/highs.ts'
import { referencePath } from '../../support/reference.ts'

let solver: MipSolver
beforeAll(async () => {
  solver = await loadMipSolver()
})

// a Steiner triple covering problem: 9 lines of 3 points need 5 points (D. Fulkerson et al., Math. Prog. Study 2, 1974: A9)
const A9 = `12 9 1 1 1 1 1 1 1 1 1
3 1 2 3 3 4 5 6 3 7 8 9 3 1 4 7 3 2 5 8 3 3 6 9
3 1 5 9 3 2 6 7 3 3 4 8 3 1 6 8 3 2 4 9 3 3 5 7`
test('default: Steiner’s A9 needs 5 of 9, proven', () => {
  const problem = readOrLibrary(A9, 'a9')
  expect(finish(place({ ...problem, exact: null })).cost).toBe(5)
  expect(finish(place({ ...problem, exact: solver }))).toMatchObject({ cost: 5, bound: 5, proven: true })
})

const folder = referencePath('placement')
// optima: J. Beasley, OR-Library, scpinfo
const known: readonly (readonly [name: string, optimum: number])[] = [
  ['scp41', 429],
  ['scp42', 512],
  ['scp51', 253],
]
describe.skipIf(!folder)(`OR-Library${folder ? '' : ' (no reference folder)'}`, () => {
  const problemOf = (name: string) => readOrLibrary(readFileSync(`${folder}/${name}.txt`, 'utf8'), name)
  test.each(known)('default: %s is %d, proven', (name, optimum) => {
    expect(finish(place({ ...problemOf(name), exact: solver }))).toMatchObject({ cost: optimum, proven: true })
  })
  test.each(known)(
    'behavior: the search alone comes within 1 percent of %s = %d, with a bound that holds',
    (name, optimum) => {
      const { cost, bound } = finish(place({ ...problemOf(name), exact: null }))
      expect(cost).toBeGreaterThanOrEqual(optimum)
      expect(cost).toBeLessThanOrEqual(1.01 * optimum)
      expect(bound).toBeLessThanOrEqual(optimum)
      expect(bound).toBeGreaterThanOrEqual(0.99 * optimum)
    },
  )
})

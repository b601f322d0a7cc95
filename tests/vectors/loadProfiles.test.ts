import { readFileSync } from 'node:fs'
import { describe, expect, test } from 'vitest'
import { DAY_TYPES, PROFILE_IDS, PROFILE_TABLES, SEASONS } from '../../src/engines/load/profileTables.ts'
import { referencePath } from '../support/reference.ts'

const file = referencePath('iot', 'bdew', 'selp_series.csv')

describe.skipIf(!file)('standard load profiles (skipped without the reference folder)', () => {
  test('vector: every hour is the mean of the four published quarter hours, to the rounding of the table', () => {
    const [head, ...lines] = readFileSync(file!, 'utf8').trim().split('\n')
    const names = head!.split(',')
    const quarters = new Map<string, number[]>()
    for (const line of lines) {
      const cells = line.split(',')
      const weekday = Number(cells[2])
      if (![1, 6, 7].includes(weekday)) continue
      const key = `${cells[1]} ${weekday === 1 ? 'workday' : weekday === 6 ? 'saturday' : 'sunday'}`
      for (const id of PROFILE_IDS) {
        const list = quarters.get(`${id} ${key}`) ?? []
        list.push(Number(cells[names.indexOf(id.toLowerCase())]))
        quarters.set(`${id} ${key}`, list)
      }
    }
    let at = 0
    for (const season of SEASONS) {
      for (const day of DAY_TYPES) {
        for (let hour = 0; hour < 24; hour++, at++) {
          for (const id of PROFILE_IDS) {
            const four = quarters.get(`${id} ${season} ${day}`)!.slice(4 * hour, 4 * hour + 4)
            const mean = (four.reduce((a, b) => a + b, 0) / 4) * 1e4
            expect(Math.abs(PROFILE_TABLES[id][at]! - mean), `${id} ${season} ${day} ${hour}`).toBeLessThanOrEqual(0.51)
          }
        }
      }
    }
  })
})

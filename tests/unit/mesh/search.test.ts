import { describe, expect, test } from 'vitest'
import { finish } from '../../../src/base/steps.ts'
import { fold } from '../../../src/mesh/search/fold.ts'
import { runPrepareSearch, searchCity } from '../../../src/mesh/search.ts'
import { tagOf } from '../../../src/model/city.ts'
import { readAstana } from '../../support/cityFiles.ts'

describe('searchCity on Astana', () => {
  const { city } = readAstana()
  const titles = (query: string, limit = 8) => searchCity(city, query, limit).map(({ title }) => title)

  test.each(['Bayterek', 'bayterek', 'baiterek', 'Байтерек', 'Бәйтерек', 'астана байтерек', 'Bajterek-Turm', 'BAYT'])(
    'default: %s finds the tower first',
    (query) => {
      const [first] = searchCity(city, query, 3)
      expect(first?.kind).toBe('building')
      expect([230401645, 230401644]).toContain(city.buildings.osm.id[first!.index])
    },
  )
  test('default: in any language and spelling', () => {
    expect(titles('Хан Шатыр')[0]).toBe('Khan Shatyr')
    expect(titles('han shatir')[0]).toBe('Khan Shatyr')
    expect(titles('ハーン・シャティア')[0]).toBe('Khan Shatyr')
    expect(titles('Turan avenue')[0]).toBe('Turan Avenue')
    expect(titles('проспект Туран')).toContain('Turan Avenue')
  })
  test('default: by street and house number, in either alphabet, and the number is meant as it stands', () => {
    for (const query of ['улица Кунаева 12/1', 'ulitsa Kunaeva 12/1', 'kunaeva 12/1']) {
      const [first] = searchCity(city, query, 5)
      expect(first?.kind).toBe('building')
      expect(tagOf(city.buildings.tags, first!.index, 'addr:street')).toBe('улица Кунаева')
      expect(tagOf(city.buildings.tags, first!.index, 'addr:housenumber')).toBe('12/1')
    }
    const numbers = searchCity(city, 'Сыганак 2', 50).map(({ index }) =>
      tagOf(city.buildings.tags, index, 'addr:housenumber'),
    )
    expect(numbers.length).toBeGreaterThan(0)
    for (const number of numbers) expect(number).toMatch(/(^|\D)2(\D|$)/)
  })
  test('default: by what a thing is', () => {
    const substations = searchCity(city, 'power=substation', 40)
    expect(substations.length).toBeGreaterThanOrEqual(10)
    expect(searchCity(city, 'place_of_worship', 5).length).toBe(5)
    for (const { kind, index } of searchCity(city, 'hospital', 5)) expect([kind, index]).not.toContain('road')
  })
  test('behavior: results carry a readable title, what it is, and where', () => {
    for (const found of searchCity(city, 'проспект', 20)) {
      expect(found.title).not.toMatch(/[\u0400-\u04ff]/)
      expect(found.subtitle).not.toBe('')
      expect(Math.abs(found.xM) + Math.abs(found.yM)).toBeLessThan(60_000)
    }
  })
  test('behavior: a road is listed once, however many stretches it has', () => {
    const roads = searchCity(city, 'Turan', 50).filter(({ kind }) => kind === 'road')
    expect(new Set(roads.map(({ title }) => title)).size).toBe(roads.length)
  })
  test('behavior: nothing for nothing, nothing for nonsense, no more than asked for', () => {
    expect(searchCity(city, '', 5)).toEqual([])
    expect(searchCity(city, ' .,-! ', 5)).toEqual([])
    expect(searchCity(city, 'zzxxqqw', 5)).toEqual([])
    expect(searchCity(city, '((((', 5)).toEqual([])
    expect(searchCity(city, 'a', 7)).toHaveLength(7)
    expect(searchCity(city, 'a', 0)).toEqual([])
    expect(finish(runPrepareSearch(city))).toBe(finish(runPrepareSearch(city)))
  })
})

test('fold: one spelling for what sounds alike; numbers stay', () => {
  expect(fold('Бәйтерек')).toBe(fold('Baiterek'))
  expect(fold('Қорғалжын')).toBe(fold('Korgaljyn').replace('j', 'zh'))
  expect(fold('«Сары-Арқа» 11')).toBe('sari arka 11')
})

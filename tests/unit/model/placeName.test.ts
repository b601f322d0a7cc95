import { describe, expect, test } from 'vitest'
import type { Tags } from '../../../src/model/city.ts'
import { placeAddress, placeName, transliterate } from '../../../src/model/placeName.ts'

const tagsOfOne = (pairs: Record<string, string>): Tags => {
  const words = [...new Set(Object.entries(pairs).flat())]
  const place = (word: string) => words.indexOf(word)
  return {
    start: Uint32Array.of(0, Object.keys(pairs).length),
    key: Uint32Array.from(Object.keys(pairs), place),
    value: Uint32Array.from(Object.values(pairs), place),
    words,
  }
}

describe('transliterate', () => {
  test.each([
    ['улица Кунаева', 'ulitsa Kunaeva'],
    ['проспект Мәңгілік Ел', 'prospekt Mänggilik Yel'],
    ['Хан Шатыр', 'Khan Shatyr'],
    ['Қараөткел көпірі', 'Qaraötkel köpiri'],
    ['Сарыарқа', 'Saryarqa'],
    ['Щучинск', 'Shchuchinsk'],
    ['ЖК «Триумф»', 'ZHK «Triumf»'],
    ['Ерубаева, Маяк, съезд', 'Yerubaeva, Mayak, syezd'],
    ['Fell St 12', 'Fell St 12'],
    ['', ''],
  ])('default: %s', (local, latin) => expect(transliterate(local)).toBe(latin))
})

describe('placeName', () => {
  test('default: English first, then international, then the local name in Latin letters', () => {
    expect(placeName(tagsOfOne({ name: 'Астана-Байтерек', 'name:en': 'Bayterek' }), 0)).toBe('Bayterek')
    expect(placeName(tagsOfOne({ name: 'Хан Шатыр', int_name: 'Khan Shatyr' }), 0)).toBe('Khan Shatyr')
    expect(placeName(tagsOfOne({ name: 'Керуен' }), 0)).toBe('Keruen')
  })
  test('behavior: an English name in Cyrillic letters is not one', () => {
    expect(placeName(tagsOfOne({ 'name:en': 'белый ветер', name: 'Белый ветер' }), 0)).toBe('Belyy veter')
  })
  test('behavior: no name, no word', () => {
    expect(placeName(tagsOfOne({ building: 'yes' }), 0)).toBe('')
    expect(placeAddress(tagsOfOne({ building: 'yes' }), 0)).toBe('')
  })
  test('default: address', () => {
    expect(placeAddress(tagsOfOne({ 'addr:street': 'улица Кунаева', 'addr:housenumber': '12/1' }), 0)).toBe(
      'ulitsa Kunaeva 12/1',
    )
  })
})

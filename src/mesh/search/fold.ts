import { transliterate } from '../../model/placeName.ts'

/** Spellings that mean the same to somebody who types: й is written y or i, қ q or k, х kh or h. */
const SAME: readonly (readonly [RegExp, string])[] = [
  [/kh/g, 'h'],
  [/gh/g, 'g'],
  [/q/g, 'k'],
  [/y/g, 'i'],
  [/(.)\1+/g, '$1'],
]

/** Text as it is compared: Latin, lower case, without accents and signs, one spelling for what sounds alike. */
export function fold(text: string): string {
  let plain = transliterate(text)
    .toLowerCase()
    .normalize('NFD')
    .replace(/[\u0300-\u036f]/g, '')
  // digits are not letters that may double: house 11 is not house 1
  plain = plain.replace(/[^\p{L}\p{N}]+/gu, ' ').trim()
  return plain
    .split(' ')
    .map((word) => (/\d/.test(word) ? word : SAME.reduce((w, [from, to]) => w.replace(from, to), word)))
    .join(' ')
}

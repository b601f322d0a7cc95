import { type Tags, tagOf } from './city.ts'

/**
 * Cyrillic letters of Russian, Kazakh, Ukrainian and Kyrgyz in Latin.
 *
 * Source   BGN/PCGN romanisation of Russian (1947) and Kazakh (1979), without its apostrophes for ъ and ь, and with
 *          е after a vowel left plain, as such names are written in passports and on signs (Keruen, Kunaeva).
 */
const LATIN: Readonly<Record<string, string>> = {
  а: 'a',
  ә: 'ä',
  б: 'b',
  в: 'v',
  г: 'g',
  ғ: 'gh',
  ґ: 'g',
  д: 'd',
  е: 'e',
  ё: 'yo',
  є: 'ye',
  ж: 'zh',
  з: 'z',
  и: 'i',
  і: 'i',
  ї: 'yi',
  й: 'y',
  к: 'k',
  қ: 'q',
  л: 'l',
  м: 'm',
  н: 'n',
  ң: 'ng',
  о: 'o',
  ө: 'ö',
  п: 'p',
  р: 'r',
  с: 's',
  т: 't',
  у: 'u',
  ұ: 'ū',
  ү: 'ü',
  ф: 'f',
  х: 'kh',
  һ: 'h',
  ц: 'ts',
  ч: 'ch',
  ш: 'sh',
  щ: 'shch',
  ъ: '',
  ы: 'y',
  ь: '',
  э: 'e',
  ю: 'yu',
  я: 'ya',
}

const isCyrillic = (letter: string): boolean => letter >= 'Ѐ' && letter <= 'ӿ'

/** Text with its Cyrillic letters in Latin; everything else stays. */
export function transliterate(text: string): string {
  let out = ''
  for (let i = 0; i < text.length; i++) {
    const letter = text[i]
    const lower = letter.toLowerCase()
    let latin = Object.hasOwn(LATIN, lower) ? LATIN[lower] : letter
    // е opens a word or follows a sign: ye
    const before = i > 0 ? text[i - 1].toLowerCase() : ''
    if (lower === 'е' && (!isCyrillic(before) || before === 'ъ' || before === 'ь')) latin = 'ye'
    if (letter !== lower && latin !== '') {
      // a word in capitals stays in capitals
      const after = text[i + 1] ?? ''
      const shouts = isCyrillic(after)
        ? after !== after.toLowerCase()
        : i > 0 && before !== text[i - 1] && isCyrillic(before)
      latin = shouts ? latin.toUpperCase() : latin[0].toUpperCase() + latin.slice(1)
    }
    out += latin
  }
  return out
}

const isReadable = (text: string): boolean => !/[\u0400-\u04ff]/.test(text)

/** The name keys in the order in which they are asked; the first that is written in Latin wins. */
const KEYS = ['name:en', 'int_name', 'name'] as const

/** How a feature is called on screen: its English or international name, else its own in Latin letters. '' without one. */
export function placeName(tags: Tags, feature: number): string {
  let local = ''
  for (const key of KEYS) {
    const value = tagOf(tags, feature, key)
    if (!value) continue
    if (isReadable(value)) return value
    local = value
  }
  return transliterate(local)
}

/** Street and house number in Latin letters: "ulitsa Kunaeva 12/1". '' when no street is mapped. */
export function placeAddress(tags: Tags, feature: number): string {
  const street = tagOf(tags, feature, 'addr:street')
  if (!street) return ''
  const number = tagOf(tags, feature, 'addr:housenumber')
  return transliterate(number ? `${street} ${number}` : street)
}

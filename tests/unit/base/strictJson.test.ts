import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { readStrictJson } from '../../../src/base/strictJson.ts'

const readValue = (text: string): unknown => {
  const read = readStrictJson(text)
  return typeof read === 'string' ? new Error(read) : read.value
}

describe('readStrictJson', () => {
  test('default: reads what JSON.stringify writes (seed 7)', () => {
    fc.assert(
      fc.property(fc.jsonValue({ maxDepth: 5 }), fc.constantFrom(0, 2), (value, indent) => {
        const text = JSON.stringify(value, null, indent)
        const [expected, got] = [JSON.parse(text) as unknown, readValue(text)]
        if (got instanceof Error) expect(got.message).toMatch(/twice|too large|Half of/)
        else expect(JSON.stringify(got)).toBe(JSON.stringify(expected))
      }),
      { seed: 7, numRuns: 400 },
    )
  })
  test('behavior: keeps the very text of each outermost member', () => {
    const read = readStrictJson(' { "a" : { "x":[1, 2] } ,\n"b":"\\u00e9" , "c": 1.50}')
    if (typeof read === 'string') throw new Error(read)
    expect([...read.sources]).toEqual([
      ['a', '{ "x":[1, 2] }'],
      ['b', '"\\u00e9"'],
      ['c', '1.50'],
    ])
  })
  test('behavior: a member named __proto__ is a member like any other', () => {
    const value = readValue('{"__proto__": {"evil": 1}}')
    expect(Object.keys(value as object)).toEqual(['__proto__'])
    expect(({} as Record<string, unknown>).evil).toBeUndefined()
  })
  test.each([
    ['nothing', ''],
    ['only space', '  '],
    ['a member named twice', '{"a":1,"a":1}'],
    ['a member named twice, once in another spelling', '{"a":1,"\\u0061":2}'],
    ['a member named twice, deep inside', '[{"x":{"a":1,"b":2,"a":3}}]'],
    ['half of a character', '"\\ud800"'],
    ['the other half of a character', '"\\udc00x"'],
    ['halves in the wrong order', '"\\udc00\\ud800"'],
    ['a whole number that a double cannot hold', '9007199254740993'],
    ['a number that is infinite', '1e999'],
    ['a leading zero', '01'],
    ['a lone minus', '-'],
    ['a plus', '+1'],
    ['a point without digits', '1.'],
    ['hexadecimal', '0x1'],
    ['NaN', 'NaN'],
    ['a comma too many', '[1,]'],
    ['a comma too many in an object', '{"a":1,}'],
    ['a name without quotes', '{a:1}'],
    ['single quotes', "{'a':1}"],
    ['no colon', '{"a" 1}'],
    ['something after it', '{} {}'],
    ['a comment', '{} // hm'],
    ['a text without end', '"abc'],
    ['a text that ends in its escape', '"abc\\'],
    ['a line break inside a text', '"a\nb"'],
    ['an unknown escape', '"\\x41"'],
    ['a cut escape', '"\\u00e"'],
    ['a byte order mark', '\ufeff{}'],
    ['an object without end', '{"a":1'],
    ['a list without end', '[1'],
    ['nesting without end', '['.repeat(100_000)],
  ])('error: refuses %s', (_, text) => {
    expect(readStrictJson(text)).toMatch(/^The JSON is refused: .* at character \d+\.$/)
  })
  test('behavior: a long text without end is refused quickly', () => {
    expect(readStrictJson(`"${'a\\n'.repeat(300_000)}`)).toMatch(/refused/)
  })
})

import { expect, test } from 'vitest'
import { codeOnly, moduleOf, sources } from './sources.ts'
import { exactMath, exactModules, MAX_LINES, MAX_MEDIAN_LINES, sizeExempt } from './table.ts'

const linesOf = (text: string): number => text.split('\n').length - 1

const find = (pattern: RegExp, within: (file: string) => boolean): string[] =>
  Object.entries(sources)
    .filter(([file]) => within(file))
    .flatMap(([file, text]) =>
      codeOnly(text)
        .split('\n')
        .map((line, i) => ({ line, at: `${file}:${i + 1}` }))
        .filter(({ line }) => pattern.test(line))
        .map(({ at, line }) => `${at} ${line.trim()}`),
    )

const exact = (file: string): boolean => exactModules.includes(moduleOf(file) ?? '')

test(`no file is longer than ${MAX_LINES} lines`, () => {
  const long = Object.entries(sources)
    .filter(([file, text]) => linesOf(text) > MAX_LINES && !sizeExempt.includes(file))
    .map(([file, text]) => `${file}: ${linesOf(text)}`)
  expect(long).toEqual([])
})

test(`the median file is at most ${MAX_MEDIAN_LINES} lines`, () => {
  const sizes = Object.values(sources)
    .map(linesOf)
    .sort((a, b) => a - b)
  expect(sizes[Math.floor(sizes.length / 2)] ?? 0).toBeLessThanOrEqual(MAX_MEDIAN_LINES)
})

test('engines use no function of Math whose last bits differ between engines', () => {
  const calls = find(/\bMath\.(\w+)/, exact).filter((row) => {
    const names = [...row.matchAll(/\bMath\.(\w+)/g)].map(([, name]) => name!)
    return names.some((name) => !exactMath.includes(name))
  })
  expect(calls).toEqual([])
  expect(find(/\*\*/, exact)).toEqual([]) // x ** y is Math.pow in disguise
})

test('engines know no clock, no unseeded chance and no thread', () => {
  expect(find(/Math\.random|Date\.now|performance\.now|new Date\(\)|setTimeout|postMessage/, exact)).toEqual([])
})

test('import.meta.env stands in src/app/config.ts only', () => {
  expect(find(/import\.meta\.env/, (file) => file !== 'src/app/config.ts')).toEqual([])
})

test('no file is named for being a drawer of everything', () => {
  const drawers = Object.keys(sources).filter((file) =>
    /(^|\/)(utils?|helpers?|common|manager|service|misc)\.tsx?$/i.test(file),
  )
  expect(drawers).toEqual([])
})

test('nothing escapes the type checker', () => {
  expect(find(/\bas any\b|: any\b|<any>|@ts-ignore|@ts-nocheck/, () => true)).toEqual([])
})

test('nothing is evaluated from text, and no markup is injected', () => {
  expect(find(/\beval\(|new Function\(|dangerouslySetInnerHTML|\.innerHTML\s*=/, () => true)).toEqual([])
})

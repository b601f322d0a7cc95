import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import {
  DEV_POLICY,
  HEADER_POLICY,
  LIBRARY_STYLES,
  PAGE_POLICY,
  SECURITY_HEADERS,
} from '../../../../src/cli/serve/headers.ts'

const rulesOf = (policy: string): Map<string, string[]> =>
  new Map(
    policy.split('; ').map((rule) => {
      const [name = '', ...sources] = rule.split(' ')
      return [name, sources] as const
    }),
  )

describe.each([
  ['the page', PAGE_POLICY],
  ['the header', HEADER_POLICY],
  ['the development server', DEV_POLICY],
])('the policy of %s', (_name, policy) => {
  const rules = rulesOf(policy)

  test('behavior: scripts come from here alone; no inline script, no eval', () => {
    expect(rules.get('script-src')).toEqual(["'self'", "'wasm-unsafe-eval'"])
    expect(rules.has('script-src-elem')).toBe(false)
  })

  test('behavior: what is not named is refused', () => {
    expect(rules.get('default-src')).toEqual(["'self'"])
    expect(rules.get('object-src')).toEqual(["'none'"])
    expect(rules.get('base-uri')).toEqual(["'none'"])
    expect(rules.get('form-action')).toEqual(["'none'"])
  })

  test('behavior: plain http reaches this machine only', () => {
    const plain = rules.get('connect-src')!.filter((source) => /^(http|ws):/.test(source))
    for (const source of plain) expect(source).toMatch(/^(http|ws):\/\/(127\.0\.0\.1|localhost):\*$/)
  })

  test('behavior: no wildcard opens a door', () => {
    for (const sources of rules.values()) expect(sources).not.toContain('*')
  })
})

test('behavior: a built page has no inline styles but the two of its library, by hash', () => {
  const styles = rulesOf(PAGE_POLICY).get('style-src')!
  expect(styles).not.toContain("'unsafe-inline'")
  expect(styles.filter((source) => source.startsWith("'sha256-")).length).toBe(LIBRARY_STYLES.length)
})

test('behavior: the hashed styles are those that the installed library writes', () => {
  const folder = join(import.meta.dirname, '../../../../node_modules/react-aria/dist/private')
  const read = (file: string): string => readFileSync(join(folder, file), 'utf8')
  const written = [
    ['interactions/usePress.mjs', LIBRARY_STYLES[0]!],
    ['overlays/usePreventScroll.mjs', LIBRARY_STYLES[1]!],
  ] as const
  for (const [file, text] of written) {
    const template = /textContent = `\n([^`]*)`\.trim\(\)/.exec(read(file))?.[1]
    const attribute = /const \S+PRESSABLE_ATTRIBUTE = '([^']+)'/.exec(read(file))?.[1] ?? ''
    expect(template?.replace(/\$\{[^}]+\}/, attribute).trim()).toBe(text)
  }
})

test('behavior: frames are refused in the header, where that works', () => {
  expect(rulesOf(HEADER_POLICY).get('frame-ancestors')).toEqual(["'none'"])
  expect(rulesOf(PAGE_POLICY).has('frame-ancestors')).toBe(false)
  expect(SECURITY_HEADERS['Content-Security-Policy']).toBe(HEADER_POLICY)
  expect(SECURITY_HEADERS['X-Content-Type-Options']).toBe('nosniff')
  expect(SECURITY_HEADERS['Cross-Origin-Opener-Policy']).toBe('same-origin')
})

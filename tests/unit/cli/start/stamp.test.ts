import { mkdirSync, mkdtempSync, rmSync, utimesSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, expect, test } from 'vitest'
import { TwinError } from '../../../../src/base/errors.ts'
import { numberOption } from '../../../../src/cli/numberOption.ts'
import { createProgress } from '../../../../src/cli/start/progress.ts'
import { stampOf } from '../../../../src/cli/start/stamp.ts'

const root = mkdtempSync(join(tmpdir(), 'veracity-stamp-'))
afterAll(() => rmSync(root, { recursive: true, force: true }))

test('behavior: a stamp changes with what is watched, and with nothing else', () => {
  mkdirSync(join(root, 'src/cli'), { recursive: true })
  writeFileSync(join(root, 'src/a.ts'), 'a')
  writeFileSync(join(root, 'src/cli/b.ts'), 'b')
  const stamp = (): string => stampOf(root, ['src', 'missing'], ['src/cli'])
  const first = stamp()
  expect(stamp()).toBe(first)
  writeFileSync(join(root, 'src/cli/c.ts'), 'c')
  expect(stamp()).toBe(first)
  utimesSync(join(root, 'src/a.ts'), 1, 1)
  const touched = stamp()
  expect(touched).not.toBe(first)
  writeFileSync(join(root, 'src/d.ts'), '')
  const added = stamp()
  expect(added).not.toBe(touched)
  writeFileSync(join(root, 'missing'), '')
  expect(stamp()).not.toBe(added)
})

test('default: a step is one line with its time', async () => {
  const lines: string[] = []
  let nowMs = 0
  const progress = createProgress({ err: (text) => lines.push(text) }, () => nowMs)
  const result = await progress.step('fleet', async (say) => {
    say('320 devices')
    nowMs = 1_240
    return 7
  })
  expect(result).toBe(7)
  expect(lines).toEqual(['  ✓ fleet       320 devices, 1.2 s'])
})

test('error: a step that fails says nothing of being done', async () => {
  const lines: string[] = []
  const progress = createProgress({ err: (text) => lines.push(text) })
  await expect(progress.step('x', () => Promise.reject(new Error('no')))).rejects.toThrow('no')
  expect(lines).toEqual([])
})

test.each(['-1', '1.5', '70000', 'abc', '', '1e3', '0x10', ' 5', true])('error: BAD_USAGE --port %j', (port) => {
  expect(() => numberOption({ positionals: [], values: { port } }, 'port', 0, 65_535)).toThrow(TwinError)
})

test('default: a number option, given and not given', () => {
  expect(numberOption({ positionals: [], values: { port: '4610' } }, 'port', 0, 65_535)).toBe(4610)
  expect(numberOption({ positionals: [], values: {} }, 'port', 0, 65_535)).toBeUndefined()
})

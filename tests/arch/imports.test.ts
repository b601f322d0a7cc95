import { describe, expect, test } from 'vitest'
import { importsOf, moduleOf, sources, targetOf } from './sources.ts'
import { exceptions, mayImport, roofs } from './table.ts'

function allowed(file: string, module: string, target: string, typeOnly: boolean): boolean {
  if (target === module) return true
  const row = mayImport[module] ?? []
  if (row.includes('*') || row.includes(target)) return true
  if (typeOnly && row.includes(`${target}:types`)) return true
  return exceptions.some(({ files, may }) => file.startsWith(files) && may === target)
}

test('every source file belongs to a module of the table', () => {
  expect(Object.keys(sources).filter((file) => !moduleOf(file))).toEqual([])
})

describe.each(Object.keys(mayImport))('%s', (module) => {
  test('imports only what its row allows', () => {
    const strays: string[] = []
    for (const [file, text] of Object.entries(sources)) {
      if (moduleOf(file) !== module) continue
      for (const { specifier, typeOnly } of importsOf(file, text)) {
        const target = targetOf(file, specifier)
        if (!allowed(file, module, target, typeOnly)) strays.push(`${file} imports ${specifier}`)
      }
    }
    expect(strays).toEqual([])
  })
})

test.each(roofs)('nobody imports %s', (roof) => {
  const strays = Object.entries(sources)
    .filter(([file]) => moduleOf(file) !== roof)
    .flatMap(([file, text]) =>
      importsOf(file, text).map(({ specifier }) => ({
        file,
        target: targetOf(file, specifier),
      })),
    )
    .filter(({ target }) => target === roof)
    .map(({ file }) => file)
  expect(strays).toEqual([])
})

test('the law bites: a scene that reaches for an engine is caught', () => {
  const [found] = importsOf('scenes/Bad.tsx', "import { x } from '../src/engines/grid/radialFlow.ts'")
  const target = targetOf('scenes/Bad.tsx', found!.specifier)
  expect(target).toBe('src/engines')
  expect(allowed('scenes/Bad.tsx', 'scenes', target, false)).toBe(false)
})

import { describe, expect, test } from 'vitest'
import { TwinError } from '../../src/base/errors.ts'
import type { Finding } from '../../src/base/findings.ts'
import type { Steps } from '../../src/base/steps.ts'
import { engines } from '../../src/engines/index.ts'

/** What an engine is tried with: `tests/conformance/engines/<id>.ts`, beside this file. */
interface EngineTrial {
  readonly sample: () => unknown
  /** Inputs it cannot take, each of which must throw a TwinError or come back with findings. */
  readonly broken: readonly { readonly title: string; readonly input: () => unknown }[]
}

const trials = import.meta.glob<EngineTrial>('./engines/*.ts', { eager: true })
const folders = Object.keys(import.meta.glob('/src/engines/*/index.ts')).map((path) => path.split('/').at(-2)!)

test('the list has every folder', () => {
  expect(engines.map(({ id }) => id).sort()).toEqual(folders.sort())
})

describe.each(engines)('$id', (engine) => {
  const trial = trials[`./engines/${engine.id}.ts`]!
  const start = (input: unknown): Steps<unknown> => engine.run(input as never)

  test('has a trial, and says what it is', () => {
    expect(trial).toBeDefined()
    expect(engine.version).toMatch(/^\d+(\.\d+)*$/)
    expect(engine.title.length).toBeGreaterThan(3)
    expect(engine.reads.length * engine.writes.length).toBeGreaterThan(0)
  })
  test('gives the same bytes for the same input', () => {
    const run = () => {
      for (const steps = start(trial.sample()); ; ) {
        const step = steps.next()
        if (step.done) return step.value
      }
    }
    expect(run()).toEqual(run())
  })
  test('its progress rises from 0 to 1', () => {
    const seen: number[] = []
    for (const fraction of start(trial.sample())) seen.push(fraction)
    expect(seen.length).toBeGreaterThan(0)
    expect(seen).toEqual([...seen].sort((a, b) => a - b))
    expect(seen[0]).toBeGreaterThanOrEqual(0)
    expect(seen.at(-1)).toBe(1)
  })
  test('names what it cannot take', () => {
    expect(trial.broken.length).toBeGreaterThan(0)
    for (const { title, input } of trial.broken) {
      let findings: readonly Finding[] = []
      try {
        for (const steps = start(input()); ; ) {
          const step = steps.next()
          if (!step.done) continue
          findings = (step.value as { findings?: readonly Finding[] }).findings ?? []
          break
        }
      } catch (error) {
        expect(error, title).toBeInstanceOf(TwinError)
        continue
      }
      expect(findings.length, title).toBeGreaterThan(0)
    }
  })
})

import { spawnSync } from 'node:child_process'
import { mkdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { cacheDir, projectRoot } from '../../src/cli/root.ts'
import type { Figure } from './figure.ts'

interface BenchReport {
  readonly files: readonly {
    readonly groups: readonly {
      readonly fullName: string
      readonly benchmarks: readonly {
        readonly name: string
        readonly median: number
        readonly min: number
        readonly max: number
      }[]
    }[]
  }[]
}

/**
 * power-grid-model, iterative current method, symmetric, 1,001 buses, one scenario: 0.285 ms as its own benchmark publishes
 * it (PowerGridModel/power-grid-model-benchmark). Its makers' machine, not this one: a landmark, not a race.
 */
const PUBLISHED_FLOW_US = 285

/** What a click may take until the device is proven down to a block header, its data being local. */
const CLICK_MS = 5

/** The kernels that vitest times: power flow, city grid, coverage, economics, verification, header proof. */
export async function kernels(): Promise<Figure[]> {
  const file = join(cacheDir, 'bench', 'vitest.json')
  mkdirSync(join(cacheDir, 'bench'), { recursive: true })
  const args = ['node_modules/vitest/vitest.mjs', 'bench', '--run', '--project', 'unit', `--outputJson=${file}`]
  const { status } = spawnSync(process.execPath, args, {
    cwd: projectRoot,
    stdio: 'inherit',
    env: { ...process.env, CI: '1' },
  })
  if (status !== 0) throw new Error(`vitest bench ended with ${status}.`)
  const { files } = JSON.parse(readFileSync(file, 'utf8')) as BenchReport
  const groups = files.flatMap(({ groups: found }) => found)
  const timed = groups.flatMap(({ fullName, benchmarks }) =>
    benchmarks.map((bench) => ({ ...bench, group: fullName.replace(/^.*? > /, '') })),
  )
  const ms = (name: RegExp): number => {
    const found = timed.find((bench) => name.test(bench.name))
    if (!found) throw new Error(`No benchmark is called ${name}.`)
    return found.median
  }
  const flowUs = 1000 * ms(/^this engine/)
  const clickMs = ms(/^secp256k1, signature to header/)
  const figures: Figure[] = [
    {
      name: 'power flow of a 1,001-bus scenario',
      value: flowUs,
      unit: 'µs',
      beside: { name: 'the same sweep over objects, this run', value: 1000 * ms(/^baseline: the same sweep/) },
    },
    {
      name: 'power flow of a 1,001-bus scenario',
      value: flowUs,
      unit: 'µs',
      beside: { name: 'power-grid-model, published', value: PUBLISHED_FLOW_US },
    },
    {
      name: 'one clicked device, signature to header',
      value: clickMs,
      unit: 'ms',
      mark: { words: `≤ ${CLICK_MS}`, isMet: clickMs <= CLICK_MS },
    },
    {
      name: 'account and slot proof alone',
      value: 1000 * ms(/^account and slot proof alone$/),
      unit: 'µs',
      beside: { name: '@ethereumjs/mpt', value: 1000 * ms(/^account and slot proof alone, @ethereumjs/) },
    },
  ]
  for (const { group, name, median } of timed) {
    if (/baseline|this engine|^secp256k1, signature|^account and slot/.test(name)) continue
    figures.push({ name: `${group}: ${name}`.slice(0, 90), value: median, unit: 'ms' })
  }
  return figures
}

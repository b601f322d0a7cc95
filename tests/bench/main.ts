import { execFileSync } from 'node:child_process'
import { mkdirSync, writeFileSync } from 'node:fs'
import { cpus, loadavg } from 'node:os'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { cacheDir, projectRoot } from '../../src/cli/root.ts'
import { firstFrame } from './browser/firstFrame.ts'
import { verifyInChromium } from './browser/verifyInChromium.ts'
import { cityTimes } from './cityTimes.ts'
import { economyTimes } from './economyTimes.ts'
import { type Figure, tableOf } from './figure.ts'
import { kernels } from './kernels.ts'
import { productMemory } from './productMemory.ts'
import { verifyInNode } from './verifyInNode.ts'

/** Every part of the benchmarks, in the order they run: what needs no browser first. */
const PARTS: Readonly<Record<string, (runs: number) => Promise<Figure[]>>> = {
  kernels,
  city: cityTimes,
  economy: economyTimes,
  'verify-node': verifyInNode,
  'verify-chromium': verifyInChromium,
  'first-frame': firstFrame,
  memory: productMemory,
}

const commit = (): string =>
  execFileSync('git', ['rev-parse', '--short', 'HEAD'], { cwd: projectRoot, encoding: 'utf8' }).trim()

/** Runs the parts, prints the table, and leaves the figures under `.veracity/bench`. */
export async function main(args: string[]): Promise<number> {
  const { values } = parseArgs({
    args,
    options: { only: { type: 'string' }, runs: { type: 'string', default: '5' } },
  })
  const runs = Number(values.runs)
  if (!Number.isInteger(runs) || runs < 1) {
    console.error(`--runs: got "${values.runs}", expected a whole number from 1.`)
    return 2
  }
  const names = Object.keys(PARTS).filter((name) => values.only === undefined || name === values.only)
  if (names.length === 0) {
    console.error(`--only: got "${values.only}", expected one of ${Object.keys(PARTS).join(', ')}.`)
    return 2
  }
  const figures: Figure[] = []
  const load: number[] = []
  for (const name of names) {
    console.log(`── ${name}`)
    load.push(loadavg()[0]!)
    const found = await PARTS[name]!(runs)
    console.log(`${tableOf(found)}\n`)
    figures.push(...found)
  }
  load.push(loadavg()[0]!)
  const machine = {
    cpu: cpus()[0]?.model ?? 'unknown',
    cores: cpus().length,
    node: process.version,
    loadBetweenParts: load,
    commit: commit(),
    at: new Date().toISOString(),
  }
  const folder = join(cacheDir, 'bench')
  mkdirSync(folder, { recursive: true })
  const file = join(folder, `${values.only ?? 'all'}.json`)
  writeFileSync(file, `${JSON.stringify({ machine, figures }, null, 2)}\n`)
  if (names.length > 1) console.log(tableOf(figures))
  console.log(
    `\n${machine.cores} cores, ${machine.cpu}, Node ${machine.node}, load ${load.map((l) => l.toFixed(1)).join(' ')}`,
  )
  console.log(`Written to ${file.slice(projectRoot.length + 1)}`)
  return 0
}

import { execFile } from 'node:child_process'
import { rmSync } from 'node:fs'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { gzipSync } from 'node:zlib'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { encodeCity } from '../../src/formats/cityFile/encodeCity.ts'
import type { Asset } from '../../src/model/asset.ts'
import { type Edit, emptyScenario } from '../../src/model/scenario.ts'
import { writeScenarioFile } from '../../src/model/scenarioFile.ts'
import { scratch } from '../support/commandLine.ts'
import { aBase, aProvenance } from '../support/scenarios.ts'
import { tinyCity } from '../support/tinyCity.ts'

// The command line as it is installed: bundled, in a process of its own, with real threads.
const folder = join(process.cwd(), '.veracity', `test-cli-${process.pid}`)
const files = scratch()
const asset = (id: string, kind: Asset['kind'], network: string, lonDeg: number): Asset => ({
  id,
  kind,
  latDeg: 51.13,
  lonDeg,
  network,
  params: {},
})
const assets = [
  asset('g', 'lorawan-gateway', 'helium-iot', 71.43),
  asset('w', 'wifi-cell', 'helium-mobile', 71.431),
  asset('v', 'wifi-cell', 'helium-mobile', 71.434),
  asset('r', 'gpu-rack', 'render', 71.44),
]

beforeAll(async () => {
  const { bundle } = (await import(join(process.cwd(), 'src/cli/bundle.mjs'))) as {
    bundle(folder: string): Promise<void>
  }
  await bundle(folder)
}, 120_000)
afterAll(() => {
  files.remove()
  rmSync(folder, { recursive: true, force: true })
})

test('behavior: one thread and three give the same figures, bit for bit', { timeout: 120_000 }, async () => {
  const city = tinyCity([
    { x: -10, y: -10, w: 20, h: 20, heightM: 27 },
    { x: 90, y: 30, w: 40, h: 15, heightM: 12 },
  ])
  const cityPath = files.write('tiny.vcity.gz', gzipSync(encodeCity(city)))
  const scenario = {
    ...emptyScenario({ ...aBase, city: 'tiny' }),
    edits: assets.map((after): Edit => ({ kind: 'asset', id: after.id, before: null, after })),
  }
  const scenarioPath = files.write('plan.json', writeScenarioFile(scenario, aProvenance()))
  const script = files.write(
    'runner.mjs',
    `import { main } from ${JSON.stringify(join(folder, 'main.mjs'))}; process.exitCode = await main(process.argv.slice(2))`,
  )
  const run = async (workers: number) => {
    const argv = [
      'run',
      scenarioPath,
      '--city',
      cityPath,
      '--draws',
      '6000',
      '--seed',
      '3',
      '--json',
      '--workers',
      String(workers),
    ]
    const { stdout } = await promisify(execFile)(process.execPath, [script, ...argv], { maxBuffer: 1e8 })
    const report = JSON.parse(stdout) as { resultHash: string; provenance: { createdAt?: string } }
    delete report.provenance.createdAt
    return report
  }
  const [one, three] = [await run(1), await run(3)]
  expect(three.resultHash).toBe(one.resultHash)
  expect(three).toEqual(one)
})

test('behavior: a node’s economy is the same on one, two and four threads, bit for bit', {
  timeout: 120_000,
}, async () => {
  const script = files.write(
    'economist.mjs',
    `import { main } from ${JSON.stringify(join(folder, 'main.mjs'))}; process.exitCode = await main(process.argv.slice(2))`,
  )
  const run = async (workers: number) => {
    const argv = ['economy', 'run', 'filecoin', '--draws', '9000', '--json', '--workers', String(workers)]
    return (await promisify(execFile)(process.execPath, [script, ...argv], { maxBuffer: 1e8 })).stdout
  }
  const one = await run(1)
  expect(await run(2)).toBe(one)
  expect(await run(4)).toBe(one)
})

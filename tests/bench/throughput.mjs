// Verified readings a second per worker, in Node and in Chromium, beside viem and native libsecp256k1, in one run:
// `node tests/bench/throughput.mjs`; `--node` leaves the browser out. Exits 1 when a target is missed.
import { spawnSync } from 'node:child_process'
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { cpus, loadavg, tmpdir } from 'node:os'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { chromium } from 'playwright-core'
import { build, preview } from 'vite'
import { chromiumArgs, chromiumPath } from '../support/chromium.mjs'

const here = import.meta.dirname
const TARGETS = {
  'secp256k1/60': 200_000,
  'secp256k1/10': 35_000,
  'p256/60': 200_000,
  'p256/10': 35_000,
  'p256/1': 5_000,
}
const VIEM_RATIO = 9
const scratch = mkdtempSync(join(tmpdir(), 'veracity-throughput-'))
const n = (value) => Math.round(value).toLocaleString('en')

async function inNode() {
  const entry = join(here, 'throughput/measure.ts')
  await build({
    configFile: false,
    logLevel: 'error',
    root: here,
    ssr: { noExternal: true },
    build: { ssr: entry, target: 'node20', outDir: join(scratch, 'node'), minify: false },
  })
  const { measure } = await import(pathToFileURL(join(scratch, 'node/measure.js')).href)
  return measure(() => {
    const { user, system } = process.cpuUsage()
    return (user + system) / 1000
  })
}

async function inChromium() {
  const root = join(scratch, 'page')
  mkdirSync(root)
  const entry = join(here, 'throughput/page.ts')
  writeFileSync(join(root, 'index.html'), `<!doctype html><script type="module" src="${entry}"></script>`)
  const shared = { configFile: false, logLevel: 'error', root, base: './' }
  await build({
    ...shared,
    worker: { format: 'es' },
    build: { target: 'es2022', outDir: 'dist', assetsInlineLimit: 0 },
  })
  const server = await preview({ ...shared, build: { outDir: 'dist' }, preview: { port: 0, host: '127.0.0.1' } })
  const browser = await chromium.launch({ executablePath: chromiumPath(), args: chromiumArgs })
  try {
    const page = await browser.newPage()
    await page.goto(server.resolvedUrls.local[0])
    await page.waitForFunction('typeof measureInWorker === "function"')
    return await page.evaluate('measureInWorker()')
  } finally {
    await browser.close()
    await server.close()
  }
}

const missed = []
function report(where, { readingsPerS, perCpuS, signaturesPerS, viemPerS }, nativePerS) {
  console.log(`\n${where}, one worker; load average ${loadavg()[0].toFixed(1)} on ${cpus().length} cores`)
  for (const [name, rate] of Object.entries(readingsPerS)) {
    const [curve, perFrame] = name.split('/')
    const target = TARGETS[name]
    if (target && rate < target) missed.push(`${where} ${name}`)
    const goal = target ? `, target ${n(target)}${rate < target ? '  MISSED' : ''}` : ''
    console.log(
      `  ${curve}, ${perFrame} readings a frame: ${n(rate)} verified readings/s${goal}${perCpuS ? `; ${n(perCpuS[name])} per second of processor time` : ''}`,
    )
  }
  const ratio = signaturesPerS / viemPerS
  if (ratio < VIEM_RATIO) missed.push(`${where} × viem`)
  console.log(`  decoding, digest and signature of a frame: ${n(signaturesPerS)}/s`)
  console.log(
    `  viem recoverTypedDataAddress, same frames: ${n(viemPerS)}/s; ours is ${ratio.toFixed(1)} ×, target ${VIEM_RATIO} ×`,
  )
  if (nativePerS)
    console.log(
      `  native libsecp256k1: ${n(nativePerS)} signatures/s; ours is ${(signaturesPerS / nativePerS).toFixed(2)} ×`,
    )
}

try {
  const native = spawnSync(process.execPath, [join(here, 'peers-native/rate.mjs')], { encoding: 'utf8' })
  const nativePerS = native.status === 0 ? Number(native.stdout) : null
  if (!nativePerS)
    console.log(`${native.stderr.trim()}\n  to have its ratio: npm install --prefix tests/bench/peers-native`)
  report('Node', await inNode(), nativePerS)
  if (!process.argv.includes('--node')) report('Chromium', await inChromium(), nativePerS)
  console.log(missed.length ? `\nMissed: ${missed.join('; ')}` : '\nEvery target is met.')
  process.exitCode = missed.length ? 1 : 0
} finally {
  rmSync(scratch, { recursive: true, force: true })
}

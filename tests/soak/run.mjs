// A long run of many devices into one page in Chromium, with sockets killed on the way:
//   node tests/soak/run.mjs [--devices 50000] [--rate 5000] [--minutes 10] [--kills 20]
// `--rate` is readings a second, ten in a frame. Ends with an audit of every sequence number; exits 1 when one is missing,
// or when 95 of 100 frames took longer than 500 ms to the store.
import { readdirSync, readFileSync, rmSync } from 'node:fs'
import { cpus, loadavg } from 'node:os'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { parseArgs } from 'node:util'
import { chromium } from 'playwright-core'
import { build } from 'vite'
import { chromiumArgs, chromiumPath } from '../support/chromium.mjs'

const PER_FRAME = 10
const LIMIT_MS = 500
const WARM_UP_SHARE = 1 / 3 // of the run, before memory counts
const SAMPLE_MS = 5_000
const MIN_SAMPLES = 6 // a slope of fewer says nothing

const text = { type: 'string' }
const { values } = parseArgs({
  options: {
    devices: { ...text, default: '50000' },
    rate: { ...text, default: '5000' },
    minutes: { ...text, default: '10' },
    kills: { ...text, default: '20' },
  },
})
const [devices, rate, minutes, kills] = [values.devices, values.rate, values.minutes, values.kills].map(Number)
if (![devices, rate, minutes, kills].every((n) => Number.isFinite(n) && n >= 0) || devices < 1) {
  console.error('Expected numbers: --devices N --rate READINGS_PER_S --minutes M --kills K.')
  process.exit(2)
}

const root = join(import.meta.dirname, '../..')
const workDir = join(root, '.veracity/soak')
const say = (words) => console.error(`  … ${words}`)
const sleep = (ms) => new Promise((resolve) => setTimeout(resolve, ms))
const n = (value, digits = 0) => value.toLocaleString('en', { maximumFractionDigits: digits })

async function bundle() {
  const shared = { configFile: false, logLevel: 'error' }
  await build({
    ...shared,
    root: import.meta.dirname,
    base: './',
    publicDir: join(root, 'public'),
    worker: { format: 'es' },
    build: { target: 'es2022', outDir: join(workDir, 'site'), emptyOutDir: true, assetsInlineLimit: 0 },
  })
  const input = { stand: join(import.meta.dirname, 'stand.ts'), figures: join(import.meta.dirname, 'figures.ts') }
  await build({
    ...shared,
    root,
    build: {
      ssr: true,
      target: 'node20',
      outDir: join(workDir, 'node'),
      emptyOutDir: true,
      minify: false,
      rolldownOptions: { input, output: { entryFileNames: '[name].mjs' } },
    },
  })
  const load = (name) => import(pathToFileURL(join(workDir, 'node', `${name}.mjs`)).href)
  return { ...(await load('stand')), ...(await load('figures')) }
}

/** Memory of the renderer that holds the page and its workers, in MiB: the largest renderer below this process. */
function rendererMiB() {
  const tree = new Map()
  for (const pid of readdirSync('/proc').filter((name) => /^\d+$/.test(name))) {
    try {
      const stat = readFileSync(`/proc/${pid}/stat`, 'utf8')
      tree.set(pid, stat.slice(stat.lastIndexOf(')') + 2).split(' ')[1])
    } catch {}
  }
  const isOurs = (pid) => pid === String(process.pid) || (tree.has(pid) && isOurs(tree.get(pid)))
  let largest = 0
  for (const pid of tree.keys()) {
    try {
      if (!isOurs(pid) || !readFileSync(`/proc/${pid}/cmdline`, 'utf8').includes('--type=renderer')) continue
      const pages = Number(readFileSync(`/proc/${pid}/statm`, 'utf8').split(' ')[1])
      largest = Math.max(largest, (pages * 4096) / 2 ** 20)
    } catch {}
  }
  return largest
}

/** JavaScript heap in use of the page without its workers, in MiB; NaN when the page is too busy to say. */
const heapMiB = (page) =>
  Promise.race([
    page.evaluate('performance.memory.usedJSHeapSize / 2 ** 20').catch(() => Number.NaN),
    sleep(1_000).then(() => Number.NaN),
  ])

const { createStand, percentile, slopeOf } = await bundle()
const stand = await createStand({
  devices,
  framesPerS: rate / PER_FRAME,
  readingsPerFrame: PER_FRAME,
  site: join(workDir, 'site'),
  workDir,
  say,
})
const browser = await chromium.launch({
  executablePath: chromiumPath(),
  args: [...chromiumArgs, '--enable-precise-memory-info'],
})
try {
  const page = await (await browser.newContext({ viewport: { width: 1280, height: 720 } })).newPage()
  const errors = []
  page.on('pageerror', (error) => errors.push(String(error)))
  page.on('console', (message) => message.type() === 'error' && errors.push(message.text()))
  await page.goto(stand.url)
  await page.waitForFunction('typeof soak !== "undefined"')
  say('waiting for the directory and the live channel')
  for (const deadline = Date.now() + 300_000; ; await sleep(1_000)) {
    const known = await page.evaluate('soak.devices()')
    const way = await page.evaluate('soak.status()?.live?.way')
    if (known === devices && way === 'socket') break
    if (Date.now() > deadline) throw new Error(`The page knows ${known} of ${devices} devices; its channel is ${way}.`)
  }

  say(`sending ${n(rate)} readings/s of ${n(devices)} devices for ${minutes} min`)
  await page.evaluate('soak.take()')
  const started = Date.now()
  const runMs = minutes * 60_000
  stand.start()
  const memory = []
  const heaps = []
  const all = { toStore: [], toDrawn: [], ingestPerFrame: [], perMessage: [], verdicts: {}, readings: 0 }
  let cut = 0
  let killsDone = 0
  const collect = async () => {
    const part = await page.evaluate('soak.take()')
    for (const name of ['toStore', 'toDrawn', 'ingestPerFrame', 'perMessage'])
      for (const v of part[name]) all[name].push(v)
    for (const [name, count] of Object.entries(part.verdicts)) all.verdicts[name] = (all.verdicts[name] ?? 0) + count
    all.readings = part.readings
  }
  for (let sampled = started; Date.now() - started < runMs; await sleep(200)) {
    const share = (Date.now() - started) / runMs
    if (killsDone < kills && share > (killsDone + 0.5) / kills) {
      // nothing is killed while the page is on its way back: the next look tries again
      const killed = stand.killSockets()
      if (killed > 0) killsDone++
      cut += killed
    }
    if (Date.now() - sampled < SAMPLE_MS) continue
    sampled = Date.now()
    await collect()
    memory.push([(sampled - started) / 60_000, rendererMiB()])
    heaps.push(await heapMiB(page))
  }
  await stand.finish()
  say('waiting until everything is anchored and verified')
  const frames = stand.frames
  const expected = stand.expected()
  let status
  let behind
  for (const deadline = Date.now() + 120_000; Date.now() < deadline; await sleep(1_000)) {
    status = await page.evaluate('soak.status()')
    behind = await page.evaluate(`soak.behind(${JSON.stringify(expected)})`)
    if (status.frames === frames && status.live.awaiting === 0 && behind === 0) break
  }
  await collect()

  // a device heard for the first time takes its place in memory: only what comes after one round can be a leak
  const roundMin = devices / (rate / PER_FRAME) / 60
  const settledMin = Math.max(minutes * WARM_UP_SHARE, roundMin)
  const steady = memory.filter(([minute]) => minute >= settledMin)
  const first = memory.filter(([minute]) => minute <= roundMin)
  const slope = steady.length >= MIN_SAMPLES ? `${n(slopeOf(steady), 2)} MiB/min` : 'not known: the run ends too early'
  const ingestMsPerS = all.perMessage.reduce((sum, ms) => sum + ms, 0) / ((Date.now() - started) / 1000)
  const p95Store = percentile(all.toStore, 0.95)
  const faults = Object.entries(all.verdicts).filter(([name]) => name !== 'OK' && name !== 'PENDING')
  const lines = [
    `devices ${n(devices)}, ${n(rate)} readings/s asked for, ${n(frames)} frames sent in ${minutes} min (${n((frames * PER_FRAME) / (runMs / 1000))} readings/s); load average ${loadavg()[0].toFixed(1)} on ${cpus().length} cores`,
    `sequence audit: ${n(status.frames)} of ${n(frames)} frames, ${n(status.readings)} of ${n(frames * PER_FRAME)} readings verified; ${behind} of ${n(Object.keys(expected).length)} devices behind; rejected ${status.rejected}; other verdicts ${JSON.stringify(Object.fromEntries(faults))}`,
    `sockets killed ${killsDone} times (${cut} connections); numbers asked for again ${status.live.resumed}; lost to the channel ${status.live.lost}; folded ${n(status.live.folded)} readings; taken off the channel ${n(status.live.frames)} frames`,
    `signing → store: median ${n(percentile(all.toStore, 0.5))} ms, p95 ${n(p95Store)} ms (limit ${LIMIT_MS}), largest ${n(percentile(all.toStore, 1))} ms over ${n(all.toStore.length)} frames`,
    `signing → next drawn frame: median ${n(percentile(all.toDrawn, 0.5))} ms, p95 ${n(percentile(all.toDrawn, 0.95))} ms`,
    `main-thread ingest per frame: median ${n(percentile(all.ingestPerFrame, 0.5), 2)} ms, p95 ${n(percentile(all.ingestPerFrame, 0.95), 2)} ms, p99 ${n(percentile(all.ingestPerFrame, 0.99), 2)} ms, largest ${n(percentile(all.ingestPerFrame, 1), 1)} ms over ${n(all.ingestPerFrame.length)} frames`,
    `main-thread ingest in all: ${n(ingestMsPerS, 1)} ms per second, which is ${n(ingestMsPerS / 60, 2)} ms per frame at 60 frames/s (target 4); one message: p99 ${n(percentile(all.perMessage, 0.99), 2)} ms, largest ${n(percentile(all.perMessage, 1), 1)} ms over ${n(all.perMessage.length)}; wall time, so a busy machine counts in`,
    `renderer memory: ${n(memory.at(-1)?.[1] ?? NaN)} MiB at the end, slope ${slope} after ${n(settledMin, 1)} min, ${n(slopeOf(first), 1)} MiB/min while devices are heard for the first time (${n(roundMin, 1)} min)`,
    `JavaScript heap of the page by time (workers do not tell theirs), MiB ${heaps.map((mib) => n(mib)).join(' ')}`,
    `memory by time, min:MiB ${memory.map(([minute, mib]) => `${n(minute, 1)}:${n(mib)}`).join(' ')}`,
    ...(errors.length > 0 ? [`page errors: ${[...new Set(errors)].slice(0, 5).join(' | ')}`] : []),
  ]
  console.log(lines.join('\n'))
  const complete = status.frames === frames && behind === 0 && status.rejected === 0 && faults.length === 0
  console.log(complete ? 'Nothing is lost.' : 'SOMETHING IS MISSING.')
  process.exitCode = complete && p95Store <= LIMIT_MS ? 0 : 1
} finally {
  await browser.close()
  await stand.stop()
  rmSync(join(workDir, 'bodies'), { recursive: true, force: true })
}

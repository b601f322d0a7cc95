import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import type { Server } from 'node:http'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { type Browser, chromium } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { LIBRARY_STYLES, PAGE_POLICY } from '../../src/cli/serve/headers.ts'
import { createPageServer, serveSite } from '../../src/cli/serve/pageServer.ts'
import { takePort } from '../../src/cli/serve/port.ts'
import { openSiteFolder } from '../../src/cli/serve/siteFiles.ts'
import { closeServer } from '../../src/cli/start/closeServer.ts'
import { chromiumArgs, chromiumPath } from '../support/chromium.mjs'

/** Tries everything a page might, and writes down what the browser let it do. */
const PROBE = `
const seen = {}
const broken = []
document.addEventListener('securitypolicyviolation', (e) => broken.push(e.effectiveDirective))
const styled = (text) => {
  const style = document.createElement('style')
  style.textContent = text
  document.head.append(style)
  const applied = style.sheet.cssRules.length > 0
  style.remove()
  return applied
}
const attempt = (name, work) => { try { seen[name] = work() } catch { seen[name] = false } }
attempt('libraryStyles', () => ${JSON.stringify(LIBRARY_STYLES)}.every(styled))
attempt('otherStyle', () => styled('p { color: red }'))
attempt('styleProperty', () => { document.body.style.color = 'rgb(1, 2, 3)'; return getComputedStyle(document.body).color === 'rgb(1, 2, 3)' })
attempt('eval', () => (0, eval)('1 + 1') === 2)
attempt('inlineScript', () => { const s = document.createElement('script'); s.textContent = 'window.injected = true'; document.head.append(s); return window.injected === true })
attempt('wasm', () => new WebAssembly.Module(new Uint8Array([0, 97, 115, 109, 1, 0, 0, 0])) instanceof WebAssembly.Module)
const worker = new Worker('./worker.js', { type: 'module' })
seen.worker = await new Promise((resolve) => { worker.onmessage = (e) => resolve(e.data); worker.onerror = () => resolve('refused') })
// the event follows the failed request; one that never comes is no refusal
const refused = (from) => new Promise((resolve) => {
  const giveUp = setTimeout(() => resolve(false), 1000)
  const look = () => broken.length > from ? (clearTimeout(giveUp), resolve(true)) : setTimeout(look, 10)
  look()
})
const asks = async (url) => fetch(url).then(() => 'reached', () => 'failed')
seen.local = await asks('./probe.js')
const before = broken.length
await asks('http://127.0.0.1:9/')
seen.otherPortRefusedByPolicy = await refused(before)
const between = broken.length
await asks('http://veracity.invalid/')
seen.plainHttpRefusedByPolicy = await refused(between)
document.title = JSON.stringify({ seen, broken })
`
const WORKER = `
let evaluated = false
try { evaluated = (0, eval)('1') === 1 } catch {}
const wasm = new WebAssembly.Module(new Uint8Array([0, 97, 115, 109, 1, 0, 0, 0])) instanceof WebAssembly.Module
postMessage({ evaluated, wasm })
`
const page = (head: string): string =>
  `<!doctype html><html><head>${head}<meta charset="utf-8"><title>…</title><script type="module" src="./probe.js"></script></head><body></body></html>`

const folder = mkdtempSync(join(tmpdir(), 'veracity-policy-'))
let server: Server
let browser: Browser
let url = ''

beforeAll(async () => {
  writeFileSync(join(folder, 'probe.js'), PROBE)
  writeFileSync(join(folder, 'worker.js'), WORKER)
  writeFileSync(join(folder, 'index.html'), page(''))
  const meta = `<meta http-equiv="Content-Security-Policy" content="${PAGE_POLICY.replaceAll("'", '&#39;')}">`
  writeFileSync(join(folder, 'meta.html'), page(meta))
  const nobody = {
    sources: () => ({}),
    rpc: () => null,
    gateway: () => null,
    indexer: () => null,
    indexerHealth: () => ({}),
  }
  server = createPageServer(nobody, serveSite(openSiteFolder(folder)))
  url = `http://127.0.0.1:${await takePort(server, 0, 0)}`
  browser = await chromium.launch({ executablePath: chromiumPath(), args: [...chromiumArgs] })
})
afterAll(async () => {
  await browser?.close()
  await closeServer(server)
  rmSync(folder, { recursive: true, force: true })
})

test.each(['/', '/meta.html'])('default: what a browser lets the page %s do', async (path) => {
  const tab = await browser.newPage()
  await tab.goto(url + path)
  await tab.waitForFunction(() => document.title.startsWith('{'))
  const { seen } = JSON.parse(await tab.title()) as { seen: unknown }
  expect(seen).toEqual({
    libraryStyles: true,
    otherStyle: false,
    styleProperty: true,
    eval: false,
    inlineScript: false,
    wasm: true,
    worker: { evaluated: false, wasm: true },
    local: 'reached',
    otherPortRefusedByPolicy: false,
    plainHttpRefusedByPolicy: true,
  })
  await tab.close()
})

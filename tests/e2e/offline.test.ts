import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, onTestFinished, test } from 'vitest'
import { closeServer } from '../../src/cli/start/closeServer.ts'
import { encodeBundle } from '../../src/proofs/encodeBundle.ts'
import { documentOf, veracity } from '../support/commandLine.ts'
import { expectNothingMeasured, openFile } from '../support/honestyCheck.ts'
import { checksOf, wordsOf } from '../support/journey.ts'
import { cityDrawn, firstLight, picture } from '../support/look.ts'
import { closeBrowser, type OpenPage, openPage, SMALL, UNDRAWN } from '../support/page.ts'
import { type Product, startProduct } from '../support/product.ts'
import { crypto } from '../support/signers.ts'
import { DIST, hostPlainly, type PlainHost } from '../support/staticSite.ts'
import { createWorld, START_MS } from '../support/world.ts'

const BUNDLE = join(DIST, 'recorded/astana.vbundle')

let product: Product
let host: PlainHost
let expected: { frames: number; readings: number; verdicts: Record<string, number> }
beforeAll(async () => {
  product = await startProduct(['preview', '--port', '0'])
  host = await hostPlainly('/some/where/twin/')
  expected = documentOf(await veracity('verify', BUNDLE, '--json'))
})
afterAll(async () => {
  await closeBrowser()
  await product?.stop()
  if (host) await closeServer(host.server)
})

/** Opens the page where nothing but this machine can be reached, and writes down who was asked beyond it. */
async function openCutOff(url: string, options = SMALL): Promise<OpenPage & { readonly strangers: string[] }> {
  const strangers: string[] = []
  const opened = await openPage(url, {
    ...options,
    prepare: (page) =>
      page.context().route(
        (address) => address.hostname !== '127.0.0.1',
        (route) => {
          strangers.push(route.request().url())
          return route.abort()
        },
      ),
  })
  onTestFinished(opened.close)
  return { ...opened, strangers }
}

/** What the status line says was checked here so far. */
async function checkedHere(page: Page): Promise<{ frames: number; readings: number }> {
  const line = (await wordsOf(page.getByText(/messages checked here/))).replace(/\s/g, '')
  const [, frames, readings] = /^(\d+)messagescheckedhere,(\d+)readings/.exec(line) ?? []
  return { frames: Number(frames), readings: Number(readings) }
}
/** Waits until every frame of the recorded day was checked here. */
const allChecked = (page: Page): Promise<void> =>
  expect
    .poll(() => checkedHere(page), { timeout: 60_000 })
    .toEqual({ frames: expected.frames, readings: expected.readings })

describe.each([
  ['npm run preview', () => product.url],
  ['a plain static host, from a sub-path', () => host.url],
])('the built site on %s', (where, url) => {
  test('default: with the network blocked, the recorded day is verified frame by frame', async () => {
    expect(expected.verdicts).toEqual({ OK: expected.frames })
    const { page, errors, strangers, close } = await openCutOff(url())
    await firstLight(page)
    await cityDrawn(page)
    await allChecked(page)
    const group = page.getByRole('button', { name: /^Air-quality sensors/ })
    await group.click()
    await page.getByRole('listitem').filter({ has: group }).getByRole('list').getByRole('button').first().click()
    const card = page.getByRole('region', { name: /^Air-quality sensor · / })
    const checks = Object.fromEntries(await checksOf(card))
    expect(checks['Did this device sign these bytes?']).toBe('passed')
    expect(checks['Is it in the batch?']).toBe('passed')
    expect(checks['Is the batch on the chain?']).toBe('look') // nobody was asked, and it says so
    await card.getByText(/^recorded \d{4}-\d\d-\d\d · simulated device$/).waitFor()
    await picture(page, `offline-${where.includes('sub') ? 'sub' : 'preview'}`)
    expect(strangers).toEqual([])
    expect(errors).toEqual([])
    await close()
  })
})

test('behavior: no simulated reading of a recording renders or exports as measured', async () => {
  const { page, errors, close } = await openCutOff(product.url, UNDRAWN)
  await firstLight(page)
  await cityDrawn(page)
  await expectNothingMeasured(page)
  expect(errors).toEqual([])
  await close()
})

test('behavior: a recording whose devices claim to be real, on a chain of value, is still shown as simulated', async () => {
  const world = createWorld({ chainId: 4689 })
  const device = world.add({ origin: 'real-device', kind: 'air-quality' })
  world.anchor([device.frame(START_MS)])
  const { page, errors, close } = await openCutOff(product.url, UNDRAWN)
  await firstLight(page)
  await cityDrawn(page)
  await openFile(page, 'claims.vbundle', encodeBundle(crypto, world.bundle()))
  await page.getByText('The readings are those of "claims.vbundle" now.').waitFor()
  const group = page.getByRole('button', { name: /^Air-quality sensors/ })
  await group.getByText('1 of 1 proven').waitFor()
  await group.click()
  await page.getByRole('listitem').filter({ has: group }).getByRole('list').getByRole('button').first().click()
  const card = page.getByRole('region', { name: 'Device 1' })
  await card.getByText(/simulated device$/).waitFor()
  expect(await page.locator('[data-tag=measured]').count()).toBe(0)
  await page.getByRole('button', { name: 'Back to the recorded day' }).click()
  await allChecked(page)
  expect(errors).toEqual([])
  await close()
})

test('error: BUNDLE_BROKEN a recording altered on the host is named, shows nothing, and the city stands', async () => {
  const altered = new Uint8Array(readFileSync(BUNDLE))
  altered[altered.length >> 1]! ^= 1
  const { page, errors, close } = await openPage(host.url, {
    ...SMALL,
    prepare: (tab) =>
      tab.context().route('**/recorded/astana.vbundle', (route) => route.fulfill({ body: Buffer.from(altered) })),
  })
  await cityDrawn(page)
  await page
    .getByRole('status')
    .filter({ hasText: /bundle/i })
    .first()
    .waitFor()
  await picture(page, 'offline-altered')
  expect(await page.getByText(/of \d+ proven/).count()).toBe(0)
  expect(await page.evaluate(() => document.documentElement.dataset.firstLight)).toBeUndefined()
  expect(errors).toEqual([])
  await close()
})

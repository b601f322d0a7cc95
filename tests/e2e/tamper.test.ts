import type { Page } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { checksOf, enter, saved, wordsOf } from '../support/journey.ts'
import { firstLight, picture } from '../support/look.ts'
import { closeBrowser, type OpenPage, openPage, UNDRAWN } from '../support/page.ts'
import { type Product, startProduct } from '../support/product.ts'

const DEVICES = 40

/** The tests of this file share a page: each switches the gateway to another mischief. */
let product: Product
let own: OpenPage
let page: Page
beforeAll(async () => {
  product = await startProduct(['start', '--no-indexer', '--devices', String(DEVICES), '--port', '0'])
  own = await openPage(product.url, UNDRAWN)
  page = own.page
  await firstLight(page)
})
afterAll(async () => {
  await closeBrowser()
  await product?.stop()
})

/** Throws the teaching switch, as somebody who teaches does. */
async function makeGateway(what: string): Promise<void> {
  await enter(page, 'Learn')
  const panel = page.getByRole('region', { name: 'Teaching switch' })
  const words = 'Watch the live city instead of the lesson'
  if (!(await panel.getByRole('switch', { name: words }).isChecked())) await panel.getByText(words).click()
  await panel.getByRole('radio', { name: new RegExp(`^${what}`) }).click()
  await panel.getByRole('radio', { name: new RegExp(`^${what}`), checked: true }).waitFor()
  await enter(page, 'Explore')
}

/** How many devices are proven, over all kinds. */
async function proven(): Promise<number> {
  const lines = await page.getByText(/^\d+ of \d+ proven$/).allInnerTexts()
  return lines.reduce((sum, line) => sum + Number.parseInt(line, 10), 0)
}

interface Evidence {
  readonly frame: { readonly verdict: string; readonly fromMs: number; readonly claimedDevice: string }
  readonly device: { readonly origin: string }
  readonly readings: readonly { readonly tag: string; readonly timeMs: number }[]
}

test.each([
  ['Change a byte', 'Changed on the way', 'BAD_SIGNATURE', 'Did this device sign these bytes?'],
  ['Repeat a message', 'Old message repeated', 'DUPLICATE', 'Is it new, and nothing missing?'],
  ['Keep a withdrawn key', 'Key withdrawn', 'REVOKED', 'Was the key still good?'],
])('behavior: %s: it turns up as "%s" and lands nowhere', async (mischief, title, verdict, check) => {
  await makeGateway(mischief)
  const row = page.getByRole('button', { name: new RegExp(`^${title}`) }).first()
  await row.waitFor({ timeout: 60_000 })
  await row.click()
  const card = page.getByRole('region', { name: / · / })
  await card.getByRole('alert').getByText(verdict, { exact: true }).waitFor()
  const checks = await checksOf(card)
  expect(checks.filter(([, result]) => result === 'failed').map(([name]) => name)).toEqual([check])
  await card.getByText(title).first().waitFor() // in the badge, where else the proof stands
  await picture(page, `tamper-${verdict}`)

  // what it claimed is written down as a claim, under its verdict, and is nobody's measurement
  const file = await saved(page, card.getByRole('button', { name: 'Save evidence' }))
  const evidence = JSON.parse(file.text) as Evidence
  expect(evidence.frame.verdict).toBe(verdict)
  expect(evidence.device.origin).toBe('simulated')
  expect(new Set(evidence.readings.map(({ tag }) => tag))).toEqual(new Set(['assumed']))

  await card.getByRole('button', { name: /^Close / }).click()
  await page.getByRole('complementary', { name: 'Legend' }).getByText('message rejected').waitFor()
  // each by its own last good message, once that is anchored; nobody gained or lost by a rejected one
  await expect.poll(proven, { timeout: 60_000 }).toBe(DEVICES)
  await makeGateway('Honest')
})

test('behavior: a withdrawn key’s value stays at its last good one while its messages are refused', async () => {
  await makeGateway('Keep a withdrawn key')
  const rows = page.getByRole('button', { name: /^Key withdrawn/ })
  await rows.first().click()
  const card = page.getByRole('region', { name: / · / })
  const ageS = async () => {
    const [, age, unit] = /· (\d+)\s(s|min) ago$/.exec(await wordsOf(card.getByText(/ ago$/).first())) ?? []
    return Number(age) * (unit === 'min' ? 60 : 1)
  }
  const [, device = ''] = (await wordsOf(rows.first())).split('\n')
  const refused = rows.filter({ hasText: device.split(' · ').slice(0, 2).join(' · ') })
  const before = await refused.count()
  await expect.poll(() => refused.count(), { timeout: 60_000 }).toBeGreaterThan(before)
  expect(await ageS()).toBeGreaterThanOrEqual(20) // a device speaks every 20 s: the value shown is older than one turn
  await makeGateway('Honest')
})

test('default: nothing was written to the console on the whole way', () => {
  expect(own.errors).toEqual([])
})

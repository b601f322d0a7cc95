import type { Page } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { checksOf, painted } from '../support/journey.ts'
import { cityDrawn, firstLight, picture } from '../support/look.ts'
import { closeBrowser, openPage } from '../support/page.ts'
import { type Product, startProduct } from '../support/product.ts'

let product: Product
beforeAll(async () => {
  product = await startProduct(['start', '--no-indexer', '--devices', '60', '--port', '0'])
})
afterAll(async () => {
  await closeBrowser()
  await product?.stop()
})

const PHONE = { width: 390, height: 844, touch: true } as const

/** Taps upwards from the middle of the free picture, where a flight ends, until the thing of that name opens. */
async function tapOnto(page: Page, title: string): Promise<void> {
  const sheet = page.getByRole('region', { name: title, exact: true })
  const tried: string[] = []
  for (let y = 320; y > 40; y -= 20) {
    await page.touchscreen.tap(195, y)
    await painted(page)
    if (await sheet.isVisible()) return
    const close = page.getByRole('button', { name: /^Close / })
    if (await close.isVisible()) {
      tried.push((await close.getAttribute('aria-label')) ?? '')
      await close.tap()
    }
  }
  throw new Error(`No tap reached "${title}"; instead: ${tried.join(', ')}`)
}

test('default: on a phone, without an indexer: fly to a device, tap it, read its proof', async () => {
  const asked: string[] = []
  const { page, context, errors, close } = await openPage('about:blank', PHONE)
  context.on('request', (request) => asked.push(new URL(request.url()).pathname))
  await page.goto(product.url)
  await firstLight(page)
  await cityDrawn(page)
  await page.getByText('Reading the chain itself.').waitFor()
  await picture(page, 'phone-explore')

  await page.getByRole('button', { name: 'Raise the sheet' }).tap()
  const group = page.getByRole('button', { name: /^Smart meters/ })
  await group.tap()
  await page.getByRole('listitem').filter({ has: group }).getByRole('list').getByRole('button').first().tap()
  const close1 = page.getByRole('button', { name: /^Close Smart meter/ })
  const title = ((await close1.getAttribute('aria-label')) ?? '').replace('Close ', '')
  await page.getByRole('button', { name: 'Fly there' }).tap()
  await close1.tap()

  await tapOnto(page, title)
  const sheet = page.getByRole('region', { name: title, exact: true })
  while (await sheet.getByRole('button', { name: 'Raise the sheet' }).isVisible())
    await sheet.getByRole('button', { name: 'Raise the sheet' }).tap()
  const checks = await checksOf(sheet)
  expect(checks.length).toBe(12)
  expect(checks.filter(([, result]) => result !== 'passed')).toEqual([])
  await sheet.getByRole('button', { name: /^Did this device sign these bytes/ }).tap()
  await sheet.getByText('signature covers every byte of the message').waitFor()
  await sheet.getByText(/signature proven on a local test chain/).waitFor()
  await picture(page, 'phone-proof')
  expect(await page.evaluate(() => document.documentElement.scrollWidth <= innerWidth)).toBe(true)
  expect(asked).toContain('/rpc')
  expect(asked.filter((path) => path.startsWith('/indexer'))).toEqual([])
  expect(errors).toEqual([])
  await close()
})

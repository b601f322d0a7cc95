import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { expectNothingMeasured } from '../support/honestyCheck.ts'
import { checksOf } from '../support/journey.ts'
import { cityDrawn, firstLight, picture } from '../support/look.ts'
import { closeBrowser, openPage, SMALL, UNDRAWN } from '../support/page.ts'
import { type Product, startProduct } from '../support/product.ts'

let product: Product
beforeAll(async () => {
  product = await startProduct(['start', '--port', '0'])
})
afterAll(async () => {
  await closeBrowser()
  await product?.stop()
})

/** What a page asks of every message, in the order in which it decides. */
const QUESTIONS = [
  'Is it a message at all?',
  'Was it meant for here?',
  'Is the device registered?',
  'Did this device sign these bytes?',
  'Is it in the batch?',
  'Is the batch on the chain?',
  'Does it lead to a block header?',
  'Does the gateway’s log only grow?',
  'Was the key still good?',
  'Is it new, and nothing missing?',
  'Does its time fit the block?',
  'Does physics allow it?',
]

describe('explore, live', () => {
  test('default: a rendered city with verified devices, and nothing in the console', async () => {
    const { page, errors, close } = await openPage(product.url)
    const opened = Date.now()
    await firstLight(page)
    const firstLightS = (Date.now() - opened) / 1000
    await cityDrawn(page)
    await page
      .getByText(/of \d+ proven/)
      .first()
      .waitFor()
    await picture(page, 'explore-live-1440')
    expect(await page.title()).toBe('Veracity')
    expect(await page.getByText('© OpenStreetMap contributors').isVisible()).toBe(true)
    expect(await page.getByText('A snapshot of OpenStreetMap, 2017').isVisible()).toBe(true)
    expect(firstLightS).toBeLessThan(60) // a bound on hanging, not a measurement
    expect(errors).toEqual([])
    await close()
  })

  test('behavior: a device’s proof can be read, step by step', async () => {
    const { page, errors, close } = await openPage(product.url, SMALL)
    await firstLight(page)
    const group = page.getByRole('button', { name: /^Air-quality sensors/ })
    await group.click()
    const member = page.getByRole('listitem').filter({ has: group }).getByRole('list').getByRole('button').nth(1)
    await member.click()
    const card = page.getByRole('region', { name: /^Air/ })
    await card.getByText('Can I trust it?').waitFor()
    await card.getByText('simulated device').waitFor()
    await card.getByText(/signature proven on a local test chain/).waitFor()
    expect(await checksOf(card)).toEqual(QUESTIONS.map((title) => [title, 'passed']))
    await card.getByRole('button', { name: /^Is the batch on the chain/ }).click()
    await card.getByText(/1 of 1 endpoints confirm it in block \d+/).waitFor()
    await card.getByText(/signature proven on a local test chain, down to the block header/).waitFor()
    for (const what of ['signer', 'block hash', 'transaction hash'])
      expect(await card.getByRole('button', { name: `Copy ${what}` }).isVisible(), what).toBe(true)
    await picture(page, 'device-proof-1440')
    expect(await card.getByText('measured', { exact: true }).count()).toBe(0)
    expect(errors).toEqual([])
    await close()
  })

  test('behavior: no simulated reading of the live city renders or exports as measured', async () => {
    const { page, errors, close } = await openPage(product.url, UNDRAWN)
    await firstLight(page)
    await cityDrawn(page)
    await expectNothingMeasured(page)
    expect(errors).toEqual([])
    await close()
  })
})

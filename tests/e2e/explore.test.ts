import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { cityDrawn, firstLight, picture } from '../support/look.ts'
import { closeBrowser, openPage } from '../support/page.ts'
import { type Product, startProduct } from '../support/product.ts'

let product: Product
beforeAll(async () => {
  product = await startProduct(['start', '--port', '0'])
})
afterAll(async () => {
  await closeBrowser()
  await product?.stop()
})

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
    const { page, errors, close } = await openPage(product.url)
    await firstLight(page)
    await page.getByRole('button', { name: /Air-quality sensors/ }).click()
    await page.getByRole('list').getByRole('button', { name: /Air/ }).nth(1).click()
    const card = page.getByRole('region', { name: /Air/ })
    await card.getByText('Can I trust it?').waitFor()
    await card.getByText('simulated device').waitFor()
    await card.getByText(/signature proven on a local test chain/).waitFor()
    for (const step of ['Signature', 'batch', 'anchor', 'directory', 'withdrawn']) {
      await card
        .getByRole('button', { name: new RegExp(step, 'i') })
        .first()
        .waitFor()
    }
    await picture(page, 'device-proof-1440')
    expect(await card.getByText('measured', { exact: true }).count()).toBe(0)
    expect(errors).toEqual([])
    await close()
  })
})

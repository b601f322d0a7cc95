import type { Page } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { choose } from '../support/journey.ts'
import { cityDrawn, firstLight, picture } from '../support/look.ts'
import { closeBrowser, type OpenPage, openPage, SMALL } from '../support/page.ts'
import { type Product, startProduct } from '../support/product.ts'

let product: Product
let own: OpenPage
let page: Page
beforeAll(async () => {
  product = await startProduct(['preview', '--port', '0'])
  own = await openPage(product.url, SMALL)
  page = own.page
  await firstLight(page)
  await cityDrawn(page)
})
afterAll(async () => {
  await own?.close()
  await closeBrowser()
  await product?.stop()
})

const section = () => page.getByRole('region', { name: 'City', exact: true })

/** A street of sheds, the first of them without area. */
function sheds(count: number): string {
  const features = Array.from({ length: count }, (_, i) => {
    const [x, y] = [71.4 + (i % 200) * 4e-4, 51.1 + Math.floor(i / 200) * 4e-4]
    const side = i === 0 ? 0 : 2e-4
    const ring = [[x, y], [x + side, y], [x + side, y + side], [x, y + side], [x, y]] // biome-ignore format: one line
    return {
      type: 'Feature',
      id: i,
      properties: { building: 'shed', height: 6 },
      geometry: { type: 'Polygon', coordinates: [ring] },
    }
  })
  return JSON.stringify({ type: 'FeatureCollection', features })
}

test('error: an address that holds no city is named; the city stays', async () => {
  await section().getByLabel('Address of a city file').fill(`${product.url}nothing-here.geojson`)
  await section().getByRole('button', { name: 'Fetch' }).click()
  await page
    .getByRole('status')
    .getByText(/nothing-here/)
    .first()
    .waitFor()
  await section()
    .getByText(/32.060 buildings/)
    .waitFor()
})

test('behavior: a large file says how far it is, and a cancel leaves the city that stands', async () => {
  await page.evaluate(() => {
    const press = () => {
      const button = [...document.querySelectorAll('[aria-label=City] button')].find((b) => b.textContent === 'Cancel')
      if (!(button instanceof HTMLElement)) return
      document.documentElement.dataset.cancelled = 'yes'
      button.click()
    }
    new MutationObserver(press).observe(document.body, { subtree: true, childList: true })
  })
  await choose(page, section().getByRole('button', { name: 'Open a city file' }), {
    name: 'large.geojson',
    bytes: sheds(60_000),
  })
  await page.waitForFunction(() => document.documentElement.dataset.cancelled === 'yes')
  await section().getByRole('button', { name: 'Open a city file' }).waitFor()
  await section()
    .getByText(/32.060 buildings/)
    .waitFor()
  await page.reload()
  await firstLight(page)
  await cityDrawn(page)
})

test('behavior: a chosen file becomes the city, with what was left out of it by id', async () => {
  await choose(page, section().getByRole('button', { name: 'Open a city file' }), {
    name: 'sheds.geojson',
    bytes: sheds(400),
  })
  await section()
    .getByText(/400 buildings/)
    .waitFor()
  await cityDrawn(page)
  await section().getByText('1 feature was repaired or left out').click()
  expect(await section().getByRole('listitem').count()).toBe(1)
  await picture(page, 'city-file')
})

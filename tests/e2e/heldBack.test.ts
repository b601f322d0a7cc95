import type { Locator, Page } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { cutOff, figuresOf } from '../support/journey.ts'
import { picture } from '../support/look.ts'
import { closeBrowser, type OpenPage, openPage, UNDRAWN } from '../support/page.ts'
import { openCard, placeAt } from '../support/planJourney.ts'
import { type Product, startProduct } from '../support/product.ts'

/** The grid and the earnings; the picture of the city plays no part in it and is left out. */
let product: Product
let own: OpenPage
let page: Page
beforeAll(async () => {
  product = await startProduct(['start', '--no-indexer', '--devices', '20', '--port', '0'])
  own = await openPage(product.url, { ...UNDRAWN, path: '?door=plan' })
  page = own.page
})
afterAll(async () => {
  await closeBrowser()
  await product?.stop()
})

const WITHIN = { timeout: 120_000 }
const place = (kind: string, ...spots: string[]): Promise<void> => placeAt(page, kind, ...spots)
const open = (kind: string): Promise<Locator> => openCard(page, kind)

const usd = (text: string | undefined): number =>
  Number((/\$\s*([\d.\s]+)/.exec(text ?? '')?.[1] ?? '').replace(/\s/g, ''))

test('behavior: a feeder that is loaded beyond its limit takes earnings, and the card says what and why', async () => {
  await place('EV charger', '51.12600, 71.42870')
  const free = await figuresOf(await open('EV charger'))
  expect(await page.getByText('The grid holds it back').count()).toBe(0)
  // three more on the same cable in the street; a spot may be a carriageway, and then the next is tried
  for (const lat of ['51.12606', '51.12594', '51.12588'])
    await place(
      'EV charger',
      ...['71.42880', '71.42862', '71.42875', '71.42890', '71.42850'].map((lon) => `${lat}, ${lon}`),
    )
  const held = await open('EV charger')
  await held.getByText(/The grid holds it back: \$.* a month less than it could earn/).waitFor(WITHIN)
  await held
    .getByText(/^(A (cable|transformer) between it and the substation is loaded to \d+|The grid found no state)/)
    .waitFor()
  const after = await figuresOf(held)
  expect(usd(after['Earned a month'])).toBeLessThan(usd(free['Earned a month']))
  await held.getByRole('note').scrollIntoViewIfNeeded()
  await picture(page, 'networks-held-back')
  expect(await cutOff(held)).toEqual([])
})

test('default: nothing was written to the console on the whole way', () => {
  expect(own.errors).toEqual([])
})

import type { Locator, Page } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { cutOff, figuresOf } from '../support/journey.ts'
import { picture } from '../support/look.ts'
import { closeBrowser, type OpenPage, openPage } from '../support/page.ts'
import { type Product, startProduct } from '../support/product.ts'

/** The grid and the earnings; the picture of the city plays no part in it and is left out. */
let product: Product
let own: OpenPage
let page: Page
beforeAll(async () => {
  product = await startProduct(['start', '--no-indexer', '--devices', '20', '--port', '0'])
  own = await openPage(product.url, { still: true, path: '?door=plan&webgl=off' })
  page = own.page
})
afterAll(async () => {
  await closeBrowser()
  await product?.stop()
})

const WITHIN = { timeout: 120_000 }
const panelOf = (of: Page): Locator => of.getByRole('region', { name: 'Plan', exact: true })
const tool = (name: string): Locator => panelOf(page).getByRole('button', { name, exact: true })
const cardOf = (of: Page, name: string): Locator => of.getByRole('region', { name, exact: true })

/** Waits until coverage, grid and earnings stand for the plan as it is. */
const settled = (of: Page): Promise<unknown> =>
  of.waitForFunction(
    () => {
      const text = document.body.textContent
      const busy = document.querySelector('[role=progressbar], dl[data-old]')
      return !busy && !text.includes('calculating …') && text.includes('Highest loading of a line or transformer')
    },
    undefined,
    WITHIN,
  )

/** Places something at the first of the spots that can carry it. */
async function place(kind: string, ...spots: readonly string[]): Promise<void> {
  await tool(kind).click()
  const stands = panelOf(page).getByText('Placed.')
  for (const spot of spots) {
    await panelOf(page).getByLabel('Latitude, longitude').fill(spot)
    await panelOf(page).getByRole('button', { name: 'Place there' }).click()
    await stands
      .or(panelOf(page).getByText(new RegExp(`^${kind}: `)))
      .first()
      .waitFor()
    if ((await stands.count()) > 0) break
  }
  await stands.waitFor()
  await tool(kind).press('Space') // puts the tool down
  await settled(page)
}

/** Opens the card of something placed. */
async function open(kind: string): Promise<Locator> {
  await panelOf(page)
    .getByRole('listitem')
    .getByRole('button', { name: new RegExp(`^${kind}`) })
    .first()
    .click()
  const card = cardOf(page, kind)
  await card.getByText('What it does and earns').waitFor(WITHIN)
  return card
}

const usd = (text: string | undefined): number =>
  Number((/\$\s*([\d.\s]+)/.exec(text ?? '')?.[1] ?? '').replace(/\s/g, ''))

test('behavior: a feeder that is loaded beyond its limit takes earnings, and the card says what and why', async () => {
  await place('Battery-swap station', '51.12600, 71.42870')
  const station = await open('Battery-swap station')
  const free = await figuresOf(station)
  expect(await station.getByText('The grid holds it back').count()).toBe(0)
  await place('EV charger', '51.12606, 71.42880', '51.12594, 71.42862', '51.12604, 71.42864', '51.12590, 71.42875')
  const charger = await open('EV charger')
  for (const name of ['Power per connector', 'Connectors']) await charger.getByRole('slider', { name }).press('End')
  await settled(page)
  const held = await open('Battery-swap station')
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

import type { Locator, Page } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { choose, cutOff, enter, figuresOf, saved } from '../support/journey.ts'
import { cityDrawn, firstLight, picture } from '../support/look.ts'
import { addressOf, closeBrowser, type OpenPage, openPage, SMALL, UNDRAWN } from '../support/page.ts'
import { type Product, startProduct } from '../support/product.ts'

/** The tests of this file are one journey: each goes on where the one before it stopped. */
let product: Product
let own: OpenPage
let page: Page
beforeAll(async () => {
  product = await startProduct(['start', '--no-indexer', '--devices', '40', '--port', '0'])
  own = await openPage(product.url, SMALL)
  page = own.page
  await firstLight(page)
  await cityDrawn(page)
  await enter(page, 'Plan')
})
afterAll(async () => {
  await closeBrowser()
  await product?.stop()
})

const KINDS = /^(LoRaWAN gateway|EV charger|GPU rack|Storage rack|PV \+ battery)/
const panelOf = (of: Page): Locator => of.getByRole('region', { name: 'Plan', exact: true })
const rowsOf = (of: Page): Locator => panelOf(of).getByRole('listitem').getByRole('button', { name: KINDS })
const placed = async (of: Page): Promise<string[]> =>
  (await rowsOf(of).allInnerTexts()).map((text) => text.split('\n')[0] ?? '')
const tool = (name: string): Locator => panelOf(page).getByRole('button', { name, exact: true })
const sectionOf = (of: Page, title: string): Locator => panelOf(of).getByRole('heading', { name: title }).locator('..')

/** The figures of the plan once a grid day stands behind them and nothing is being computed any more. */
async function settled(of: Page): Promise<Record<string, string>> {
  const results = sectionOf(of, 'What the plan does')
  await results.getByRole('term').filter({ hasText: 'Highest loading of a line or transformer' }).first().waitFor()
  await of.waitForFunction(
    (count) => {
      const busy = document.querySelector('[role=progressbar], dl[data-old]')
      return !busy && !document.body.textContent.includes('calculating …') && count > 0
    },
    await rowsOf(of).count(),
    { timeout: 90_000 },
  )
  return figuresOf(results)
}

test('behavior: a gateway is placed by a click into the city, and coverage, grid and earnings follow', async () => {
  await tool('LoRaWAN gateway').click()
  // the first spot may be a road or a river, and then the page says so
  for (let x = 620; x < 1080 && (await rowsOf(page).count()) === 0; x += 37) await page.mouse.click(x, 320)
  expect(await placed(page)).toEqual(['LoRaWAN gateway'])
  const figures = await settled(page)
  expect(figures['LoRaWAN coverage']).toMatch(/km².*P10–P90 .* km².*modelled/)
  expect(figures['People with LoRaWAN signal']).toMatch(/P10–P90 .*modelled/)
  expect(figures['Highest loading of a line or transformer']).toMatch(/%.*modelled/)
  expect(figures['Earned a month']).toMatch(/\$.*P10–P90 .*modelled/)
  const legend = page.getByRole('complementary', { name: 'Legend' })
  await page.getByRole('button', { name: /^Close LoRaWAN gateway/ }).click()
  await legend.getByText('dBm').waitFor()
  await picture(page, 'plan-gateway')
})

test('behavior: the plan comes back when the page is left and opened again; from here on without the picture', async () => {
  await panelOf(page)
    .getByText(/^Saved \d+.*ago in this browser$/)
    .waitFor()
  await page.goto(addressOf(product.url, UNDRAWN))
  await enter(page, 'Plan')
  await rowsOf(page).first().waitFor()
  expect(await placed(page)).toEqual(['LoRaWAN gateway'])
})

test('error: a place that cannot carry it is refused in a sentence, and so is what is no position', async () => {
  await tool('EV charger').click()
  const field = panelOf(page).getByLabel('Latitude, longitude')
  const there = panelOf(page).getByRole('button', { name: 'Place there' })
  for (const [text, answer] of [
    ['51.1283', 'Got "51.1283", expected latitude and longitude in degrees'],
    ['91, 71', 'Got "91, 71", expected latitude and longitude'],
    ['48.85, 2.35', 'EV charger: this point lies outside the map of Astana.'],
    ['51.1283, 71.4305', 'EV charger: it needs open ground, and here stands a building.'],
  ] as const) {
    await field.fill(text)
    await there.click()
    await panelOf(page).getByText(answer).waitFor()
  }
  expect(await placed(page)).toEqual(['LoRaWAN gateway'])
})

test('behavior: a charger is placed by typed coordinates', async () => {
  await panelOf(page).getByLabel('Latitude, longitude').fill('51.12600, 71.42870')
  await panelOf(page).getByRole('button', { name: 'Place there' }).click()
  await panelOf(page).getByText('Placed.').waitFor()
  expect(await placed(page)).toEqual(['LoRaWAN gateway', 'EV charger'])
})

test('behavior: a rack is placed by keyboard alone', async () => {
  await tool('EV charger').press('Space') // puts the tool down
  await tool('GPU rack').focus()
  await page.keyboard.press('Space')
  const centre = panelOf(page).getByRole('button', { name: 'Place at the centre of the view' })
  await centre.waitFor()
  while (!(await centre.evaluate((button) => button === document.activeElement))) await page.keyboard.press('Tab')
  await page.keyboard.press('Enter')
  await panelOf(page).getByText('Placed.').waitFor()
  expect(await placed(page)).toEqual(['LoRaWAN gateway', 'EV charger', 'GPU rack'])
})

test('behavior: what does not pay back says what would have to be true; nothing is advice', async () => {
  const all = await settled(page)
  expect(all['Net present value']).toMatch(/P10–P90/)
  await rowsOf(page).filter({ hasText: 'LoRaWAN gateway' }).click()
  const card = page.getByRole('region', { name: 'LoRaWAN gateway' })
  await card.getByText('What it does and earns').waitFor()
  const figures = await figuresOf(card)
  expect(figures['Left a month']).toMatch(/^−\$/)
  await card.getByText(/At the medians it does not pay back within its .*\. It would within .* if /).waitFor()
  await card.getByText('Not investment advice. Earnings are ranges under the cited rules, not promises.').waitFor()
  await picture(page, 'plan-negative')
  expect(await cutOff(card)).toEqual([])
  expect(await cutOff(panelOf(page))).toEqual([])
  await card.getByRole('button', { name: 'Close LoRaWAN gateway' }).click()
  await panelOf(page).getByText('Not investment advice. Every figure names its source').waitFor()
})

test('behavior: undo and redo', async () => {
  const undo = panelOf(page).getByRole('button', { name: 'Undo' })
  const redo = panelOf(page).getByRole('button', { name: 'Redo' })
  await undo.click()
  await undo.click()
  expect(await placed(page)).toEqual(['LoRaWAN gateway'])
  await undo.click()
  expect(await undo.isDisabled()).toBe(true)
  expect(await placed(page)).toEqual([])
  for (let i = 0; i < 3; i++) await redo.click()
  expect(await redo.isDisabled()).toBe(true)
  expect(await placed(page)).toEqual(['LoRaWAN gateway', 'EV charger', 'GPU rack'])
})

let figures: Record<string, string>

test('behavior: what was planned survives a reload, figures and undo with it', async () => {
  figures = await settled(page)
  await panelOf(page)
    .getByText(/^Saved \d+.*ago in this browser$/)
    .waitFor()
  await page.reload()
  await enter(page, 'Plan')
  await rowsOf(page).first().waitFor()
  expect(await placed(page)).toEqual(['LoRaWAN gateway', 'EV charger', 'GPU rack'])
  expect(await settled(page)).toEqual(figures)
  expect(await panelOf(page).getByRole('button', { name: 'Undo' }).isEnabled()).toBe(true)
})

test('behavior: the table names unit, band, tag and source of every figure', async () => {
  const table = await saved(page, panelOf(page).getByRole('button', { name: 'CSV with sources' }))
  expect(table.name).toBe('veracity-figures.csv')
  const [head, ...rows] = table.text.split('\n')
  expect(head).toBe('of,figure,value,unit,p10,p50,p90,tag,source,as of,decided by')
  const [, , value, unit, p10, p50, p90, tag] = rows.find((row) => row.startsWith('plan,Left a month'))!.split(',')
  expect([unit, tag]).toEqual(['USD/month', 'modelled'])
  expect(Number(p10)).toBeLessThan(Number(p50))
  expect(Number(p50)).toBeLessThan(Number(p90))
  expect(Number(value)).toBe(Number(p50))
  expect(table.text).toContain('Not investment advice')
})

let file: { readonly name: string; readonly text: string }

test('behavior: a plan saved to a file and opened again is the same plan', async () => {
  await panelOf(page).getByRole('textbox', { name: 'Name of the plan' }).fill('Three on the axis')
  file = await saved(page, panelOf(page).getByRole('button', { name: 'Save to a file' }))
  expect(file.name).toBe('three-on-the-axis.veracity.json')
  await panelOf(page).getByRole('button', { name: 'New plan' }).click()
  await panelOf(page).getByText('Nothing placed yet.').waitFor()
  await choose(page, panelOf(page).getByRole('button', { name: 'Open a file' }), { name: file.name, bytes: file.text })
  await rowsOf(page).first().waitFor()
  expect(await placed(page)).toEqual(['LoRaWAN gateway', 'EV charger', 'GPU rack'])
  expect(await panelOf(page).getByRole('textbox', { name: 'Name of the plan' }).inputValue()).toBe('Three on the axis')
  expect(await settled(page)).toEqual(figures)
})

test('behavior: a shared link opened in a fresh profile shows the same plan and the same figures', async () => {
  await panelOf(page).getByRole('button', { name: 'Share' }).click()
  const link = await panelOf(page).getByLabel('Link to this plan').inputValue()
  const fresh = await openPage(link, UNDRAWN)
  await rowsOf(fresh.page).first().waitFor({ timeout: 90_000 })
  // a link carries what stands, not the way there: the order in which it was placed is not in it
  expect((await placed(fresh.page)).sort()).toEqual(['EV charger', 'GPU rack', 'LoRaWAN gateway'])
  expect(await settled(fresh.page)).toEqual(figures)
  expect(fresh.errors).toEqual([])
  await fresh.close()
})

test('behavior: two plans beside each other, figure by figure', async () => {
  await panelOf(page).getByRole('button', { name: 'Undo' }).click()
  await choose(page, panelOf(page).getByRole('button', { name: 'With a saved plan …' }), {
    name: file.name,
    bytes: file.text,
  })
  const compared = sectionOf(page, 'Compared')
  await compared.getByText('Removed: GPU rack').waitFor()
  await settled(page)
  const power = compared.getByRole('row').filter({ has: page.getByText(/^↓ /) })
  await power.first().waitFor({ timeout: 90_000 })
  await compared.getByText('A · Three on the axis').click()
  expect(await compared.getByRole('radio', { name: /^A · / }).isChecked()).toBe(true)
  await picture(page, 'plan-compared')
  expect(await cutOff(panelOf(page))).toEqual([])
  await compared.getByRole('button', { name: 'End comparison' }).click()
  expect(await placed(page)).toEqual(['LoRaWAN gateway', 'EV charger'])
  await panelOf(page).getByRole('button', { name: 'With the city as it is' }).click()
  await sectionOf(page, 'Compared').getByText('Added: EV charger').waitFor()
})

test('default: nothing was written to the console on the whole way', () => {
  expect(own.errors).toEqual([])
})

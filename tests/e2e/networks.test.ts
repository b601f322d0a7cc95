import type { Locator, Page } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { cutOff, enter, figuresOf, saved, wordsOf } from '../support/journey.ts'
import { cityDrawn, firstLight, picture } from '../support/look.ts'
import { closeBrowser, type OpenPage, openPage, UNDRAWN } from '../support/page.ts'
import { openCard, placeAt, planSettled } from '../support/planJourney.ts'
import { plan } from '../support/planning.ts'
import { type Product, startProduct } from '../support/product.ts'

/** The tests of this file are one journey: each goes on where the one before it stopped. */
let product: Product
let own: OpenPage
let page: Page
beforeAll(async () => {
  product = await startProduct(['start', '--no-indexer', '--devices', '20', '--port', '0'])
  own = await openPage(product.url, UNDRAWN)
  page = own.page
  await firstLight(page)
  await cityDrawn(page)
  await enter(page, 'Plan')
})
afterAll(async () => {
  await closeBrowser()
  await product?.stop()
})

const WITHIN = { timeout: 120_000 }
const place = (kind: string, ...spots: string[]): Promise<void> => placeAt(page, kind, ...spots)
const open = (kind: string): Promise<Locator> => openCard(page, kind)

test('behavior: a hotspot, a storage rack and a swap station each say what they leave as a range with its unit', async () => {
  await place('Wi-Fi / 5G small cell', '51.1283, 71.4305')
  await place('Storage rack', '51.12834, 71.43056')
  await place('Battery-swap station', '51.12600, 71.42870')
  for (const [kind, rules, unit] of [
    ['Wi-Fi / 5G small cell', /Rules: Helium Mobile, helium-mobile@hip149/, 'GB'],
    ['Storage rack', /Rules: Filecoin/, 'TiB'],
    ['Battery-swap station', /Rules: Battery swap/, 'swap'],
  ] as const) {
    const card = await open(kind)
    await card.getByText(rules).waitFor()
    const figures = await figuresOf(card)
    for (const name of ['To build', 'Earned a month', 'Left a month', 'Net present value'])
      expect(figures[name], `${kind}: ${name}`).toMatch(/\$.*P10–P90 .*\$.* – .*\$.*(modelled|assumed)/)
    expect(figures['Chance to pay back in its life']).toMatch(/%/)
    expect(Object.keys(figures).some((name) => name.startsWith(`Cost of a ${unit}`))).toBe(true)
    expect(await cutOff(card)).toEqual([])
    await picture(page, `networks-card-${unit}`)
  }
})

let before: Record<string, string>

test('behavior: one step of why it earns that leads to the figure’s source', async () => {
  const card = await open('Wi-Fi / 5G small cell')
  before = await figuresOf(card)
  const why = card.getByRole('region', { name: 'Why it earns this' })
  await why.getByRole('button', { name: /^People it serves best/ }).click()
  await why.getByText(/each person counts for the strongest only/).waitFor()
  await why.getByRole('button', { name: /^Traffic/ }).click()
  await why.getByText('Gigabytes a connected phone uses there per day').waitFor()
  const row = why.getByRole('listitem').filter({ hasText: 'Gigabytes a connected phone uses' }).last()
  expect(await wordsOf(row)).toMatch(/40 TB a day over 30,000 hotspots \(HIP-147\).* 2025-08-20 · doc/)
  await row.scrollIntoViewIfNeeded()
  await picture(page, 'networks-why')
})

const REASON = 'counted at the stadium in May'

test('behavior: a fact is changed with a reason, as one undoable edit that the result lists', async () => {
  const card = page.getByRole('region', { name: 'Wi-Fi / 5G small cell', exact: true })
  await card.getByRole('button', { name: 'Change Gigabytes a connected phone uses there per day' }).click()
  const form = card.getByRole('form', { name: /^Change Gigabytes/ })
  const submit = form.getByRole('button', { name: 'Change in this plan' })
  const value = form.getByLabel(/^New value/)
  for (const [figure, reason, answer] of [
    ['a lot', REASON, 'Got "a lot", expected a number.'],
    ['-1', REASON, 'Got -1, expected more than 0.'],
    ['0.6', '', 'Say why'],
  ] as const) {
    await value.fill(figure)
    await form.getByLabel('Reason').fill(reason)
    await submit.click()
    await form.getByText(answer).waitFor()
  }
  await form.getByLabel('Reason').fill(REASON)
  await submit.click()
  const changed = card.getByRole('region', { name: 'Changed figures' })
  await changed.getByText(REASON).waitFor(WITHIN)
  await planSettled(page)
  expect(await wordsOf(changed)).toMatch(/0\.0300.*→ 0\.600/)
  const after = await figuresOf(card)
  expect(after['Net present value']).not.toBe(before['Net present value'])
  await plan(page).getByRole('region', { name: 'Changed figures' }).getByText(REASON).waitFor()
  await picture(page, 'networks-changed')

  const file = await saved(page, plan(page).getByRole('button', { name: 'Save to a file' }))
  const { version, edits } = JSON.parse(file.text)
  expect(version).toBe(2)
  expect(edits.at(-1)).toMatchObject({
    kind: 'fact',
    id: 'helium-mobile.wifi-cell.gb-per-user-day',
    before: null,
    after: { value: 0.6, reason: REASON },
  })
  const table = await saved(page, plan(page).getByRole('button', { name: 'CSV with sources' }))
  expect(table.text).toContain(REASON)

  await plan(page).getByRole('button', { name: 'Undo' }).click()
  await changed.waitFor({ state: 'detached', ...WITHIN })
  await planSettled(page)
  expect(await figuresOf(card)).toEqual(before)
  await plan(page).getByRole('button', { name: 'Redo' }).click()
  await changed.getByText(REASON).waitFor(WITHIN)
  await planSettled(page)
  expect(await figuresOf(card)).toEqual(after)
})

test('behavior: the change travels with the link', async () => {
  await plan(page).getByRole('button', { name: 'Share' }).click()
  const link = await plan(page).getByLabel('Link to this plan').inputValue()
  const fresh = await openPage(link, UNDRAWN)
  await plan(fresh.page).getByRole('region', { name: 'Changed figures' }).getByText(REASON).waitFor(WITHIN)
  expect(fresh.errors).toEqual([])
  await fresh.close()
})

test('default: nothing was written to the console on the whole way', () => {
  expect(own.errors).toEqual([])
})

import type { Locator, Page } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { violations } from '../support/axe.ts'
import { cutOff, figuresOf } from '../support/journey.ts'
import { picture } from '../support/look.ts'
import { closeBrowser, type OpenPage, openPage } from '../support/page.ts'
import { type Product, startProduct } from '../support/product.ts'

/** The pages of networks. One journey; the picture of the city plays no part in it and is left out. */
let product: Product
let own: OpenPage
let page: Page
beforeAll(async () => {
  product = await startProduct(['start', '--no-indexer', '--devices', '20', '--port', '0'])
  own = await openPage(product.url, { still: true, isDrawn: false, path: '?door=plan' })
  page = own.page
})
afterAll(async () => {
  await closeBrowser()
  await product?.stop()
})

const WITHIN = { timeout: 120_000 }
const tool = (name: string): Locator =>
  page.getByRole('region', { name: 'Plan', exact: true }).getByRole('button', { name, exact: true })

test('behavior: a network’s page tells it, runs its rules and checks the supply; its address opens it again', async () => {
  await tool('Networks').click()
  const over = page.getByRole('main', { name: 'Helium Mobile' })
  await over.waitFor(WITHIN)
  expect(new URL(page.url()).searchParams.get('network')).toBe('helium-mobile')
  for (const title of [
    'What a node is',
    'What it proves',
    'Who pays',
    'What is burnt',
    'Regulation',
    'Privacy',
    'Scaling',
    'Concentration',
  ])
    await over.getByRole('term').filter({ hasText: title }).first().waitFor()
  await over.getByText('Not investment advice.', { exact: false }).first().waitFor()
  await over.getByText(/^✓ The supply adds up to the last of the bones/).waitFor(WITHIN)
  await over.getByRole('img', { name: /^Price at which use burns all that is issued/ }).waitFor()
  await over.getByText(/^Net present value of 10.?000 draws, USD/).waitFor(WITHIN)
  await picture(page, 'network-top')
  expect(await violations(page)).toEqual([])
  expect(await cutOff(over)).toEqual([])
})

test('behavior: a proposal is tried, never the default, and says who gains and who pays', async () => {
  const over = page.getByRole('main', { name: 'Helium Mobile' })
  await over.getByRole('slider', { name: 'Scheduled issue' }).press('Home')
  await over.getByText(/ pay most: /).waitFor(WITHIN)
  await over.getByRole('row').filter({ hasText: 'Supply at the end' }).waitFor()
  await over.getByText(/^✓ The supply adds up/).waitFor()
  await over.getByRole('button', { name: 'Back to the rules in force' }).scrollIntoViewIfNeeded()
  await picture(page, 'network-macro')
  await over.getByRole('button', { name: 'Back to the rules in force' }).click()
  await over.getByText(/ pay most: /).waitFor({ state: 'detached', ...WITHIN })
})

test('behavior: a slider redraws ten thousand lives, and going back gives the same figures', async () => {
  const over = page.getByRole('main', { name: 'Helium Mobile' })
  const node = over.getByRole('region', { name: 'What one node would do' })
  const first = await figuresOf(node)
  const slider = node.getByRole('slider', { name: /^This site against the typical one/ })
  for (let i = 0; i < 10; i++) await slider.press('ArrowRight')
  await expect
    .poll(async () => (await figuresOf(node))['Net present value'], WITHIN)
    .not.toBe(first['Net present value'])
  await node.getByText(/Drawn anew in \d+ ms/).waitFor(WITHIN)
  await node.scrollIntoViewIfNeeded()
  await picture(page, 'network-calculator')
  await node.getByRole('button', { name: 'Back to the facts' }).click()
  await expect.poll(() => figuresOf(node), WITHIN).toEqual(first)
})

test('behavior: every network of the list has its page', async () => {
  const nav = page.getByRole('navigation', { name: 'Networks' })
  const names = (await nav.getByRole('button').allInnerTexts()).slice(1)
  expect(names.length).toBeGreaterThanOrEqual(11)
  for (const name of names) {
    await nav.getByRole('button', { name, exact: true }).click()
    const over = page.getByRole('main', { name, exact: true })
    await over.getByText(/^Net present value of 10.?000 draws, USD/).waitFor(WITHIN)
    await over.getByRole('heading', { name: 'Facts' }).waitFor()
    expect(await cutOff(over), name).toEqual([])
  }
})

test('behavior: this roof, this budget: every node ranked, with what must be true for each', async () => {
  await page.getByRole('navigation', { name: 'Networks' }).getByRole('button', { name: 'Which network?' }).click()
  const over = page.getByRole('main', { name: 'Which network?' })
  await over.getByLabel('Budget, USD').fill('nothing')
  await over.getByRole('button', { name: 'Rank' }).click()
  await over.getByText('Got "nothing", expected more than 0 USD.').waitFor()
  await over.getByLabel('Budget, USD').fill('40000')
  await over.getByRole('button', { name: 'Rank' }).click()
  const rows = over
    .getByRole('region', { name: 'This roof, this budget: which network?' })
    .getByRole('list')
    .getByRole('listitem')
  await rows.first().waitFor(WITHIN)
  const texts = await rows.allInnerTexts()
  expect(texts.length).toBeGreaterThanOrEqual(9)
  for (const text of texts) {
    expect(text).toMatch(/P10–P90/)
    expect(text).toMatch(/pays back in .*%.* of draws/)
    expect(text).toMatch(/At the medians it (does not pay back|pays back)/)
  }
  await picture(page, 'network-ranking')
  expect(await violations(page)).toEqual([])
  expect(await cutOff(over.getByRole('region').first())).toEqual([])
  const layers = over.getByRole('region', { name: 'Layer by layer' })
  for (const part of [
    'Settlement',
    'Identity',
    'Proof of work done',
    'Off-chain compute',
    'Data availability',
    'Governance',
  ])
    await layers.getByRole('columnheader', { name: part }).waitFor()
  await page.keyboard.press('Escape')
  expect(new URL(page.url()).searchParams.has('network')).toBe(false)
})

test('behavior: on a phone, by its address', async () => {
  const phone = await openPage(product.url, {
    width: 390,
    height: 844,
    touch: true,
    still: true,
    isDrawn: false,
    path: '?network=filecoin',
  })
  const over = phone.page.getByRole('main', { name: 'Filecoin' })
  await over.getByText(/^Net present value of 10.?000 draws, USD/).waitFor(WITHIN)
  await picture(phone.page, 'network-phone')
  expect(await violations(phone.page)).toEqual([])
  expect(await cutOff(over)).toEqual([])
  await over.getByRole('heading', { name: 'What one node would do' }).scrollIntoViewIfNeeded()
  await picture(phone.page, 'network-phone-calculator')
  await over.getByLabel('Network', { exact: true }).selectOption('near')
  await phone.page.getByRole('main', { name: 'NEAR' }).waitFor()
  expect(phone.errors).toEqual([])
  await phone.close()
})

test('error: an address that names no network says so, and offers those there are', async () => {
  const wrong = await openPage(product.url, { still: true, isDrawn: false, path: '?network=dogecoin' })
  await wrong.page.getByText('Got “dogecoin” in the address; there is no such network.').waitFor(WITHIN)
  await wrong.page.getByRole('button', { name: 'Close No such network' }).click()
  await wrong.close()
})

test('default: nothing was written to the console on the whole way', () => {
  expect(own.errors).toEqual([])
})

import type { Locator, Page } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { LESSON_STEPS } from '../../src/ui/learn/lessonSteps.ts'
import { checksOf, cutOff, enter, figuresOf, saved, wordsOf } from '../support/journey.ts'
import { firstLight, picture } from '../support/look.ts'
import { closeBrowser, type OpenPage, openPage, UNDRAWN } from '../support/page.ts'
import { type Product, startProduct } from '../support/product.ts'

/** The tests of this file are one journey: each goes on where the one before it stopped. */
let product: Product
let own: OpenPage
let page: Page
beforeAll(async () => {
  product = await startProduct(['preview', '--port', '0'])
  own = await openPage(product.url, UNDRAWN)
  page = own.page
  await firstLight(page)
  await enter(page, 'Learn')
})
afterAll(async () => {
  await closeBrowser()
  await product?.stop()
})

const lesson = () => page.getByRole('region', { name: 'Learn', exact: true })
const next = () => lesson().getByRole('button', { name: 'Next' })
const suspects = () => lesson().getByRole('list', { name: 'Devices in this lesson' }).getByRole('button')
const titleOf = (id: string): string => LESSON_STEPS.find((step) => step.id === id)!.title

/** Opens one device after the other until its card names the verdict; returns that card. */
async function openUntil(verdict: string, among: Locator): Promise<Locator> {
  const seen: string[] = []
  for (let i = 0; i < (await among.count()); i++) {
    await among.nth(i).click()
    const title = (await wordsOf(among.nth(i))).trim()
    const card = page.getByRole('region', { name: title, exact: true })
    await card.getByText('Can I trust it?').waitFor()
    if (await card.getByRole('alert').getByText(verdict, { exact: true }).isVisible()) return card
    seen.push(title)
  }
  throw new Error(`No device has ${verdict} among ${seen.join(', ')}`)
}
const rejected = () => suspects().filter({ has: page.getByRole('img', { name: 'Rejected' }) })
const honest = () => suspects().filter({ hasNot: page.getByRole('img', { name: 'Rejected' }) })

test('behavior: a bet is taken, kept and not marked', async () => {
  await lesson()
    .getByRole('heading', { name: titleOf('bet') })
    .waitFor()
  expect(await next().isDisabled()).toBe(true)
  await lesson().getByRole('radio', { name: 'Yes, it handles the data' }).check()
  await next().click()
})

test('behavior: the altered message is found by opening its device; another device does not count', async () => {
  await lesson()
    .getByRole('heading', { name: titleOf('find-altered') })
    .waitFor()
  await rejected().first().waitFor()
  await honest().first().click()
  await page.getByText('Can I trust it?').waitFor()
  expect(await next().isDisabled()).toBe(true)
  const card = await openUntil('BAD_SIGNATURE', rejected())
  await lesson().getByText('Found.').waitFor()
  const checks = Object.fromEntries(await checksOf(card))
  expect(checks['Did this device sign these bytes?']).toBe('failed')
  expect(checks['Is it in the batch?']).toBe('passed')
  await picture(page, 'learn-altered')
  await next().click()
})

test('behavior: a bit flipped in any field is caught by the worker that judges the city', async () => {
  await lesson()
    .getByRole('heading', { name: titleOf('flip-a-bit') })
    .waitFor()
  const bytes = lesson()
    .getByRole('group', { name: /^Bytes of the message/ })
    .getByRole('button')
  await bytes.first().waitFor()
  expect(await next().isDisabled()).toBe(true)
  const count = await bytes.count()
  for (const [i, byte] of [0, 20, 60, 100, 120, count - 1].entries()) {
    await bytes.nth(byte).click()
    await lesson()
      .getByText(`${i + 1} tried, ${i + 1} caught.`)
      .waitFor()
  }
  await lesson()
    .getByText(new RegExp(`byte ${count - 1} \\(signature\\): Changed on the way`))
    .waitFor()
  await lesson().getByText('Found.').waitFor()
  await next().click()
})

test('behavior: the liar is found by physics; the victims of others are not accused', async () => {
  await lesson()
    .getByRole('heading', { name: titleOf('find-liar') })
    .waitFor()
  const flag = lesson().getByRole('button', { name: /^Flag “/ })
  await openUntil('BAD_SIGNATURE', rejected())
  await flag.click()
  await lesson().getByText('The sensor is the victim.').waitFor()
  await honest().first().click()
  await flag.click()
  await lesson().getByText('Look for a value that cannot be.').waitFor()
  expect(await next().isDisabled()).toBe(true)
  const card = await openUntil('IMPLAUSIBLE', rejected())
  const checks = Object.fromEntries(await checksOf(card))
  expect(checks['Did this device sign these bytes?']).toBe('passed')
  expect(checks['Does physics allow it?']).toBe('failed')
  await flag.click()
  await lesson().getByText('Found.').waitFor()
  await picture(page, 'learn-liar')
  expect(await cutOff(lesson())).toEqual([])
  await next().click()
})

test('behavior: at the end stands what was done, to keep', async () => {
  await lesson()
    .getByRole('heading', { name: titleOf('end') })
    .waitFor()
  const done = await figuresOf(lesson())
  for (const id of ['find-altered', 'flip-a-bit', 'find-liar']) expect(done[titleOf(id)]).toBe('done')
  const kept = await saved(page, lesson().getByRole('button', { name: 'Keep my answers' }))
  expect(kept.text.split('\n').length).toBe(5)
  expect(kept.text).toContain('"Yes, it handles the data"')
  await enter(page, 'Explore')
  await page
    .getByText(/of \d+ proven/)
    .first()
    .waitFor()
  expect(own.errors).toEqual([])
})

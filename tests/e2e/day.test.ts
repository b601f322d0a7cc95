import type { Page } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { enter, figuresOf, wordsOf } from '../support/journey.ts'
import { cityDrawn, firstLight, picture } from '../support/look.ts'
import { closeBrowser, type OpenPage, openPage, SMALL } from '../support/page.ts'
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
})
afterAll(async () => {
  await closeBrowser()
  await product?.stop()
})

const plan = () => page.getByRole('region', { name: 'Plan', exact: true })
const day = () => plan().getByRole('heading', { name: 'Grid over a day' }).locator('..')
const LAYING = 'Laying the grid along the streets'
const SOLVING = '96 power flows of 15 minutes'

/**
 * From now on writes down every figure that the progress bar of that name shows, and, if asked to, presses Cancel beside
 * it as soon as it has moved: on a quick machine the work is done before a hand could.
 */
const watchProgress = (name: string, cancel = false): Promise<void> =>
  page.evaluate(
    ([words, press]) => {
      const seen = new Set<number>()
      delete document.documentElement.dataset.progress
      let pressed = false
      const look = () => {
        const bar = document.querySelector(`[role=progressbar][aria-label="${words}"]`)
        if (!bar) return
        const now = Number(bar.getAttribute('aria-valuenow'))
        seen.add(now)
        document.documentElement.dataset.progress = [...seen].join(' ')
        if (!press || pressed || now === 0) return
        pressed = true
        bar.parentElement?.querySelector('button')?.click()
      }
      new MutationObserver(look).observe(document.body, {
        subtree: true,
        childList: true,
        attributes: true,
        attributeFilter: ['aria-valuenow'],
      })
    },
    [name, cancel] as const,
  )
const progressSeen = (): Promise<number[]> =>
  page.evaluate(() => (document.documentElement.dataset.progress ?? '').split(' ').map(Number))

test('behavior: a cancel while the grid is laid is honoured', async () => {
  await watchProgress(LAYING, true)
  await enter(page, 'Plan') // planning needs the grid: it is laid at once
  await day().getByRole('button', { name: 'Run the day' }).waitFor()
  expect(await day().getByRole('progressbar').count()).toBe(0)
  expect(await day().getByText('Peak load').count()).toBe(0)
  expect(Math.max(...(await progressSeen()))).toBeLessThan(100)
})

test('behavior: started again, a cancel between the power flows is honoured too', async () => {
  await watchProgress(SOLVING, true)
  await day().getByRole('button', { name: 'Run the day' }).click()
  // the bar may be gone again before anybody looks
  await page.waitForFunction(() => document.documentElement.dataset.progress !== undefined)
  await day().getByRole('button', { name: 'Run the day' }).waitFor({ timeout: 60_000 })
  expect(await day().getByText('Peak load').count()).toBe(0)
  expect(Math.max(...(await progressSeen()))).toBeLessThan(100)
})

test('behavior: run to the end, with progress, it gives the day’s figures, all of them modelled', async () => {
  await watchProgress(SOLVING)
  await day().getByRole('button', { name: 'Run the day' }).click()
  await day().getByRole('term').filter({ hasText: 'Peak load' }).waitFor({ timeout: 90_000 })
  const solved = await progressSeen()
  expect(solved.length).toBeGreaterThan(2)
  expect(solved).toEqual(solved.toSorted((a, b) => a - b))
  const figures = await figuresOf(day())
  expect(figures['Peak load']).toMatch(/MW modelled at \d\d:\d\d/)
  expect(figures['Fullest element']).toMatch(/% modelled at \d\d:\d\d/)
  expect(figures['Lowest voltage']).toMatch(/^0\.\d+ pu modelled at \d\d:\d\d/)
  expect(figures.Losses).toMatch(/Wh modelled/)
  await day()
    .getByText(/^Loads × .* from .* bottom-up to a winter peak of .*W$/)
    .waitFor()
})

test('default: the legend says what the colours mean, in which unit, and that they are modelled', async () => {
  const legend = page.getByRole('complementary', { name: 'Legend' })
  await legend.getByText('of thermal limit').waitFor()
  const words = (await wordsOf(legend)).replace(/\s+/g, ' ')
  for (const said of ['Lines modelled of thermal limit', '50 % 100 %', 'Connections modelled pu', '0.90 1.00 1.10'])
    expect(words).toContain(said)
  expect(await legend.getByText('modelled', { exact: true }).count()).toBe(2)
})

test('behavior: the worst hour is shown, with the fullest element and its load', async () => {
  const fullest = (await figuresOf(day()))['Fullest element'] ?? ''
  await day().getByRole('button', { name: 'Show the worst hour' }).click()
  const card = page.getByRole('region', { name: /^(Cable|Transformer)$/ })
  await card.getByText('of the thermal limit at the shown time').waitFor()
  const [, load, hour] = /^(\S+\s?%) modelled at (\d\d):/.exec(fullest) ?? []
  await card.getByText(load!, { exact: true }).waitFor()
  await page
    .getByRole('region', { name: 'Time' })
    .getByText(new RegExp(` ${hour}:\\d\\d$`))
    .waitFor()
  await picture(page, 'day-worst-hour')
  // the thumb stands where the words say: so many five-minute steps from the middle of two days
  const steps = Number(await page.getByRole('slider', { name: 'Shown time' }).inputValue())
  expect(steps).not.toBe(0)
  const track = page.getByRole('region', { name: 'Time' }).getByRole('group', { name: 'Shown time' })
  const share = () =>
    track.evaluate((group) => {
      const thumb = group.querySelector('input')!.closest('[style*="left"]')!.getBoundingClientRect()
      const { left, width } = group.querySelector('[style*="left"]')!.parentElement!.getBoundingClientRect()
      return (thumb.x + thumb.width / 2 - left) / width
    })
  // the thumb is moved with the next paint
  await expect.poll(share, { timeout: 10_000 }).toBeCloseTo(0.5 + steps / 576, 2)
})

test('behavior: the time slider changes what is shown', async () => {
  const card = page.getByRole('region', { name: /^(Cable|Transformer)$/ })
  const time = page.getByRole('region', { name: 'Time' })
  const shown = async () => ({
    load: await wordsOf(card.getByText(/^\S+\s?%$/)),
    voltage: (await figuresOf(card)).Voltage,
    when: await wordsOf(time.getByText(/^\d{4}-\d\d-\d\d \d\d:\d\d$/)),
  })
  const worst = await shown()
  const slider = time.getByRole('slider', { name: 'Shown time' })
  await slider.focus()
  for (let i = 0; i < 5; i++) await slider.press('PageDown')
  await time.getByText(worst.when, { exact: true }).waitFor({ state: 'hidden' })
  const other = await shown()
  expect(other.load).not.toBe(worst.load)
  expect(other.voltage).not.toBe(worst.voltage)
  await time.getByRole('button', { name: 'Now' }).click()
  await time.getByText('live', { exact: true }).waitFor()
})

test('default: nothing was written to the console on the whole way', () => {
  expect(own.errors).toEqual([])
})

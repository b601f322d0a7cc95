import type { Page } from 'playwright-core'
import { enter } from '../support/journey.ts'
import { cityDrawn, firstLight } from '../support/look.ts'

/** One picture: where the page is opened, what is done there, and on which of the two products. */
export interface SceneState {
  readonly name: string
  readonly path: string
  readonly on: 'live' | 'static'
  prepare(page: Page, isTall: boolean): Promise<void>
}

const WITHIN_MS = 90_000
const LOOK_EVERY_MS = 1_500
const LOOKS = 20

/** Waits until two pictures in a row are the same: flights have ended and every store has told the scene. */
async function still(page: Page): Promise<void> {
  let before = await page.screenshot()
  for (let i = 0; i < LOOKS; i++) {
    await page.waitForTimeout(LOOK_EVERY_MS)
    const now = await page.screenshot()
    if (now.equals(before)) return
    before = now
  }
}

async function stand(page: Page): Promise<void> {
  await cityDrawn(page, WITHIN_MS)
  await firstLight(page, WITHIN_MS)
  await still(page)
}

/** On a phone the sheet holds the panel; it is raised so that what is meant can be touched. */
async function raise(page: Page, isTall: boolean): Promise<void> {
  const button = page.getByRole('button', { name: 'Raise the sheet' })
  for (let i = 0; isTall && i < 2 && (await button.count()) > 0; i++) await button.first().click()
}

async function light(page: Page, name: string, isTall: boolean): Promise<void> {
  await stand(page)
  await raise(page, isTall)
  await page.getByText(name, { exact: true }).click()
  await still(page)
}

async function placeGateway(page: Page, isTall: boolean): Promise<void> {
  await stand(page)
  await raise(page, isTall)
  await page
    .getByRole('button', { name: /LoRaWAN gateway/ })
    .first()
    .click()
  await page.getByRole('button', { name: /centre/i }).click()
  await page
    .getByText(/P50|a month/)
    .first()
    .waitFor({ timeout: WITHIN_MS })
  await still(page)
}

/** Every door and main state of the product, in the order a visitor meets them. */
export const states: readonly SceneState[] = [
  { name: 'explore-day', path: '', on: 'static', prepare: stand },
  { name: 'explore-night', path: '', on: 'static', prepare: (page, tall) => light(page, 'Night', tall) },
  { name: 'explore-data', path: '', on: 'static', prepare: (page, tall) => light(page, 'Data', tall) },
  {
    name: 'device-proof',
    path: '',
    on: 'static',
    async prepare(page, tall) {
      await stand(page)
      await raise(page, tall)
      const group = page.getByRole('button', { name: /^Air-quality sensors/ })
      await group.click()
      await page.getByRole('listitem').filter({ has: group }).getByRole('list').getByRole('button').nth(1).click()
      await page.getByText('Can I trust it?').waitFor({ timeout: WITHIN_MS })
      await still(page)
    },
  },
  {
    name: 'grid-day',
    path: '?door=plan',
    on: 'static',
    async prepare(page, tall) {
      await stand(page)
      await raise(page, tall)
      const run = page.getByRole('button', { name: 'Run the day' })
      if ((await run.count()) > 0) await run.click()
      const worst = page.getByRole('button', { name: 'Show the worst hour' })
      await worst.waitFor({ timeout: WITHIN_MS })
      await worst.click()
      await still(page)
    },
  },
  { name: 'plan-results', path: '?door=plan', on: 'static', prepare: placeGateway },
  {
    name: 'compare',
    path: '?door=plan',
    on: 'static',
    async prepare(page, tall) {
      await placeGateway(page, tall)
      if (tall) await page.getByRole('button', { name: /^Close / }).click() // the card lies over the plan
      await raise(page, tall)
      await page.getByRole('button', { name: 'With the city as it is' }).click()
      await page.getByRole('heading', { name: 'Compared' }).waitFor({ timeout: WITHIN_MS })
      await page.getByRole('heading', { name: 'Compared' }).scrollIntoViewIfNeeded()
      await page.waitForTimeout(2_000)
    },
  },
  {
    name: 'network-page',
    path: '?network=helium-mobile',
    on: 'static',
    async prepare(page) {
      await page.getByText(/^✓ The supply adds up/).waitFor({ timeout: WITHIN_MS })
      await page.getByText(/^Net present value of /).waitFor({ timeout: WITHIN_MS })
    },
  },
  {
    name: 'which-network',
    path: '?network=which',
    on: 'static',
    async prepare(page) {
      await page.getByRole('button', { name: 'Rank' }).click()
      await page
        .getByText(/^At the medians it /)
        .first()
        .waitFor({ timeout: WITHIN_MS })
    },
  },
  { name: 'demo', path: '?door=demo', on: 'static', prepare: stand },
  { name: 'learn', path: '?door=learn', on: 'static', prepare: stand },
  {
    name: 'offline',
    path: '',
    on: 'static',
    async prepare(page) {
      await stand(page)
      await page.context().setOffline(true)
      await page.waitForTimeout(2_000)
    },
  },
  {
    name: 'error-city',
    path: '?city=nowhere.vcity',
    on: 'static',
    async prepare(page) {
      await still(page)
    },
  },
  {
    name: 'tamper',
    path: '?door=learn',
    on: 'live',
    async prepare(page, tall) {
      await stand(page)
      await raise(page, tall)
      await page.getByText('Watch the live city instead of the lesson').click()
      await page.getByRole('radio', { name: /^Change a byte/ }).click()
      await enter(page, 'Explore')
      await raise(page, tall)
      const row = page.getByRole('button', { name: /^Changed on the way/ }).first()
      await row.waitFor({ timeout: WITHIN_MS })
      await row.click()
      await page.getByText('BAD_SIGNATURE').first().waitFor({ timeout: WITHIN_MS })
      await page.waitForTimeout(2_000)
    },
  },
]

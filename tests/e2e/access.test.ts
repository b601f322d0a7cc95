import type { Locator, Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { violations } from '../support/axe.ts'
import { enter } from '../support/journey.ts'
import { cityDrawn, firstLight, picture } from '../support/look.ts'
import { closeBrowser, type OpenPage, openPage, SMALL, UNDRAWN } from '../support/page.ts'
import { type Product, startProduct } from '../support/product.ts'

let product: Product
beforeAll(async () => {
  product = await startProduct(['preview', '--port', '0'])
})
afterAll(async () => {
  await closeBrowser()
  await product?.stop()
})

async function openDevice(page: Page): Promise<Locator> {
  const group = page.getByRole('button', { name: /^Air-quality sensors/ })
  await group.click()
  await page.getByRole('listitem').filter({ has: group }).getByRole('list').getByRole('button').first().click()
  const card = page.getByRole('region', { name: /^Air-quality sensor · / })
  await card.getByText('Can I trust it?').waitFor()
  return card
}

describe.each([
  ['a desk', { ...SMALL, width: 1440, height: 900 }],
  ['a phone', { ...UNDRAWN, width: 390, height: 844, touch: true }],
])('on %s', (_, screen) => {
  test('default: axe finds nothing serious on the four doors and on a device card', async () => {
    const { page, errors, close } = await openPage(product.url, screen)
    await firstLight(page)
    await cityDrawn(page)
    expect(await violations(page), 'Explore').toEqual([])
    if (screen.width < 500) await page.getByRole('button', { name: 'Raise the sheet' }).click()
    const card = await openDevice(page)
    expect(await violations(page), 'device card').toEqual([])
    await card.getByRole('button', { name: /^Close / }).click()
    await enter(page, 'Plan')
    await page.getByRole('term').filter({ hasText: 'Peak load' }).waitFor({ timeout: 90_000 })
    expect(await violations(page), 'Plan').toEqual([])
    await enter(page, 'Demo')
    expect(await violations(page), 'Demo').toEqual([])
    await enter(page, 'Learn')
    await page.getByRole('heading', { name: 'Place your bet' }).waitFor()
    expect(await violations(page), 'Learn').toEqual([])
    expect(errors).toEqual([])
    await close()
  })
})

describe('by keyboard alone', () => {
  let own: OpenPage
  let page: Page
  beforeAll(async () => {
    own = await openPage(product.url, SMALL)
    page = own.page
    await firstLight(page)
    await cityDrawn(page)
  })

  /** Tabs until the focus stands on something; a page that traps the focus never gets there. */
  async function tabTo(what: Locator, most = 60): Promise<void> {
    for (let i = 0; i < most; i++) {
      await page.keyboard.press('Tab')
      if (await what.evaluate((element) => element === document.activeElement)) return
    }
    throw new Error(
      `${most} times Tab did not reach it; the focus stands on ${await page.evaluate(() => document.activeElement?.outerHTML.slice(0, 200))}`,
    )
  }

  test('behavior: the picture itself is moved by arrow keys once it has the focus', async () => {
    const picture3d = page.getByRole('application', { name: /^3D city/ })
    await picture3d.focus()
    const before = await page.getByText('Bayterek').boundingBox()
    for (let i = 0; i < 3; i++) await page.keyboard.press('ArrowUp')
    await page.waitForFunction((y) => {
      const label = [...document.querySelectorAll('*')].find(
        (e) => e.children.length === 0 && e.textContent === 'Bayterek',
      )
      return !label || Math.abs(label.getBoundingClientRect().y - y) > 20
    }, before?.y ?? 0)
  })

  test('behavior: rail, panel and a device card are reached, read and left again', async () => {
    await tabTo(page.getByRole('radio', { name: 'Explore' }))
    await page.keyboard.press('ArrowDown')
    await page.keyboard.press('Space')
    await page.getByRole('region', { name: 'Plan', exact: true }).waitFor()
    await page.keyboard.press('ArrowUp')
    await page.keyboard.press('Space')
    const group = page.getByRole('button', { name: /^Air-quality sensors/ })
    await group.waitFor()
    await tabTo(group)
    await page.keyboard.press('Enter')
    await tabTo(page.getByRole('listitem').filter({ has: group }).getByRole('list').getByRole('button').first())
    await page.keyboard.press('Enter')
    const card = page.getByRole('region', { name: /^Air-quality sensor · / })
    await card.getByText('Can I trust it?').waitFor()
    await tabTo(card.getByRole('button', { name: /^Did this device sign these bytes/ }), 120)
    await page.keyboard.press('Enter')
    await card.getByText('signature covers every byte').waitFor()
    await picture(page, 'keyboard-card')
    await page.keyboard.press('Escape')
    await card.waitFor({ state: 'hidden' })
    expect(own.errors).toEqual([])
  })
})

import type { Page } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { DEMO_STEPS } from '../../src/ui/demo/demoSteps.ts'
import { cutOff, enter, figuresOf } from '../support/journey.ts'
import { cityDrawn, firstLight, picture, readyOffline } from '../support/look.ts'
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

/** Opens the page in a fresh profile, waits until it holds all it needs, and pulls the plug. */
async function openThenUnplug(options = SMALL): Promise<OpenPage & { readonly asked: string[] }> {
  const opened = await openPage(product.url, options)
  await firstLight(opened.page)
  await cityDrawn(opened.page)
  await readyOffline(opened.page)
  const asked: string[] = []
  opened.context.on('request', (request) => {
    if (!request.url().startsWith('blob:')) asked.push(request.url())
  })
  await opened.context.setOffline(true)
  return { ...opened, asked }
}

const panelOf = (page: Page) => page.getByRole('region', { name: 'Demo', exact: true })

/** The board at the end: its figures and their fingerprint. */
async function boardOf(page: Page): Promise<{ figures: Record<string, string>; fingerprint: string }> {
  const line = panelOf(page).getByText(/^Fingerprint/)
  await line.waitFor({ timeout: 120_000 })
  const fingerprint = (await line.getByTitle(/^(0x)?[0-9a-f]{64}$/).getAttribute('title')) ?? ''
  return { figures: await figuresOf(panelOf(page)), fingerprint }
}

let first: Awaited<ReturnType<typeof boardOf>>

test('behavior: the guided minute plays by itself to its end, on recorded data, without a network', async () => {
  const { page, errors, asked, close } = await openThenUnplug()
  await enter(page, 'Demo')
  for (const { title } of DEMO_STEPS)
    await panelOf(page).getByRole('heading', { name: title, exact: true }).waitFor({ timeout: 60_000 })
  first = await boardOf(page)
  await picture(page, 'demo-board')
  expect(await cutOff(panelOf(page))).toEqual([])
  expect(first.figures['Devices proven']).toMatch(/^(\d+) of \1 modelled$/)
  expect(Object.values(first.figures).every((figure) => figure.endsWith('modelled'))).toBe(true)
  expect(Object.keys(first.figures)).toEqual(
    expect.arrayContaining(['Readings checked here', 'City peak load', 'LoRaWAN coverage', 'Left a month']),
  )
  await enter(page, 'Explore')
  await page
    .getByText(/of \d+ proven/)
    .first()
    .waitFor()
  expect(asked).toEqual([])
  expect(errors).toEqual([])
  await close()
})

test('behavior: stepped through by hand in another profile it ends on the same figures and the same fingerprint', async () => {
  const { page, errors, asked, close } = await openThenUnplug(UNDRAWN)
  await enter(page, 'Demo')
  const next = panelOf(page).getByRole('button', { name: 'Next' })
  for (const { title } of DEMO_STEPS.slice(0, -1)) {
    await panelOf(page).getByRole('heading', { name: title, exact: true }).waitFor({ timeout: 60_000 })
    await next.click()
  }
  expect(await boardOf(page)).toEqual(first)
  expect(asked).toEqual([])
  expect(errors).toEqual([])
  await close()
})

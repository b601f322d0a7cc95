import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, onTestFinished, test } from 'vitest'
import { choose, enter, saved } from '../support/journey.ts'
import { cityDrawn, firstLight, picture } from '../support/look.ts'
import { closeBrowser, type OpenOptions, type OpenPage, openPage, UNDRAWN } from '../support/page.ts'
import { placeRack, plan, proven, racks } from '../support/planning.ts'
import { type Product, ROOT, startProduct } from '../support/product.ts'

let product: Product
beforeAll(async () => {
  product = await startProduct(['start', '--no-indexer', '--devices', '40', '--port', '0'])
})
afterAll(async () => {
  await closeBrowser()
  await product?.stop()
})

/** A page for one test, closed with it however it ends. */
async function open(options: OpenOptions = {}): Promise<OpenPage> {
  const opened = await openPage(product.url, { ...UNDRAWN, ...options })
  onTestFinished(opened.close)
  return opened
}
const notice = (page: Page, text: string | RegExp) => page.getByRole('status').getByText(text)

describe('files', () => {
  let own: OpenPage
  let page: Page
  let good: { readonly edits: readonly { readonly after: object }[]; readonly base: object }
  const bundle = readFileSync(join(ROOT, 'public/recorded/lesson.vbundle'))
  beforeAll(async () => {
    own = await openPage(product.url, UNDRAWN)
    page = own.page
    await firstLight(page)
    await cityDrawn(page)
    await enter(page, 'Plan')
    await placeRack(page)
    good = JSON.parse((await saved(page, plan(page).getByRole('button', { name: 'Save to a file' }))).text)
  })
  afterAll(() => own?.close())

  const altered = (): Buffer => {
    const bytes = Buffer.from(bundle)
    bytes[bytes.length >> 1]! ^= 1
    return bytes
  }
  const edited = (change: object): string => JSON.stringify({ ...good, ...change })
  const [BROKEN, EMPTY] = [/Export the file again/, /Choose a file that holds buildings or roads/]

  test.each<[string, string | RegExp, () => string | Uint8Array]>([
    ['nothing.json', '"nothing.json" is empty.', () => ''],
    ['notes.txt', /"notes.txt" is no city file that can be read/, () => 'hello'],
    ['torn.geojson', BROKEN, () => '{"type":"FeatureCollection","features":[{"type":"Fea'],
    ['sea.geojson', EMPTY, () => '{"type":"FeatureCollection","features":[]}'],
    ['torn.json', /The scenario is not valid: it is no JSON/, () => JSON.stringify(good).slice(0, -20)],
    ['newer.json', /it has version 99, and this program reads up to 2/, () => edited({ version: 99 })],
    [
      'odd.json',
      /latDeg is "north", expected number/,
      () => edited({ edits: [{ ...good.edits[0], after: { ...good.edits[0]?.after, latDeg: 'north' } }] }),
    ],
    [
      'twice.json',
      /edits.1.before does not match what the edits before it left/,
      () => edited({ edits: [good.edits[0], good.edits[0]] }),
    ],
    [
      'paris.json',
      'This plan is for "paris", and the page shows "astana".',
      () => edited({ base: { ...good.base, city: 'paris' } }),
    ],
    ['torn.vbundle', /Fetch the bundle again/, () => bundle.subarray(0, 5000)],
    ['altered.vbundle', /Fetch the bundle again/, altered],
  ])('error: %s is refused in a sentence: %s', async (name, sentence, bytes) => {
    await choose(page, plan(page).getByRole('button', { name: 'Open a file' }), { name, bytes: bytes() })
    await notice(page, sentence).waitFor()
    await page.getByRole('button', { name: 'Dismiss' }).click()
    await notice(page, sentence).waitFor({ state: 'detached' })
  })

  test('behavior: after all of them the plan, the readings and the city are what they were', async () => {
    await picture(page, 'fault-files')
    expect(await racks(page).count()).toBe(1)
    expect(await page.getByText(/map of 2017/).isVisible()).toBe(true)
    await enter(page, 'Explore')
    await proven(page).waitFor()
    await page.getByText('Reading the chain itself.').waitFor()
    expect(own.errors).toEqual([])
  })
})

describe('addresses', () => {
  test('error: an unknown city is named and can be tried again; readings go on', async () => {
    const { page, errors } = await open({ path: '?city=city/nowhere.vcity.gz' })
    await page.getByRole('alert').getByText('"nowhere.vcity.gz" could not be read: the server answers 404').waitFor()
    await firstLight(page)
    await proven(page).waitFor()
    await page.getByRole('button', { name: 'Try again' }).click()
    await page.getByRole('alert').getByText('the server answers 404').waitFor()
    await picture(page, 'fault-city')
    expect(errors).toEqual([])
  })

  test('error: SHARE_LINK_BROKEN a torn link says so, and the page works', async () => {
    const { page, errors } = await open({ path: '#s=dG9ybg' })
    await cityDrawn(page)
    await notice(page, /Ask for the link again, or for the scenario file/).waitFor()
    await enter(page, 'Plan')
    await placeRack(page)
    expect(errors).toEqual([])
  })
})

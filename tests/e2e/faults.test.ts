import type { Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, onTestFinished, test } from 'vitest'
import { enter, saved } from '../support/journey.ts'
import { cityDrawn, firstLight, picture } from '../support/look.ts'
import { closeBrowser, type OpenOptions, type OpenPage, openPage, UNDRAWN } from '../support/page.ts'
import { placeRack, plan, proven, racks } from '../support/planning.ts'
import { type Product, startProduct } from '../support/product.ts'

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

/** Keeps hold of the page's workers by name, so that a test can end one as a crash does. */
const keepWorkers = (page: Page) =>
  page.addInitScript(() => {
    const held: Record<string, Worker> = {}
    const Native = window.Worker
    window.Worker = class extends Native {
      constructor(url: string | URL, options?: WorkerOptions) {
        super(url, options)
        held[options?.name ?? ''] = this
      }
    }
    Object.assign(window, {
      endWorker(name: string) {
        held[name]?.terminate()
        held[name]?.dispatchEvent(new ErrorEvent('error'))
      },
    })
  })
const endWorker = (page: Page, name: string): Promise<void> =>
  page.evaluate((which) => (window as unknown as { endWorker(name: string): void }).endWorker(which), name)

test('error: a page whose program does not arrive says so, instead of staying empty', async () => {
  const { page } = await open({ prepare: (tab) => tab.route('**/assets/page-*.js', (route) => route.abort()) })
  await page.getByText('The program of this page could not be fetched.').waitFor()
})

test('error: panels whose program does not arrive are named; the city stands', async () => {
  const { page } = await open({
    isDrawn: true,
    prepare: (tab) => tab.route('**/assets/Interface-*.js', (route) => route.abort()),
  })
  await page.getByText('The panels could not be fetched.').waitFor()
  await page.getByRole('button', { name: 'Load again' }).waitFor()
  await cityDrawn(page)
})

test.each(['http://', '%25'])(
  'error: a city at "%s" is named and may be tried again; the page stands',
  async (city) => {
    const { page } = await open({ path: `?city=${city}` })
    await page.getByText(/could not be read/).waitFor()
    await page.getByRole('button', { name: 'Try again' }).waitFor()
  },
)

describe('services', () => {
  test('error: CHAIN_WRONG_ID nothing of another chain is believed; the city and planning work', async () => {
    const { page, errors } = await open({
      isDrawn: true,
      prepare: (tab) =>
        tab.route('**/sources.json', async (route) => {
          const response = await route.fetch()
          const sources = await response.json()
          await route.fulfill({ json: { ...sources, chain: { ...sources.chain, chainId: 1 } } })
        }),
    })
    await page.getByText('The endpoint serves another chain; nothing of it is believed.').waitFor()
    await cityDrawn(page)
    expect(await page.evaluate(() => document.documentElement.dataset.firstLight)).toBeUndefined()
    expect(await page.getByText(/of \d+ proven/).count()).toBe(0)
    await enter(page, 'Plan')
    await placeRack(page)
    expect(errors).toEqual([])
  })

  test.each([
    ['rpc', '**/rpc', 'The chain endpoint does not answer; what was proven stays, with its age.'],
    ['gateway', '**/gateway/**', 'The gateway does not answer; anchors go on, their readings wait.'],
  ])(
    'error: a dead %s is named, what was proven stays, and it goes on when it is back',
    async (service, pattern, words) => {
      const { page, context, errors } = await open()
      await firstLight(page)
      await proven(page).waitFor()
      await context.route(pattern, (route) => route.abort('connectionrefused'))
      await page.getByText(words).waitFor({ timeout: 60_000 })
      await proven(page).waitFor()
      await picture(page, `fault-${service}`)
      await context.unroute(pattern)
      await page.getByText('Reading the chain itself.').waitFor({ timeout: 60_000 })
      const refused = 'Failed to load resource: net::ERR_CONNECTION_REFUSED'
      expect(errors.filter((line) => !line.startsWith(`${refused} (${product.url}${service}`))).toEqual([])
    },
  )
})

describe('this browser', () => {
  test('error: WORKER_DIED each worker that dies is named and replaced', async () => {
    const { page, errors } = await open({ prepare: keepWorkers })
    await firstLight(page)
    await cityDrawn(page)
    await proven(page).waitFor()
    await endWorker(page, 'verify')
    await page.getByText('The verifying worker stopped; it is started again.').waitFor()
    await proven(page).waitFor({ timeout: 60_000 })
    await enter(page, 'Plan')
    await plan(page).getByRole('progressbar').first().waitFor()
    await endWorker(page, 'grid')
    await plan(page).getByRole('alert').getByText('Start it again; the worker is replaced.').waitFor()
    await plan(page).getByRole('button', { name: 'Run the day' }).click()
    await plan(page).getByRole('term').filter({ hasText: 'Peak load' }).waitFor({ timeout: 90_000 })
    expect(errors).toEqual([])
  })

  test('error: WORKER_DIED a city worker that dies while it loads: another try loads the city', async () => {
    const { page, errors } = await open({ isDrawn: true, prepare: keepWorkers })
    await page.getByRole('progressbar').or(page.locator('canvas')).first().waitFor()
    await endWorker(page, 'city')
    await page.getByRole('alert').getByText('The worker stopped with an error. Start it again').waitFor()
    await page.getByRole('button', { name: 'Try again' }).click()
    await cityDrawn(page)
    expect(errors).toEqual([])
  })

  test('error: STORAGE_FULL is said beside the plan; the plan before is kept, and a file can still be saved', async () => {
    const { page, errors } = await open({
      prepare: (tab) =>
        tab.addInitScript(() => {
          const put = IDBObjectStore.prototype.put
          IDBObjectStore.prototype.put = function (this: IDBObjectStore, ...args: [unknown, IDBValidKey?]) {
            if (sessionStorage.getItem('full')) throw new DOMException('full', 'QuotaExceededError')
            return put.apply(this, args)
          }
        }),
    })
    await cityDrawn(page)
    await enter(page, 'Plan')
    await placeRack(page)
    await plan(page)
      .getByText(/^Saved .* in this browser$/)
      .waitFor()
    await page.evaluate(() => sessionStorage.setItem('full', 'yes'))
    await placeRack(page, '51.1263, 71.4318')
    const alert = plan(page).getByRole('alert')
    await alert.getByText('This browser has no room left for the plan. Save the scenario to a file').waitFor()
    expect(await racks(page).count()).toBe(2)
    const file = await saved(page, plan(page).getByRole('button', { name: 'Save to a file' }))
    expect(JSON.parse(file.text).edits.length).toBe(2)
    await page.evaluate(() => sessionStorage.removeItem('full'))
    await page.reload()
    await enter(page, 'Plan')
    await racks(page).first().waitFor()
    expect(await racks(page).count()).toBe(1)
    expect(errors).toEqual([])
  })

  test('error: WEBGL_MISSING is said in the picture’s place; devices, proofs and plans work', async () => {
    const { page, errors } = await open({
      isDrawn: true,
      prepare: (tab) =>
        tab.addInitScript(() => {
          const getContext = HTMLCanvasElement.prototype.getContext
          HTMLCanvasElement.prototype.getContext = function (this: HTMLCanvasElement, ...args: [string, unknown?]) {
            return args[0].startsWith('webgl') ? null : getContext.apply(this, args as never)
          } as never
        }),
    })
    await page.getByRole('alert').getByText('This browser draws no 3D').waitFor({ timeout: 60_000 })
    await firstLight(page)
    const group = page.getByRole('button', { name: /^Smart meters/ })
    await group.click()
    await page.getByRole('listitem').filter({ has: group }).getByRole('list').getByRole('button').first().click()
    const card = page.getByRole('region', { name: /^Smart meter · / })
    await card.getByText('Can I trust it?').waitFor()
    await picture(page, 'fault-webgl')
    await enter(page, 'Plan')
    await placeRack(page)
    await plan(page)
      .getByText(/^Saved .* in this browser$/)
      .waitFor()
    expect(errors).toEqual([])
  })
})

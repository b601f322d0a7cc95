import { type Browser, type BrowserContext, chromium, type Page } from 'playwright-core'
import { chromiumArgs, chromiumPath } from './chromium.mjs'

export interface OpenPage {
  readonly page: Page
  readonly context: BrowserContext
  /** Errors and failed assertions the page wrote to its console, and exceptions nobody caught. */
  readonly errors: string[]
  close(): Promise<void>
}

export interface OpenOptions {
  readonly width?: number
  readonly height?: number
  readonly touch?: boolean
  /** As somebody asks for who wants no motion: flights arrive at once. Journeys that are not about motion use it. */
  readonly still?: boolean
  readonly args?: readonly string[]
  /** Done to the page before it is asked for anything. */
  readonly prepare?: (page: Page) => Promise<unknown>
  readonly path?: string
  /** Whether the city is drawn; by software it costs more than all the rest of a journey. */
  readonly isDrawn?: boolean
}

/** An address of the page, with its picture or without. */
export function addressOf(address: string, { isDrawn = true }: OpenOptions): string {
  if (isDrawn) return address
  const without = new URL(address)
  without.searchParams.set('webgl', 'off')
  return without.href
}

/** A small desk without motion: for journeys that are about what happens, not about the picture. */
export const SMALL: OpenOptions = { width: 1100, height: 700, still: true }

/** The same where the picture plays no part: it is drawn only for who wants pictures of the journey. */
export const UNDRAWN: OpenOptions = { ...SMALL, isDrawn: process.env.VERACITY_PICTURES !== undefined }

const browsers = new Map<string, Promise<Browser>>()

/** One browser for a test file and a set of arguments; `closeBrowser` ends them by their own handles. */
export function launch(args: readonly string[] = []): Promise<Browser> {
  const key = args.join(' ')
  const known = browsers.get(key)
  if (known) return known
  const launched = chromium.launch({ executablePath: chromiumPath(), args: [...chromiumArgs, ...args] })
  browsers.set(key, launched)
  launched.catch(() => browsers.delete(key)) // the next page may try again
  return launched
}

export async function closeBrowser(): Promise<void> {
  const open = [...browsers.values()]
  browsers.clear()
  await Promise.allSettled(open.map(async (browser) => (await browser).close()))
}

/** Without a picture the page's own panels need no WebGL either; putting them together by software GL costs more than all that they show. */
const PLAIN = ['--disable-gpu-compositing']

/** Opens a page in a fresh profile and listens to its console from the first moment. */
export async function openPage(
  url: string,
  {
    width = 1440,
    height = 900,
    touch = false,
    still = false,
    args = [],
    path = '',
    isDrawn = true,
    prepare,
  }: OpenOptions = {},
): Promise<OpenPage> {
  const browser = await launch(isDrawn ? args : [...args, ...PLAIN])
  const context = await browser.newContext({
    viewport: { width, height },
    hasTouch: touch,
    isMobile: touch,
    deviceScaleFactor: 1,
    reducedMotion: still ? 'reduce' : 'no-preference',
    acceptDownloads: true,
    permissions: ['clipboard-read', 'clipboard-write'],
  })
  const page = await context.newPage()
  const errors: string[] = []
  page.on('console', (message) => {
    if (message.type() === 'error') errors.push(`${message.text()} (${message.location().url})`)
  })
  page.on('pageerror', (error) => errors.push(String(error.stack ?? error)))
  await prepare?.(page)
  await page.goto(addressOf(url + path, { isDrawn }))
  return { page, context, errors, close: () => context.close() }
}

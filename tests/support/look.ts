import { mkdirSync, writeFileSync } from 'node:fs'
import type { Page } from 'playwright-core'

/** Where pictures go when somebody wants to look at them: named by VERACITY_PICTURES, nowhere otherwise. */
export async function picture(page: Page, name: string): Promise<void> {
  const folder = process.env.VERACITY_PICTURES
  if (!folder) return
  mkdirSync(folder, { recursive: true })
  writeFileSync(`${folder}/${name}.png`, await page.screenshot())
}

/** Waits until the city stands and the first verified reading is on screen. */
export async function firstLight(page: Page, withinMs = 60_000): Promise<void> {
  await page.waitForFunction(() => document.documentElement.dataset.firstLight !== undefined, undefined, {
    timeout: withinMs,
  })
}

/** Waits until the whole city is drawn. */
export async function cityDrawn(page: Page, withinMs = 60_000): Promise<void> {
  await page.waitForFunction(() => document.documentElement.dataset.city === 'drawn', undefined, { timeout: withinMs })
}

/** Waits until the page holds what it needs to go on without a network. */
export async function readyOffline(page: Page, withinMs = 60_000): Promise<void> {
  await page.waitForFunction(() => document.documentElement.dataset.offline === 'ready', undefined, {
    timeout: withinMs,
  })
}

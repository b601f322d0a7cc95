import { readFileSync } from 'node:fs'
import type { Locator, Page } from 'playwright-core'

/** Enters one of the four doors by the rail. */
export const enter = (page: Page, door: 'Explore' | 'Plan' | 'Demo' | 'Learn'): Promise<void> =>
  page.getByRole('radio', { name: door, exact: true }).click()

/** What a person reads there. */
export const wordsOf = async (part: Locator): Promise<string> => (await part.allInnerTexts())[0] ?? ''

/** The figures of a part of the page as a person reads them: name, and value with band and tag. */
export async function figuresOf(part: Locator): Promise<Record<string, string>> {
  const names = await part.getByRole('term').allInnerTexts()
  const values = await part.getByRole('definition').allInnerTexts()
  return Object.fromEntries(names.map((name, i) => [name, (values[i] ?? '').replace(/\s+/g, ' ')]))
}

/** Presses what saves a file, and reads what was saved. What the page said instead stands in the error. */
export async function saved(page: Page, press: Locator): Promise<{ readonly name: string; readonly text: string }> {
  const coming = page.waitForEvent('download', { timeout: 45_000 }).catch(async (error: Error) => {
    const said = await page.getByRole('status').allInnerTexts()
    throw new Error(`No file came; the page says: ${said.filter(Boolean).join(' | ') || 'nothing'}`, { cause: error })
  })
  const [download] = await Promise.all([coming, press.click()])
  return { name: download.suggestedFilename(), text: readFileSync(await download.path(), 'utf8') }
}

/** A file as somebody hands it over. */
export interface HandedFile {
  readonly name: string
  readonly bytes: Uint8Array | string
}

/** Presses what opens the browser's dialogue, and chooses files in it. */
export async function choose(page: Page, press: Locator, ...files: HandedFile[]): Promise<void> {
  const [dialogue] = await Promise.all([page.waitForEvent('filechooser'), press.click()])
  await dialogue.setFiles(
    files.map(({ name, bytes }) => ({ name, mimeType: 'application/octet-stream', buffer: Buffer.from(bytes) })),
  )
}

/** Every check of the open device card with its result, top to bottom. */
export async function checksOf(card: Locator): Promise<readonly (readonly [title: string, result: string])[]> {
  const proof = card.getByRole('region', { name: 'Proof' })
  await proof.waitFor()
  const texts = await proof.getByRole('listitem').getByRole('button').allInnerTexts()
  return texts.map((text) => {
    const [title = '', result = ''] = text.split('\n').map((line) => line.trim())
    return [title, result] as const
  })
}

/** The words in a panel that stand out of it sideways, where nobody can read them. */
export const cutOff = (panel: Locator): Promise<string[]> =>
  panel.evaluate((element) => {
    const { left, right } = element.getBoundingClientRect()
    return [...element.querySelectorAll('*')]
      .filter((inner) => inner.children.length === 0 && inner.textContent.trim() !== '')
      .filter((inner) => {
        const box = inner.getBoundingClientRect()
        return box.width > 0 && (box.right > right + 1 || box.left < left - 1)
      })
      .map((inner) => inner.textContent)
  })

/** Waits until the page has painted twice, so that what an event changed is on screen. */
export const painted = (page: Page): Promise<void> =>
  page.evaluate(() => new Promise<void>((done) => requestAnimationFrame(() => requestAnimationFrame(() => done()))))

import type { Locator, Page } from 'playwright-core'
import { painted } from './journey.ts'
import { plan } from './planning.ts'

/** The parts of a journey through a plan that several of them share. */
const WITHIN = { timeout: 120_000 }

const tool = (page: Page, name: string): Locator => plan(page).getByRole('button', { name, exact: true })

/** Waits until coverage, grid and earnings stand for the plan as it is. */
export const planSettled = (page: Page): Promise<unknown> =>
  page.waitForFunction(
    () => {
      const text = document.body.textContent
      const busy = document.querySelector('[role=progressbar], dl[data-old]')
      return !busy && !text.includes('calculating …') && text.includes('Highest loading of a line or transformer')
    },
    undefined,
    WITHIN,
  )

/** Places something at the first of the spots that can carry it, and waits for what it does. */
export async function placeAt(page: Page, kind: string, ...spots: readonly string[]): Promise<void> {
  const panel = plan(page)
  await tool(page, kind).click()
  const stands = panel.getByText('Placed.')
  for (const spot of spots) {
    await panel.getByLabel('Latitude, longitude').fill(spot)
    await panel.getByRole('button', { name: 'Place there' }).click()
    await painted(page)
    if ((await stands.count()) > 0) break
  }
  const answer = await panel.getByRole('status').allInnerTexts()
  if ((await stands.count()) === 0)
    throw new Error(`${kind} stands at none of ${spots.join('; ')}: ${answer.join(' ')}`)
  await tool(page, kind).press('Space') // puts the tool down
  await planSettled(page)
}

/** Opens the card of the first thing of a kind that was placed. */
export async function openCard(page: Page, kind: string): Promise<Locator> {
  const row = plan(page)
    .getByRole('listitem')
    .getByRole('button', { name: new RegExp(`^${kind}`) })
  await row.first().click()
  const card = page.getByRole('region', { name: kind, exact: true })
  await card.getByText('What it does and earns').waitFor(WITHIN)
  return card
}

import type { Locator, Page } from 'playwright-core'

/** The panel of the Plan door. */
export const plan = (page: Page): Locator => page.getByRole('region', { name: 'Plan', exact: true })

/** The GPU racks placed so far. */
export const racks = (page: Page): Locator =>
  plan(page)
    .getByRole('listitem')
    .getByRole('button', { name: /^GPU rack/ })

/** Places a GPU rack by typing where; it may stand almost anywhere. */
export async function placeRack(page: Page, position = '51.1283, 71.4305'): Promise<void> {
  const tool = plan(page).getByRole('button', { name: 'GPU rack', exact: true })
  await tool.click()
  await plan(page).getByLabel('Latitude, longitude').fill(position)
  await plan(page).getByRole('button', { name: 'Place there' }).click()
  await plan(page).getByText('Placed.').waitFor()
  await tool.click()
}

/** A line of a kind of devices that says that all of them are proven. */
export const proven = (page: Page): Locator => page.getByText(/^(\d+) of \1 proven$/).first()

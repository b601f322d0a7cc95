import type { Locator, Page } from 'playwright-core'
import { expect } from 'vitest'
import { choose, enter, saved } from './journey.ts'

const KINDS = [
  'Smart meters',
  'PV inverters',
  'EV chargers',
  'Battery-swap stations',
  'LoRaWAN gateways',
  'Air-quality sensors',
]

interface Evidence {
  readonly format: string
  readonly device: { readonly origin: string }
  readonly readings: readonly { readonly tag: string; readonly origin: string }[]
}

/** Evidence of the newest message. One that came ahead of its anchor gives a notice in words only; then the next is asked for. */
async function evidenceOf(page: Page, card: Locator): Promise<Evidence> {
  for (;;) {
    const file = await saved(page, card.getByRole('button', { name: 'Save evidence' }))
    const evidence = JSON.parse(file.text) as Evidence
    if (evidence.format === 'veracity-evidence') return evidence
    expect(evidence).toMatchObject({ format: 'veracity-notice', readings: [] })
  }
}

/** Tries to find a simulated reading that is drawn or written out as measured: on the cards, in evidence, plan file and table. */
export async function expectNothingMeasured(page: Page): Promise<void> {
  await enter(page, 'Explore')
  for (const kind of KINDS) {
    const group = page.getByRole('button', { name: new RegExp(`^${kind}`) })
    if ((await group.count()) === 0) continue // a small fleet has not every kind
    await group.click()
    await page.getByRole('listitem').filter({ has: group }).getByRole('list').getByRole('button').first().click()
    const card = page.getByRole('region', { name: new RegExp(`^${kind.replace(/s$/, '')} · `) })
    await card.getByText('Can I trust it?').waitFor()
    expect(await card.getByText('simulated device').isVisible(), kind).toBe(true)
    const { device, readings } = await evidenceOf(page, card)
    expect([device.origin, new Set(readings.map(({ origin }) => origin))]).toEqual([
      'simulated',
      new Set(['simulated']),
    ])
    expect(new Set(readings.map(({ tag }) => tag)), kind).toEqual(new Set(['modelled']))
    expect(await page.getByText(/\bmeasured\b/).count(), kind).toBe(0)
    expect(await page.locator('[data-tag=measured]').count(), kind).toBe(0)
    await card.getByRole('button', { name: /^Close / }).click()
    await group.click()
  }
  await enter(page, 'Plan')
  const plan = page.getByRole('region', { name: 'Plan', exact: true })
  await plan.getByRole('button', { name: 'LoRaWAN gateway', exact: true }).click()
  await plan.getByLabel('Latitude, longitude').fill('51.1283, 71.4305')
  await plan.getByRole('button', { name: 'Place there' }).click()
  const press = plan.getByRole('button', { name: 'CSV with sources' })
  await press.waitFor({ timeout: 90_000 })
  const figures = (await saved(page, press)).text.split('\n').filter((row) => !/^note,|fact: /.test(row))
  expect(figures.length).toBeGreaterThan(8)
  expect(figures.filter((row) => /\bmeasured\b/.test(row))).toEqual([])
  const file = await saved(page, plan.getByRole('button', { name: 'Save to a file' }))
  expect(file.text).not.toMatch(/measured/)
}

/** Opens a file by the one button that opens any. */
export async function openFile(page: Page, name: string, bytes: Uint8Array | string): Promise<void> {
  await enter(page, 'Plan')
  await choose(page, page.getByRole('button', { name: 'Open a file' }), { name, bytes })
}

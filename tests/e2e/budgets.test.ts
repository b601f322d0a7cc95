import { readdirSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { cityDrawn, firstLight } from '../support/look.ts'
import { closeBrowser, openPage } from '../support/page.ts'
import { type Product, ROOT, startProduct } from '../support/product.ts'

// What a machine cannot blur: counts and bytes. Lower them when something got better; raise them only with a reason.

let product: Product
beforeAll(async () => {
  product = await startProduct(['preview', '--port', '0'])
})
afterAll(async () => {
  await closeBrowser()
  await product?.stop()
})

/** Bytes of the one file of a folder whose name begins and ends so. */
function bytesOf(folder: string, begins: string, ends: string): number {
  const names = readdirSync(join(ROOT, 'dist', folder)).filter((n) => n.startsWith(begins) && n.endsWith(ends))
  expect(names, `${begins}*${ends}`).toHaveLength(1)
  return statSync(join(ROOT, 'dist', folder, names[0]!)).size
}

describe('bytes', () => {
  test.each([
    ['city', 'astana.vcity', '.gz', 2_400_000],
    ['recorded', 'astana', '.vbundle', 1_000_000],
    ['recorded', 'lesson', '.vbundle', 150_000],
    ['assets', 'index', '.js', 20_000],
    ['assets', 'page', '.js', 1_300_000],
    ['assets', 'Interface', '.js', 310_000],
    ['assets', 'NetworkPage', '.js', 40_000],
    ['assets', 'index', '.css', 16_000],
    ['assets', 'page', '.css', 40_000],
    ['assets', 'city.worker', '.js', 90_000],
    ['assets', 'formats', '.js', 110_000],
    ['assets', 'verify.worker', '.js', 610_000],
    ['assets', 'grid.worker', '.js', 100_000],
    ['assets', 'radio.worker', '.js', 40_000],
    ['assets', 'econ.worker', '.js', 150_000], // every network's facts, terms and story
  ])('default: %s/%s*%s is at most %i bytes', (folder, begins, ends, most) => {
    expect(bytesOf(folder, begins, ends)).toBeLessThanOrEqual(most)
  })
})

describe('the opening frame', () => {
  test('default: draws the whole city within its budget, shadows included', async () => {
    const { page, errors, close } = await openPage(product.url)
    const dearest = page.evaluate(
      () =>
        new Promise<{ calls: number; triangles: number }>((resolve) => {
          const most = { calls: 0, triangles: 0 }
          new MutationObserver(() => {
            const { calls, triangles } = document.querySelector('canvas')?.dataset ?? {}
            most.calls = Math.max(most.calls, Number(calls ?? 0))
            most.triangles = Math.max(most.triangles, Number(triangles ?? 0))
            const { city, trees, firstLight: light } = document.documentElement.dataset
            if (city === 'drawn' && trees === 'planted' && light !== undefined) setTimeout(() => resolve(most), 5_000)
          }).observe(document, {
            subtree: true,
            attributeFilter: ['data-calls', 'data-triangles', 'data-city', 'data-trees', 'data-first-light'],
          })
        }),
    )
    await cityDrawn(page)
    await firstLight(page)
    const { calls, triangles } = await dearest
    // 24 chunks of buildings, drawn twice with their shadows, and everything else
    expect(calls).toBeGreaterThan(24)
    expect(calls).toBeLessThanOrEqual(64)
    expect(triangles).toBeGreaterThan(1_100_000) // without trees there are 1,035,131
    expect(triangles).toBeLessThanOrEqual(1_400_000)
    expect(errors).toEqual([])
    await close()
  })
})

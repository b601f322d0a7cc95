import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { projectRoot } from '../../src/cli/root.ts'
import { closeBrowser, openPage } from '../support/page.ts'
import { type Product, startProduct } from '../support/product.ts'
import { type SceneState, states } from './states.ts'

const SIZES = [
  { width: 1440, height: 900, touch: false },
  { width: 390, height: 844, touch: true },
] as const

/** The README shows the opening view, and loads quickly. */
const CHOSEN = 'explore-day'
const CHOSEN_FILE = 'public/picture.jpg'
const MOST_BYTES = 400_000

async function picture(product: Product, state: SceneState, folder: string): Promise<string[]> {
  const failed: string[] = []
  for (const { width, height, touch } of SIZES) {
    const { page, errors, close } = await openPage(product.url, { width, height, touch, path: state.path })
    const name = `${state.name}-${width}`
    try {
      await state.prepare(page, touch)
    } catch (error) {
      failed.push(`${name}: ${String(error).split('\n')[0]}`)
    }
    // taken even of a state that was not reached: it shows why
    writeFileSync(join(folder, `${name}.png`), await page.screenshot())
    if (state.name === CHOSEN && !touch) {
      let bytes = await page.screenshot({ type: 'jpeg', quality: 90 })
      for (let quality = 80; bytes.length > MOST_BYTES && quality >= 30; quality -= 10)
        bytes = await page.screenshot({ type: 'jpeg', quality })
      writeFileSync(join(projectRoot, CHOSEN_FILE), bytes)
    }
    for (const error of errors) console.log(`  console of ${name}: ${error.slice(0, 160)}`)
    console.log(`  ${name}`)
    await close()
  }
  return failed
}

/** Takes all pictures, or those whose name begins with what `--only` says. */
export async function main(args: string[]): Promise<number> {
  const { values } = parseArgs({ args, options: { only: { type: 'string', default: '' } } })
  const folder = join(projectRoot, '.veracity/gallery')
  mkdirSync(folder, { recursive: true })
  const failed: string[] = []
  for (const [on, command] of [
    ['static', ['preview', '--port', '0']],
    ['live', ['start', '--port', '0']],
  ] as const) {
    const wanted = states.filter((state) => state.on === on && state.name.startsWith(values.only))
    if (wanted.length === 0) continue
    const product = await startProduct(command)
    try {
      for (const state of wanted) failed.push(...(await picture(product, state, folder)))
    } finally {
      await closeBrowser()
      await product.stop()
    }
  }
  for (const line of failed) console.log(`not reached: ${line}`)
  console.log(`Pictures are in ${folder.slice(projectRoot.length + 1)}`)
  return failed.length > 0 ? 1 : 0
}

import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { build } from 'vite'
import { projectRoot } from '../../../src/cli/root.ts'
import type { Figure } from '../figure.ts'
import { verifyCases, verifyFigures } from '../verifyFigures.ts'
import { openBrowser } from './browser.ts'
import { openSite } from './site.ts'
import { pack } from './verifyOrder.ts'

/** Verification in one worker of Chromium. */
export async function verifyInChromium(runs: number): Promise<Figure[]> {
  const site = await openSite('verify')
  await build({
    root: projectRoot,
    configFile: false,
    logLevel: 'error',
    publicDir: false,
    build: {
      outDir: site.folder,
      target: 'es2022',
      rolldownOptions: {
        input: join(projectRoot, 'tests/bench/browser/verify.worker.ts'),
        output: { entryFileNames: 'worker.js', codeSplitting: false },
      },
    },
  })
  writeFileSync(join(site.folder, 'index.html'), '<!doctype html><title>verify</title>')
  const order = pack({ ...(await verifyCases()), rounds: runs })
  const browser = await openBrowser()
  try {
    const page = await browser.newPage()
    await page.goto(`${site.url}/index.html`)
    const rates = await page.evaluate(
      (text) =>
        new Promise<{ readings: number[][]; viemFrames: number[] }>((resolve, reject) => {
          const worker = new Worker('/worker.js', { type: 'module' })
          worker.onmessage = ({ data }) => resolve(data)
          worker.onerror = ({ message }) => reject(new Error(message))
          worker.postMessage(text)
        }),
      order,
    )
    return verifyFigures('Chromium worker', rates)
  } finally {
    await browser.close()
    site.close()
  }
}

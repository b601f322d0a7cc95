import { type Browser, chromium, type Page } from 'playwright-core'
import { chromiumArgs, chromiumPath } from '../../support/chromium.mjs'

export const VIEWPORT = { width: 1440, height: 900 }

/** What the counting script leaves on the window of a measured page. */
export interface Counted {
  readonly longTasks: [startMs: number, durationMs: number][]
  readonly most: { calls: number; triangles: number }
  fullFrame?: number // ms since navigation
  whenDrawn(canvas: HTMLCanvasElement): void
}

/** A browser of its own for one run: nothing is warm but the files on the disk. */
export const openBrowser = (): Promise<Browser> =>
  chromium.launch({
    executablePath: chromiumPath(),
    args: [...chromiumArgs, '--disable-features=SpareRendererForSitePerProcess'],
  })

/** A page that counts long tasks, draw calls and the graphics processor's work from its first moment. */
export async function openCounted(browser: Browser): Promise<Page> {
  const context = await browser.newContext({ viewport: VIEWPORT, deviceScaleFactor: 1 })
  const page = await context.newPage()
  await page.addInitScript(() => {
    const counted: Counted = {
      longTasks: [],
      most: { calls: 0, triangles: 0 },
      // asked for again and again, because waiting for it would block the very thread that is measured
      whenDrawn(canvas) {
        const gl = canvas.getContext('webgl2')!
        const fence = gl.fenceSync(gl.SYNC_GPU_COMMANDS_COMPLETE, 0)!
        gl.flush()
        const look = () => {
          if (gl.getSyncParameter(fence, gl.SYNC_STATUS) === gl.SIGNALED) counted.fullFrame = performance.now()
          else setTimeout(look, 4)
        }
        look()
      },
    }
    Object.assign(globalThis, { counted, whenDrawn: counted.whenDrawn })
    new PerformanceObserver((list) => {
      for (const { startTime, duration } of list.getEntries()) counted.longTasks.push([startTime, duration])
    }).observe({ type: 'longtask', buffered: true })
    new MutationObserver((changes) => {
      for (const { target } of changes) {
        if (target instanceof HTMLCanvasElement) {
          counted.most.calls = Math.max(counted.most.calls, Number(target.dataset.calls ?? 0))
          counted.most.triangles = Math.max(counted.most.triangles, Number(target.dataset.triangles ?? 0))
        } else if (target === document.documentElement && document.documentElement.dataset.city === 'drawn') {
          const canvas = document.querySelector('canvas')
          if (canvas && counted.fullFrame === undefined) counted.whenDrawn(canvas)
        }
      }
    }).observe(document, { subtree: true, attributeFilter: ['data-city', 'data-calls', 'data-triangles'] })
  })
  return page
}

export const countedOf = (page: Page): Promise<Omit<Counted, 'whenDrawn'>> =>
  page.evaluate(() => {
    const { longTasks, most, fullFrame } = (globalThis as typeof globalThis & { counted: Counted }).counted
    return { longTasks, most, ...(fullFrame === undefined ? {} : { fullFrame }) }
  })

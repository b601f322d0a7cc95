import type { Browser, Page } from 'playwright-core'
import { type Counted, countedOf, openBrowser, openCounted } from './browser.ts'
import { memoryOf, type ProcessMemory, rendererPids } from './processMemory.ts'

const WITHIN_MS = 120_000
/** After first light the camera still flies in; the watch ends when it has come to rest. */
const AFTERWARDS_MS = 9_000

interface Run {
  readonly fullFrameMs: number
  readonly memory: ProcessMemory
  readonly heapMb: number
}

export interface PageRun extends Run {
  readonly firstLightMs: number
  readonly tasksBeforeMs: readonly number[] // over 50 ms each
  readonly tasksAfterMs: readonly number[]
  readonly mostCalls: number
  readonly mostTriangles: number
  readonly bytes: number // answered before first light, headers left out
}

export interface PeerRun extends Run {
  readonly tasksMs: readonly number[]
}

async function memory(browser: Browser, page: Page): Promise<Pick<Run, 'memory' | 'heapMb'>> {
  const session = await page.context().newCDPSession(page)
  await session.send('HeapProfiler.collectGarbage')
  await session.send('Performance.enable')
  const { metrics } = await session.send('Performance.getMetrics')
  const heap = metrics.find(({ name }) => name === 'JSHeapUsedSize')?.value ?? NaN
  return { memory: memoryOf(await rendererPids(browser)), heapMb: heap / 1e6 }
}

const untilDrawn = (page: Page): Promise<unknown> =>
  page.waitForFunction(
    () => (globalThis as typeof globalThis & { counted: Counted }).counted.fullFrame !== undefined,
    undefined,
    { timeout: WITHIN_MS, polling: 200 },
  )

async function inBrowser<Result>(work: (browser: Browser, page: Page) => Promise<Result>): Promise<Result> {
  const browser = await openBrowser()
  try {
    return await work(browser, await openCounted(browser))
  } finally {
    await browser.close()
  }
}

/** One visit to our page, in a browser of its own. */
export const measurePage = (url: string): Promise<PageRun> =>
  inBrowser(async (browser, page) => {
    const answers: Promise<{ endMs: number; bytes: number }>[] = []
    page.on('requestfinished', (request) => {
      const { startTime, responseEnd } = request.timing()
      answers.push(
        request.sizes().then(({ responseBodySize }) => ({ endMs: startTime + responseEnd, bytes: responseBodySize })),
      )
    })
    await page.goto(url, { waitUntil: 'commit' })
    await untilDrawn(page)
    await page.waitForFunction(() => document.documentElement.dataset.firstLight !== undefined, undefined, {
      timeout: WITHIN_MS,
      polling: 200,
    })
    await page.waitForTimeout(AFTERWARDS_MS)
    const { longTasks, most, fullFrame } = await countedOf(page)
    const [firstLightMs, originMs] = await page.evaluate(() => [
      performance.getEntriesByName('first-light')[0]!.startTime,
      performance.timeOrigin,
    ])
    const bytes = (await Promise.all(answers))
      .filter(({ endMs }) => endMs <= originMs! + firstLightMs!)
      .reduce((total, answer) => total + answer.bytes, 0)
    const tasks = (after: boolean) =>
      longTasks.filter(([startMs]) => startMs >= firstLightMs! === after).map(([, durationMs]) => durationMs)
    return {
      fullFrameMs: fullFrame!,
      firstLightMs: firstLightMs!,
      tasksBeforeMs: tasks(false),
      tasksAfterMs: tasks(true),
      mostCalls: most.calls,
      mostTriangles: most.triangles,
      bytes,
      ...(await memory(browser, page)),
    }
  })

/** One visit to the peer's page. */
export const measureMapLibre = (url: string): Promise<PeerRun> =>
  inBrowser(async (browser, page) => {
    page.on('console', (message) => {
      if (message.type() === 'error') console.error(`MapLibre: ${message.text()}`)
    })
    await page.goto(url, { waitUntil: 'commit' })
    await untilDrawn(page)
    await page.waitForTimeout(AFTERWARDS_MS / 3)
    const { longTasks, fullFrame } = await countedOf(page)
    return {
      fullFrameMs: fullFrame!,
      tasksMs: longTasks.map(([, durationMs]) => durationMs),
      ...(await memory(browser, page)),
    }
  })

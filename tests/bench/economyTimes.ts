import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { build } from 'vite'
import { projectRoot } from '../../src/cli/root.ts'
import { createEconApi } from '../../workers/econ.api.ts'
import { createEconomist } from '../../workers/econ.client.ts'
import { createEconomistPool } from '../../workers/econ.pool.ts'
import { messageLine } from '../support/messageLine.ts'
import { openBrowser } from './browser/browser.ts'
import type { EconomyPage } from './browser/economyPage.ts'
import { openSite } from './browser/site.ts'
import { filecoinPaths, fiveYears, type SlideTimes, slideAll } from './economyRun.ts'
import { type Figure, median } from './figure.ts'

const SLIDE_MS = 200
const FIVE_YEARS_MS = 1000
const FILECOIN_MS = 15

const slideFigures = (where: string, slides: readonly SlideTimes[]): Figure[] => {
  const worst = slides.reduce((a, b) => (median(b.slideMs) > median(a.slideMs) ? b : a))
  const five = slides.filter(({ months }) => months <= 60)
  const all = five.map(({ slideMs }) => median(slideMs))
  return [
    {
      name: `${where}: slider to distribution, 10,000 draws, nodes of five years or less`,
      value: Math.max(...all),
      unit: 'ms, slowest node',
      all,
      mark: { words: `≤ ${SLIDE_MS}`, isMet: Math.max(...all) <= SLIDE_MS },
    },
    {
      name: `${where}: the same, of all nodes the slowest: ${worst.node}, ${worst.months} months`,
      value: median(worst.slideMs),
      unit: 'ms',
      all: worst.slideMs,
      mark: { words: `≤ ${SLIDE_MS}`, isMet: median(worst.slideMs) <= SLIDE_MS },
    },
    {
      name: `${where}: the first answer, when chance is drawn too: ${worst.node}`,
      value: worst.coldMs,
      unit: 'ms',
    },
  ]
}

const pathFigures = (where: string, lives: Record<string, number[]>, filecoin: readonly number[]): Figure[] => [
  ...Object.entries(lives).map(([node, all]) => ({
    name: `${where}: 10,000 five-year paths, one worker: ${node}`,
    value: median(all),
    unit: 'ms',
    all,
    mark: { words: `≤ ${FIVE_YEARS_MS}`, isMet: median(all) <= FIVE_YEARS_MS },
  })),
  {
    name: `${where}: 1,430 days of Filecoin`,
    value: median(filecoin),
    unit: 'ms a path',
    all: filecoin,
    mark: { words: `≤ ${FILECOIN_MS}`, isMet: median(filecoin) <= FILECOIN_MS },
  },
]

async function inNode(rounds: number) {
  const pool = createEconomistPool(1, () => createEconomist(messageLine(createEconApi())))
  try {
    return {
      slides: await slideAll(pool, rounds),
      fiveYears: await fiveYears(pool, rounds),
      filecoin: filecoinPaths(rounds * 4),
    }
  } finally {
    pool.dispose()
  }
}

async function inChromium(rounds: number) {
  const site = await openSite('economy')
  await build({
    root: projectRoot,
    configFile: false,
    logLevel: 'error',
    publicDir: false,
    base: './',
    worker: { format: 'es' },
    build: {
      outDir: site.folder,
      assetsDir: '',
      target: 'es2022',
      rolldownOptions: {
        input: join(projectRoot, 'tests/bench/browser/economyPage.ts'),
        output: { entryFileNames: 'page.js' },
      },
    },
  })
  writeFileSync(join(site.folder, 'index.html'), '<!doctype html><script type="module" src="/page.js"></script>')
  const browser = await openBrowser()
  try {
    const page = await browser.newPage()
    await page.goto(`${site.url}/index.html`)
    const ask = (workers: number) =>
      page.evaluate(
        ([size, times]) => (globalThis as typeof globalThis & { runEconomy: EconomyPage }).runEconomy(size!, times!),
        [workers, rounds],
      )
    return { one: await ask(1), two: await ask(2), four: await ask(4) }
  } finally {
    await browser.close()
    site.close()
  }
}

/** A slider of every kind of node, five-year paths and Filecoin's economy, in Node and in Chromium; and whether all agree to the last bit. */
export async function economyTimes(runs: number): Promise<Figure[]> {
  const node = await inNode(runs)
  const { one, two, four } = await inChromium(runs)
  const digests = [node, one, two, four].map(({ slides, filecoin }) =>
    [...slides.map(({ digest }) => digest), filecoin.issued].join(' '),
  )
  const alike = digests.filter((digest) => digest === digests[0]).length
  return [
    ...slideFigures('Node, one thread', node.slides),
    ...pathFigures('Node', node.fiveYears, node.filecoin.ms),
    ...slideFigures('Chromium, 1 worker', one.slides),
    ...slideFigures('Chromium, 2 workers', two.slides),
    ...slideFigures('Chromium, 4 workers', four.slides),
    ...pathFigures('Chromium', one.fiveYears, one.filecoin.ms),
    {
      name: 'the same bits: Node, Chromium with 1, 2 and 4 workers, every node',
      value: alike,
      unit: 'of 4',
      mark: { words: 'all 4', isMet: alike === 4 },
    },
  ]
}

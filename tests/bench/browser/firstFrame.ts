import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { gunzipSync } from 'node:zlib'
import { cacheDir } from '../../../src/cli/root.ts'
import { decodeCity } from '../../../src/formats/cityFile/decodeCity.ts'
import { startProduct } from '../../support/product.ts'
import { type Figure, median } from '../figure.ts'
import { openMapLibre } from './maplibrePage.ts'
import { measureMapLibre, measurePage, type PageRun, type PeerRun } from './measure.ts'

const LONG_MS = 50
const MOST_BUILDING_CALLS = 64
const MOST_RENDERER_MB = 400

const sum = (values: readonly number[]): number => values.reduce((total, value) => total + value, 0)

/** The built page beside MapLibre GL with the same buildings: fresh browsers, one after the other, again and again. */
export async function firstFrame(runs: number): Promise<Figure[]> {
  const city = decodeCity(new Uint8Array(gunzipSync(readFileSync(join(cacheDir, 'city', 'astana.vcity.gz')))))
  const peer = await openMapLibre(city)
  const product = await startProduct(['preview', '--port', '0'])
  const ours: PageRun[] = []
  const theirs: PeerRun[] = []
  try {
    for (let run = 0; run < runs; run++) {
      ours.push(await measurePage(product.url))
      theirs.push(await measureMapLibre(`${peer.url}/index.html`))
    }
  } finally {
    await product.stop()
    peer.close()
  }
  const name = `MapLibre GL ${peer.version}, ${peer.features.toLocaleString('en')} polygons`
  const figure = (title: string, unit: string, of: (run: PageRun) => number): Figure => {
    const all = ours.map(of)
    return { name: title, value: median(all), unit, all }
  }
  const beside = (of: (run: PeerRun) => number) => ({ name, value: median(theirs.map(of)), all: theirs.map(of) })
  const frame = figure('first full frame of the city', 'ms', (run) => run.fullFrameMs)
  const peerFrame = beside((run) => run.fullFrameMs)
  const longestAfter = figure('longest task after first light', 'ms', (run) => Math.max(0, ...run.tasksAfterMs))
  const memory = figure('memory of the page’s renderer, private', 'MB', (run) => run.memory.privateMb)
  const calls = figure('draw calls of the dearest frame, shadows included', '', (run) => run.mostCalls)
  return [
    { ...frame, beside: peerFrame, mark: { words: '≤ 1.0 × MapLibre', isMet: frame.value <= peerFrame.value } },
    figure('first verified reading', 'ms', (run) => run.firstLightMs),
    {
      ...figure('main thread blocked until first light', 'ms', (run) => sum(run.tasksBeforeMs)),
      beside: beside((run) => sum(run.tasksMs)),
    },
    {
      ...figure('longest task until first light', 'ms', (run) => Math.max(0, ...run.tasksBeforeMs)),
      beside: beside((run) => Math.max(0, ...run.tasksMs)),
    },
    figure('main thread blocked after first light', 'ms', (run) => sum(run.tasksAfterMs)),
    { ...longestAfter, mark: { words: `≤ ${LONG_MS} ms`, isMet: longestAfter.value <= LONG_MS } },
    { ...calls, mark: { words: `buildings ≤ ${MOST_BUILDING_CALLS}`, isMet: calls.value <= MOST_BUILDING_CALLS } },
    figure('triangles of the dearest frame', '', (run) => run.mostTriangles),
    figure('bytes until first light', 'MB', (run) => run.bytes / 1e6),
    {
      ...memory,
      beside: beside((run) => run.memory.privateMb),
      mark: { words: `≤ ${MOST_RENDERER_MB} MB`, isMet: memory.value <= MOST_RENDERER_MB },
    },
    { ...figure('JavaScript heap of the page', 'MB', (run) => run.heapMb), beside: beside((run) => run.heapMb) },
  ]
}

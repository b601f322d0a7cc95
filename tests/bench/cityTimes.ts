import { readdirSync, readFileSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { gunzipSync } from 'node:zlib'
import { finish } from '../../src/base/steps.ts'
import { cacheDir, projectRoot } from '../../src/cli/root.ts'
import { decodeCity } from '../../src/formats/cityFile/decodeCity.ts'
import { encodeCity } from '../../src/formats/cityFile/encodeCity.ts'
import { osmQa } from '../../src/formats/osmQa/index.ts'
import { runBuildingChunks } from '../../src/mesh/buildingChunks.ts'
import { runGroundMesh } from '../../src/mesh/ground.ts'
import { createPickIndex } from '../../src/mesh/pick.ts'
import { runPowerMesh } from '../../src/mesh/power.ts'
import { runTrees } from '../../src/mesh/trees.ts'
import { type Figure, median } from './figure.ts'

const TILES = join(projectRoot, 'node_modules/@mapbox/mvt-fixtures/real-world/osm-qa-astana')

async function times(runs: number, work: () => unknown): Promise<number[]> {
  const all: number[] = []
  for (let run = 0; run < runs; run++) {
    const from = performance.now()
    work()
    all.push(performance.now() - from)
    await new Promise((resolve) => setImmediate(resolve))
  }
  return all
}

/** The city from its tiles to the file, and from the file to everything that is drawn, in one thread of Node. */
export async function cityTimes(runs: number): Promise<Figure[]> {
  const tiles = readdirSync(TILES)
    .sort()
    .map((name) => ({ name, bytes: new Uint8Array(readFileSync(join(TILES, name))) }))
  const path = join(cacheDir, 'city', 'astana.vcity.gz')
  const packed = readFileSync(path)
  const built = await times(runs, () => {
    const read = finish(osmQa.read(tiles))
    encodeCity(read.city, read)
  })
  const loaded = await times(runs, () => decodeCity(new Uint8Array(gunzipSync(packed))))
  const city = decodeCity(new Uint8Array(gunzipSync(packed)))
  const meshed = await times(runs, () => {
    finish(runBuildingChunks(city))
    finish(runGroundMesh(city))
    finish(runPowerMesh(city))
    finish(runTrees(city, createPickIndex(city)))
  })
  const figure = (name: string, all: number[]): Figure => ({ name, value: median(all), unit: 'ms', all })
  return [
    figure('city: 16 tiles to the city file', built),
    figure('city: file unpacked and decoded', loaded),
    figure('city: all meshes, pick index, trees', meshed),
    { name: 'city: bytes of the file', value: statSync(path).size / 1e6, unit: 'MB' },
  ]
}

import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { dirname, join, resolve } from 'node:path'
import { gunzipSync } from 'node:zlib'
import { finish } from '../../src/base/steps.ts'
import type { InputFile, ReadCity } from '../../src/formats/format.ts'
import { osmQa } from '../../src/formats/osmQa/index.ts'

const fixtures = dirname(createRequire(import.meta.url).resolve('@mapbox/mvt-fixtures/package.json'))

/** The tiles of a city in the fixtures package, in the order of their names. */
function fixtureTiles(city: string): InputFile[] {
  const folder = join(fixtures, 'real-world', city)
  return readdirSync(folder)
    .sort()
    .map((name) => ({ name, bytes: new Uint8Array(readFileSync(join(folder, name))) }))
}

export const sanFranciscoTiles = (): InputFile[] => fixtureTiles('sanfrancisco')

export const astanaTiles = (): InputFile[] => fixtureTiles('osm-qa-astana')

let astana: ReadCity | undefined

/** Astana as the product reads it, once per test file. */
export function readAstana(): ReadCity {
  astana ??= finish(osmQa.read(astanaTiles()))
  return astana
}

/** A file of the reference folder, gunzipped; null where that folder is not there. */
export function referenceFile(path: string): InputFile | null {
  const folder = process.env.VERACITY_REFERENCE ?? resolve(import.meta.dirname, '../../../shared/reference')
  const file = join(folder, path)
  if (!existsSync(file)) return null
  const bytes = readFileSync(file)
  const plain = path.endsWith('.gz') ? gunzipSync(bytes) : bytes
  return { name: path.replace(/^.*\//, '').replace(/\.gz$/, ''), bytes: new Uint8Array(plain) }
}

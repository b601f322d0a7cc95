import { createHash } from 'node:crypto'
import { existsSync, mkdirSync, readdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { dirname, join } from 'node:path'
import { constants, gzipSync } from 'node:zlib'
import { TwinError } from '../../src/base/errors.ts'
import { finish } from '../../src/base/steps.ts'
import { encodeCity } from '../../src/formats/cityFile/encodeCity.ts'
import type { CityCounts, InputFile } from '../../src/formats/format.ts'
import { osmQa } from '../../src/formats/osmQa/index.ts'
import { ASTANA, ASTANA_SOURCE } from './astana.ts'

/**
 * Rises with every change that gives the default city other bytes, so that a city built before is built again.
 * A test holds the hash that belongs to it.
 */
export const BUILD_REVISION = 3

/** What stands beside the built city. */
export interface CityManifest {
  readonly id: string
  readonly title: string
  readonly file: string // gzip
  readonly sha256: string // of the uncompressed city file
  readonly bytes: number // uncompressed
  readonly gzipSha256: string
  readonly gzipBytes: number
  readonly counts: CityCounts
  readonly dataDate: string
  readonly licence: string
  readonly attribution: string
  readonly builtFrom: { readonly package: string; readonly version: string; readonly tilesSha256: string }
  readonly revision: number
}

export interface BuildOptions {
  /** Where the city goes: astana.vcity.gz and astana.json. */
  readonly outDir: string
  readonly onProgress?: (fraction: number, words: string) => void
  /** Where the package is looked for; by default where this code stands. */
  readonly resolveFrom?: string
}

export interface BuiltCity {
  readonly manifest: CityManifest
  readonly built: boolean // false: it was there already
}

const sha256 = (bytes: Uint8Array): string => createHash('sha256').update(bytes).digest('hex')

/**
 * Builds the default city out of the tiles of an npm package, unless it stands there already.
 * Equal tiles give equal bytes.
 *
 * Writes   `outDir`/astana.vcity.gz, `outDir`/astana.json
 * Throws   FILE_UNREADABLE when the package or the folder is not there or cannot be written
 */
export function buildDefaultCity(options: BuildOptions): BuiltCity {
  const { outDir, onProgress = () => {}, resolveFrom = import.meta.url } = options
  onProgress(0, 'Looking for the city’s tiles')
  const { version, folder } = findPackage(resolveFrom)
  const file = `${ASTANA.id}.vcity.gz`
  const manifestPath = join(outDir, `${ASTANA.id}.json`)
  const known = readManifest(manifestPath)
  if (known && isCurrent(known, version, join(outDir, file))) {
    onProgress(1, 'The city stands')
    return { manifest: known, built: false }
  }

  const tiles = readTiles(folder)
  const read = finish(osmQa.read(tiles, { meta: ASTANA }), (fraction) =>
    onProgress(0.05 + 0.8 * fraction, 'Building Astana from OpenStreetMap tiles'),
  )
  onProgress(0.85, 'Packing the city')
  const bytes = encodeCity(read.city, read)
  const gzip = gzipSync(bytes, { level: constants.Z_BEST_COMPRESSION })
  const manifest: CityManifest = {
    id: ASTANA.id,
    title: ASTANA.title,
    file,
    sha256: sha256(bytes),
    bytes: bytes.length,
    gzipSha256: sha256(gzip),
    gzipBytes: gzip.length,
    counts: read.counts,
    dataDate: read.city.meta.dataDate,
    licence: ASTANA.licence,
    attribution: ASTANA.attribution,
    builtFrom: { package: ASTANA_SOURCE.package, version, tilesSha256: hashOfTiles(tiles) },
    revision: BUILD_REVISION,
  }
  try {
    mkdirSync(outDir, { recursive: true })
    // whoever reads meanwhile sees the old city or the new one, never half of either; the manifest comes last
    replaceFile(join(outDir, file), gzip)
    replaceFile(manifestPath, new TextEncoder().encode(`${JSON.stringify(manifest, null, 2)}\n`))
  } catch (error) {
    throw new TwinError(
      'FILE_UNREADABLE',
      `The city could not be written to "${outDir}": ${(error as Error).message}.`,
      {
        folder: outDir,
      },
    )
  }
  onProgress(1, 'The city stands')
  return { manifest, built: true }
}

function replaceFile(path: string, bytes: Uint8Array): void {
  writeFileSync(`${path}.new`, bytes)
  renameSync(`${path}.new`, path)
}

function findPackage(resolveFrom: string): { version: string; folder: string } {
  try {
    const manifest = createRequire(resolveFrom).resolve(`${ASTANA_SOURCE.package}/package.json`)
    const { version } = JSON.parse(readFileSync(manifest, 'utf8')) as { version: string }
    return { version, folder: join(dirname(manifest), ASTANA_SOURCE.folder) }
  } catch {
    throw new TwinError(
      'FILE_UNREADABLE',
      `The package ${ASTANA_SOURCE.package}, which holds the default city, is not installed; run npm ci.`,
    )
  }
}

function readTiles(folder: string): InputFile[] {
  const names = existsSync(folder) ? readdirSync(folder).filter((name) => name.endsWith('.mvt')) : []
  if (names.length !== ASTANA_SOURCE.tiles) {
    throw new TwinError(
      'FILE_UNREADABLE',
      `"${folder}" holds ${names.length} tiles, expected ${ASTANA_SOURCE.tiles} of Astana.`,
      { folder },
    )
  }
  // by name, so that the order of a directory does not matter
  return names.sort().map((name) => ({ name, bytes: new Uint8Array(readFileSync(join(folder, name))) }))
}

/** One hash over all tiles: of their names and hashes, as SOURCE.md lists them. */
function hashOfTiles(tiles: readonly InputFile[]): string {
  const lines = tiles.map(({ name, bytes }) => `${sha256(bytes)}  ${name}\n`)
  return sha256(new TextEncoder().encode(lines.join('')))
}

function readManifest(path: string): CityManifest | null {
  try {
    return JSON.parse(readFileSync(path, 'utf8')) as CityManifest
  } catch {
    return null
  }
}

/** Made by this revision from this package, and the file beside it is the one that was written. */
function isCurrent(manifest: CityManifest, version: string, path: string): boolean {
  if (manifest.revision !== BUILD_REVISION || manifest.builtFrom?.version !== version) return false
  return existsSync(path) && sha256(readFileSync(path)) === manifest.gzipSha256
}

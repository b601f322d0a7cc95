import { spawn } from 'node:child_process'
import { existsSync, readFileSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { gunzipSync } from 'node:zlib'
import { BUILD_REVISION, type CityManifest } from '../../../data/cities/build.ts'
import { TwinError } from '../../base/errors.ts'
import { decodeCity } from '../../formats/cityFile/decodeCity.ts'
import type { City } from '../../model/city.ts'
import { projectRoot } from '../root.ts'
import { defaultCityDir } from './cityFolder.ts'

/** The default city as it stands: its folder and what is said about it. */
export interface DefaultCity {
  readonly folder: string
  readonly manifest: CityManifest
  readonly built: boolean // false: it was there already
}

const MANIFEST = join(defaultCityDir, 'astana.json')

/** The manifest of a city of this revision whose file is whole; null otherwise. The full check is the builder's. */
function standing(): CityManifest | null {
  if (!existsSync(MANIFEST)) return null
  try {
    const manifest = JSON.parse(readFileSync(MANIFEST, 'utf8')) as CityManifest
    const file = statSync(join(defaultCityDir, manifest.file), { throwIfNoEntry: false })
    return manifest.revision === BUILD_REVISION && file?.size === manifest.gzipBytes ? manifest : null
  } catch {
    return null
  }
}

function runBuilder(say: (words: string) => void, signal: AbortSignal | undefined): Promise<void> {
  return new Promise((resolve, reject) => {
    const child = spawn(process.execPath, [join(projectRoot, 'src/cli/launch.mjs'), 'city', 'build'], {
      cwd: projectRoot,
      stdio: ['ignore', 'ignore', 'pipe'],
      ...(signal ? { signal, killSignal: 'SIGKILL' } : {}),
    })
    let last = ''
    createInterface({ input: child.stderr }).on('line', (line) => {
      last = line
      say(line)
    })
    child.once('error', reject)
    child.once('exit', (code) => {
      if (code === 0) resolve()
      else reject(new TwinError('CHILD_DIED', `The city was not built. ${last}`, { exitCode: code ?? -1 }))
    })
  })
}

/**
 * Builds the default city unless it stands, in a process of its own: it takes seconds and some hundred megabytes, and
 * this process wants to hear a Ctrl+C meanwhile and to have the memory back.
 *
 * Throws   CHILD_DIED with the builder's last words
 */
export async function ensureDefaultCity(say: (words: string) => void, signal?: AbortSignal): Promise<DefaultCity> {
  const before = standing()
  if (before) return { folder: defaultCityDir, manifest: before, built: false }
  await runBuilder(say, signal)
  const manifest = standing()
  if (!manifest) throw new TwinError('CHILD_DIED', `The city was built, but ${MANIFEST} is not what it should be.`)
  return { folder: defaultCityDir, manifest, built: true }
}

/** One line about it. */
export const cityWords = ({ manifest, built }: DefaultCity): string =>
  `${manifest.title}, ${manifest.counts.buildings.toLocaleString('en')} buildings${built ? ', built' : ''}`

export const readDefaultCity = ({ folder, manifest }: DefaultCity): City =>
  decodeCity(new Uint8Array(gunzipSync(readFileSync(join(folder, manifest.file)))))

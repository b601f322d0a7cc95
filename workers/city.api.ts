import { type ProxyMarked, releaseProxy, transfer } from 'comlink'
import { TwinError } from '../src/base/errors.ts'
import type { Finding } from '../src/base/findings.ts'
import { type Steps, within } from '../src/base/steps.ts'
import { encodeCity } from '../src/formats/cityFile/encodeCity.ts'
import { cityFile } from '../src/formats/cityFile/index.ts'
import type { CityCounts, CityFormat, InputFile } from '../src/formats/format.ts'
import { MAX_CITY_BYTES, readCityAs } from '../src/formats/readCityAs.ts'
import { type BuildingChunk, type BuildingChunksResult, runBuildingChunks } from '../src/mesh/buildingChunks.ts'
import { type GroundMesh, runGroundMesh } from '../src/mesh/ground.ts'
import { createPickIndex, type PickIndex } from '../src/mesh/pick.ts'
import { type PowerMesh, runPowerMesh } from '../src/mesh/power.ts'
import { runTrees, type Trees } from '../src/mesh/trees.ts'
import type { City, CityMeta } from '../src/model/city.ts'
import { sha256Hex } from '../src/model/hash.ts'
import { arrived } from './lib/arrived.ts'
import { buffersOf } from './lib/buffers.ts'
import { drive } from './lib/drive.ts'
import { cancelled, fetchBytes, gunzipIfPacked, nameOfUrl, unpackedName } from './lib/readBytes.ts'
import { installErrorWire } from './lib/wire.ts'

installErrorWire()

/** Where a city comes from: one address, or files that somebody chose. Either may be packed with gzip. */
export type CitySource =
  | { readonly url: string; readonly meta?: Partial<CityMeta> }
  | {
      readonly files: readonly { readonly name: string; readonly bytes: Uint8Array | Blob }[]
      readonly meta?: Partial<CityMeta>
    }

/** A city ready to be drawn, searched and clicked. The building meshes came before, chunk by chunk. */
export interface LoadedCity {
  readonly city: City
  readonly format: string
  readonly findings: readonly Finding[]
  readonly counts: CityCounts
  readonly buildings: BuildingChunksResult
  readonly ground: GroundMesh
  readonly power: PowerMesh
  readonly pick: PickIndex
  readonly sha256: string // of the city file, as it was or as it would be written
}

export type CityProgress = ((fraction: number, words: string) => void) & ProxyMarked
export type ChunkSink = ((chunk: BuildingChunk) => void) & ProxyMarked

export type CityApi = ReturnType<typeof createCityApi>

/** What the city worker can do. Runs on any thread, so tests call it without one. */
export function createCityApi() {
  const open = new Map<number, AbortController>()
  return {
    async load(job: number, source: CitySource, progress: CityProgress, chunks: ChunkSink): Promise<LoadedCity> {
      const tell = arrived(progress)
      const give = arrived(chunks)
      const stop = new AbortController()
      open.set(job, stop)
      try {
        const files = await openFiles(source, stop.signal, (fraction, words) => void tell(0.2 * fraction, words))
        const formats = await formatsFor(files)
        let words = 'Reading the city'
        const given: Promise<unknown>[] = []
        const steps = runLoad(formats, files, source.meta ?? {}, {
          say: (next) => {
            words = next
          },
          onChunk: (chunk) => {
            const taken = give(transfer(chunk, buffersOf(chunk)))
            taken.catch(() => {}) // heard of below, once for all
            given.push(taken)
          },
        })
        const loaded = await drive(steps, {
          isCancelled: () => stop.signal.aborted,
          onProgress: (fraction) => void tell(0.2 + 0.79 * fraction, words),
        })
        const sha256 = await hashOf(loaded, files)
        // the answer goes another way than the chunks and must not overtake them
        await Promise.all(given)
        await tell(1, 'The city stands')
        return transfer({ ...loaded, sha256 }, buffersOf(loaded))
      } finally {
        open.delete(job)
        tell[releaseProxy]()
        give[releaseProxy]()
      }
    },
    /** Sets the trees of a city that was loaded. They come after it, so that it can be seen before. */
    async plant(job: number, { city, pick }: Pick<LoadedCity, 'city' | 'pick'>): Promise<Trees> {
      const stop = new AbortController()
      open.set(job, stop)
      try {
        const trees = await drive(runTrees(city, pick), { isCancelled: () => stop.signal.aborted, onProgress() {} })
        return transfer(trees, buffersOf(trees))
      } finally {
        open.delete(job)
      }
    },
    cancel(job: number): void {
      open.get(job)?.abort()
    },
    /** Fetches the readers of files from elsewhere, so that one can be opened without a network. */
    async warm(): Promise<void> {
      await everyFormat()
    },
  }
}

/** Our own file is what the page begins with; whoever brings another waits for its readers once. */
const everyFormat = async (): Promise<readonly CityFormat[]> => {
  try {
    return (await import('../src/formats/index.ts')).formats
  } catch {
    throw new TwinError(
      'FILE_UNREADABLE',
      'The readers of other city files could not be fetched. Check the connection and open the file again.',
    )
  }
}

const formatsFor = async (files: readonly InputFile[]): Promise<readonly CityFormat[]> =>
  files.length > 0 && files.every(({ name, bytes }) => cityFile.sniff(bytes, name)) ? [cityFile] : everyFormat()

async function openFiles(
  source: CitySource,
  signal: AbortSignal,
  onProgress: (fraction: number, words: string) => void,
): Promise<InputFile[]> {
  const options = { maxBytes: MAX_CITY_BYTES, signal }
  if ('url' in source) {
    const name = nameOfUrl(source.url)
    const fetched = await fetchBytes(source.url, {
      ...options,
      onProgress: (f) => onProgress(0.8 * f, 'Fetching the city'),
    })
    const bytes = await gunzipIfPacked(fetched, name, {
      ...options,
      onProgress: () => onProgress(0.9, 'Unpacking the city'),
    })
    return [{ name: unpackedName(name), bytes }]
  }
  const files: InputFile[] = []
  for (const [i, { name, bytes }] of source.files.entries()) {
    if (signal.aborted) throw cancelled()
    onProgress(i / source.files.length, `Opening ${name}`)
    const plain = bytes instanceof Blob ? await readBlob(bytes, name) : bytes
    const unpacked = await gunzipIfPacked(plain, name, { ...options, onProgress: () => {} })
    files.push({ name: unpackedName(name), bytes: unpacked })
  }
  return files
}

async function readBlob(blob: Blob, name: string): Promise<Uint8Array> {
  try {
    return new Uint8Array(await blob.arrayBuffer())
  } catch {
    throw new TwinError(
      'FILE_UNREADABLE',
      `"${name}" could not be read; it was moved or changed since it was chosen.`,
      {
        file: name,
      },
    )
  }
}

interface LoadSinks {
  readonly say: (words: string) => void
  readonly onChunk: (chunk: BuildingChunk) => void
}

function* runLoad(
  formats: readonly CityFormat[],
  files: readonly InputFile[],
  meta: Partial<CityMeta>,
  { say, onChunk }: LoadSinks,
): Steps<Omit<LoadedCity, 'sha256'>> {
  const { city, findings, counts, format } = yield* within(0, 0.35, readCityAs(formats, files, { meta }))
  say('Raising the buildings')
  const buildings = yield* within(0.35, 0.7, runBuildingChunks(city, { onChunk }))
  say('Laying streets, parks and water')
  const ground = yield* within(0.7, 0.82, runGroundMesh(city))
  const pick = createPickIndex(city)
  say('Hanging the power lines')
  const power = yield* within(0.9, 1, runPowerMesh(city))
  return { city, format: format.id, findings, counts, buildings, ground, power, pick }
}

/** The hash by which a scenario knows its city: of the city file itself, or of the one this city would be written to. */
async function hashOf(loaded: Omit<LoadedCity, 'sha256'>, files: readonly InputFile[]): Promise<string> {
  const bytes = loaded.format === 'vcity' ? files[0]!.bytes : encodeCity(loaded.city, loaded)
  // the browser's own hash is quicker, but it is there in secure contexts only
  const subtle = globalThis.crypto?.subtle
  if (!subtle) return sha256Hex(bytes)
  const digest = new Uint8Array(await subtle.digest('SHA-256', bytes as Uint8Array<ArrayBuffer>))
  return [...digest].map((byte) => byte.toString(16).padStart(2, '0')).join('')
}

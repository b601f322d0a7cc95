import { releaseProxy, transfer } from 'comlink'
import { TwinError } from '../src/base/errors.ts'
import type { Fact } from '../src/base/quantity.ts'
import { type Steps, within } from '../src/base/steps.ts'
import { type CoverageInput, rasterKey, runCoverage } from '../src/engines/radio/coverage.ts'
import { summariseCoverage } from '../src/engines/radio/coverageSummary.ts'
import { footprintBoxes } from '../src/engines/radio/heightField.ts'
import { coverageModelNamed, type TransmitterRaster } from '../src/engines/radio/transmitterRaster.ts'
import { decodeCity } from '../src/formats/cityFile/decodeCity.ts'
import type { Buildings, City } from '../src/model/city.ts'
import type { CoverageRaster, CoverageSummary, Transmitter } from '../src/model/coverage.ts'
import { peoplePerBuilding, populationOf } from '../src/plan/people.ts'
import { arrived } from './lib/arrived.ts'
import { createJobs } from './lib/jobs.ts'
import type { ProgressSink } from './lib/link.ts'

export interface CoverageRequest {
  readonly transmitters: readonly Transmitter[]
  readonly cellM: number
  readonly model: string // id of a coverage model
}

export interface Coverage {
  readonly raster: CoverageRaster
  readonly summary: CoverageSummary
}

/** Where people live, as coverage counts them. */
export interface RadioOpened {
  readonly people: Float32Array // [buildings]
  readonly population: Fact | null // null: not known, nobody is counted
}

export type CoverageSink = (coverage: Coverage) => void

export type RadioApi = ReturnType<typeof createRadioApi>

/** Cells of the coarse answer are this much larger, so it costs a sixteenth. */
const COARSER = 4

const transferred = (coverage: Coverage): Coverage =>
  transfer(coverage, [coverage.raster.rssiDbm.buffer, coverage.raster.server.buffer])

/** What the radio worker can do. Runs on any thread, so tests call it without one. */
export function createRadioApi(cacheBytes = 96 * 1024 * 1024) {
  const jobs = createJobs()
  let city: { buildings: Buildings; boxes: Float32Array; people: Float32Array } | null = null
  let cache = createRasterCache(cacheBytes)

  const opened = () => {
    if (city) return city
    throw new TwinError('CITY_EMPTY', 'The radio worker has no city: open() was not called.')
  }

  return {
    /**
     * Takes a city, as its model or as the bytes of a city file, and the people of each building; without them the
     * known population is spread over its homes. Forgets what was computed for another city.
     */
    open(source: City | ArrayBuffer, people?: Float32Array): RadioOpened {
      const model = source instanceof ArrayBuffer ? decodeCity(new Uint8Array(source), 'city') : source
      const { buildings } = model
      const population = populationOf(model.meta.id) ?? null
      const own = people ?? peoplePerBuilding(model, population?.value ?? 0)
      city = { buildings, boxes: footprintBoxes(buildings), people: own }
      cache = createRasterCache(cacheBytes)
      return { people: own, population }
    },

    async coverage(
      job: number,
      request: CoverageRequest,
      progress: ProgressSink,
      onCoarse: CoverageSink | null,
    ): Promise<Coverage> {
      const coarseSink = onCoarse && arrived(onCoarse)
      try {
        const { buildings, boxes, people } = opened()
        const model = coverageModelNamed(request.model)
        const answer = (raster: CoverageRaster): Coverage => ({
          raster,
          summary: summariseCoverage(raster, request.transmitters, model.sigmaDb, buildings, people),
        })
        const at = (cellM: number): CoverageInput => ({ ...request, cellM, buildings, boxes })
        const coarseM = request.cellM * COARSER
        function* steps(): Steps<Coverage> {
          // what is known already needs no preview
          const known = request.transmitters.every((t) => cache.get(rasterKey(t, request.cellM, model.id)))
          if (coarseSink && !known) {
            void coarseSink(transferred(answer(yield* within(0, 0.06, runCoverage(at(coarseM), cache)))))
          }
          return answer(yield* within(0.06, 1, runCoverage(at(request.cellM), cache)))
        }
        return transferred(await jobs.run(job, steps(), progress))
      } finally {
        coarseSink?.[releaseProxy]()
      }
    },
    cancel: jobs.cancel,
  }
}

/** Rasters by key, the least recently used given up first. */
function createRasterCache(budgetBytes: number) {
  const held = new Map<string, TransmitterRaster>()
  let bytes = 0
  return {
    get(key: string): TransmitterRaster | undefined {
      const raster = held.get(key)
      if (raster) {
        held.delete(key)
        held.set(key, raster)
      }
      return raster
    },
    set(key: string, raster: TransmitterRaster): void {
      bytes += raster.rssiDbm.byteLength - (held.get(key)?.rssiDbm.byteLength ?? 0)
      held.set(key, raster)
      for (const [oldest, { rssiDbm }] of held) {
        if (bytes <= budgetBytes || held.size === 1) break
        held.delete(oldest)
        bytes -= rssiDbm.byteLength
      }
    },
  }
}

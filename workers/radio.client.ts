import { proxy } from 'comlink'
import type { City } from '../src/model/city.ts'
import { type JobOptions, openLink, type WorkerEnd } from './lib/link.ts'
import type { Coverage, CoverageRequest, RadioApi, RadioOpened } from './radio.api.ts'

interface CoverageOptions extends JobOptions {
  /** A first answer at four times the cell size, before the asked one. Not called when nothing has to be computed. */
  readonly onCoarse?: (coverage: Coverage) => void
}

/** Radio coverage as the rest of the product sees it: no worker, no comlink, only promises. */
export interface RadioSimulator {
  /** Hands over a copy of the city. Without people, the known population is spread over its homes. */
  open(city: City | ArrayBuffer, peoplePerBuilding?: Float32Array): Promise<RadioOpened>
  /** Rejects with RADIO_OUT_OF_RANGE, CITY_EMPTY, JOB_CANCELLED or WORKER_DIED. */
  coverage(request: CoverageRequest, options?: CoverageOptions): Promise<Coverage>
  /** Resolves once its thread runs; whatever it needs of the network is there then. */
  ready(): Promise<void>
  dispose(): void
}

const spawn = (): WorkerEnd =>
  new Worker(new URL('./radio.worker.ts', import.meta.url), { type: 'module', name: 'radio' }) as unknown as WorkerEnd

/** Tags and colours of buildings are many and say nothing to a radio wave: they stay at home. */
const withoutTags = (city: City): City => ({
  ...city,
  buildings: {
    ...city.buildings,
    tags: { start: new Uint32Array(1), key: new Uint32Array(0), value: new Uint32Array(0), words: [] },
  },
})

export function createRadioSimulator(endpoint: WorkerEnd = spawn()): RadioSimulator {
  const link = openLink<RadioApi>(endpoint)
  return {
    open: (city, people) =>
      link.run(
        (api) => api.open(city instanceof ArrayBuffer ? city : withoutTags(city), people) as Promise<RadioOpened>,
      ),
    coverage: (request, { onCoarse, ...options } = {}) =>
      link.run((api, job, sink) => {
        const coarse = onCoarse && proxy((coverage: Coverage) => !options.signal?.aborted && onCoarse(coverage))
        return api.coverage(job, request, sink, (coarse ?? null) as never) as Promise<Coverage>
      }, options),
    ready: link.ready,
    dispose: link.close,
  }
}

import type { City } from '../src/model/city.ts'
import type { BranchDay, BusDay } from '../src/model/grid.ts'
import type { GridApi, GridDayInput, GridDayResult, GridOpened } from './grid.api.ts'
import { type JobOptions, openLink, type WorkerEnd } from './lib/link.ts'

/** Grid simulation as the rest of the product sees it: no worker, no comlink, only promises. */
export interface GridSimulator {
  /** Synthesises a city's grid. Bytes of a city file are copied, so the caller keeps its own. */
  open(city: City | ArrayBuffer, options?: JobOptions): Promise<GridOpened>
  /** Solves a day. Rejects with JOB_CANCELLED, WORKER_DIED, PLACEMENT_REFUSED, or GRID_INVALID before `open`. */
  runDay(input: GridDayInput, options?: JobOptions): Promise<GridDayResult>
  /** One branch of the day last solved. */
  branchDay(branch: number, options?: JobOptions): Promise<BranchDay>
  /** One bus of the day last solved. */
  busDay(bus: number, options?: JobOptions): Promise<BusDay>
  /** Resolves once its thread runs; whatever it needs of the network is there then. */
  ready(): Promise<void>
  dispose(): void
}

const spawn = (): WorkerEnd =>
  new Worker(new URL('./grid.worker.ts', import.meta.url), { type: 'module', name: 'grid' })

export function createGridSimulator(endpoint: WorkerEnd = spawn()): GridSimulator {
  const link = openLink<GridApi>(endpoint)
  return {
    open: (city, options) => link.run((api, job, sink) => api.open(job, city, sink) as Promise<GridOpened>, options),
    runDay: (input, options) =>
      link.run((api, job, sink) => api.runDay(job, input, sink) as Promise<GridDayResult>, options),
    branchDay: (branch, options) => link.run((api) => api.branchDay(branch), options),
    busDay: (bus, options) => link.run((api) => api.busDay(bus), options),
    ready: link.ready,
    dispose: link.close,
  }
}

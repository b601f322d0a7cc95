import { TwinError } from '../base/errors.ts'
import type { Steps } from '../base/steps.ts'
import { runDraws } from '../engines/economics/draws.ts'
import type { Draws } from '../engines/economics/drawTable.ts'
import { drawHeights, footprintBoxes } from '../engines/radio/heightField.ts'
import {
  coverageModelNamed,
  runTransmitterRaster,
  type TransmitterRaster,
  transmitterWindow,
} from '../engines/radio/transmitterRaster.ts'
import type { City } from '../model/city.ts'
import type { Transmitter } from '../model/coverage.ts'
import { type NodeRequest, planNode } from './plannedNode.ts'

/** One piece of work of a plan: plain data, pure, so that any executor gives the same bytes. */
export type PlanJob =
  | { readonly engine: 'radio'; readonly transmitter: Transmitter; readonly cellM: number; readonly model: string }
  | {
      readonly engine: 'economics'
      readonly request: NodeRequest
      readonly seed: number
      readonly from: number
      readonly to: number
      readonly discountRate: number
    }

export type PlanJobResult =
  | { readonly engine: 'radio'; readonly raster: TransmitterRaster }
  | { readonly engine: 'economics'; readonly draws: Draws }

/** What jobs need of the city, made once per executor. */
export interface PlanWorld {
  readonly city: City
  readonly boxes: Float32Array
}

export const planWorld = (city: City): PlanWorld => ({ city, boxes: footprintBoxes(city.buildings) })

/** Does one job. Throws WORKER_DIED when radio is asked of an executor that has no city. */
export function* runPlanJob(job: PlanJob, world: PlanWorld | null): Steps<PlanJobResult> {
  if (job.engine === 'radio') {
    if (!world) throw new TwinError('WORKER_DIED', 'A radio job came to an executor without a city.')
    const { city, boxes } = world
    const model = coverageModelNamed(job.model)
    const field = drawHeights(city.buildings, boxes, transmitterWindow(job.transmitter, job.cellM, model))
    return { engine: 'radio', raster: yield* runTransmitterRaster(job.transmitter, field, model) }
  }
  const { cash } = planNode(job.request)
  return { engine: 'economics', draws: yield* runDraws(cash, job) }
}

/** Runs all jobs and answers in their order. */
export type Executor = (jobs: readonly PlanJob[]) => Promise<readonly PlanJobResult[]>

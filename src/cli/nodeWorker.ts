import { parentPort, workerData } from 'node:worker_threads'
import { TwinError } from '../base/errors.ts'
import { finish } from '../base/steps.ts'
import { type PlanJob, planWorld, runPlanJob } from '../plan/jobs.ts'
import { loadCity } from './loadCity.ts'

// A thread of the command line: loads the city once when there is one, then does one job after the other.

interface Ask {
  readonly index: number
  readonly job: PlanJob
}

const { cityPath } = workerData as { cityPath: string | null }
const world = cityPath === null ? null : planWorld(loadCity(cityPath).city)

parentPort!.on('message', ({ index, job }: Ask) => {
  try {
    parentPort!.postMessage({ index, result: finish(runPlanJob(job, world)) })
  } catch (error) {
    if (!(error instanceof TwinError)) throw error
    parentPort!.postMessage({ index, error: { code: error.code, message: error.message, details: error.details } })
  }
})
parentPort!.postMessage({ ready: true })

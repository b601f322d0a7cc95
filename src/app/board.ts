import { scenarioHash } from '../model/hash.ts'
import type { Kpi } from '../model/plan.ts'
import { SHOWN_VERDICTS } from '../model/trust.ts'
import type { TwinStores } from '../ui/stores.ts'

const kpi = (
  id: string,
  title: string,
  value: number,
  unit: string,
  source: string,
  better: Kpi['better'] = 'neither',
): Kpi => ({
  id,
  title,
  better,
  quantity: { value, unit, tag: 'modelled', source },
})

/**
 * The figures the demo ends on; null while one of them is still being computed. A grid day or a report of the plan as it
 * was before its last edit, left by somebody who stepped on quickly, is none, nor is a report that knows of no grid yet.
 */
export function boardOf({ readings, grid, plan, demo, scenario }: TwinStores): Kpi[] | null {
  const { status, devices } = readings.getState()
  const { run: day, runOf } = grid.getState()
  const report = plan.getState().run
  if (
    demo.getState().step < 0 ||
    !status ||
    status.backlogFrames > 0 ||
    day.status !== 'done' ||
    runOf !== scenario.getState().state ||
    report.status !== 'done' ||
    !report.result.kpis.some(({ id }) => id.startsWith('grid.')) ||
    report.result.scenarioHash !== scenarioHash(scenario.getState().scenario)
  )
    return null
  const { frame } = readings.getState().buffers
  const proven = frame.filter((f) => f && SHOWN_VERDICTS.includes(f.verdict) && f.level >= 3).length
  const { summary } = day.result
  const wanted = ['coverage.bullington.area', 'coverage.bullington.people', 'plan.outlay', 'plan.net']
  return [
    kpi('demo.devices', 'Devices proven', proven, `of ${devices.length}`, 'verify worker, recorded bundle'),
    kpi('demo.readings', 'Readings checked here', status.readings, '', 'verify worker, recorded bundle'),
    kpi('demo.peak', 'City peak load', summary.peakLoadW, 'W', 'grid engine'),
    kpi('demo.loading', 'Fullest line or transformer', summary.highestLoading, 'share', 'grid engine'),
    ...report.result.kpis.filter(({ id }) => wanted.includes(id)),
  ]
}

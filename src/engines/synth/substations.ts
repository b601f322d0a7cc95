import type { Findings } from '../../base/findings.ts'
import { AREA_KINDS, type City, POINT_KINDS, tagOf } from '../../model/city.ts'
import type { BuildingLoads } from '../../model/load.ts'

/** Where the city is fed from. */
export interface Substation {
  readonly title: string
  readonly xM: number
  readonly yM: number
  readonly mapped: boolean // false: put at the centre of the load, because none is mapped
}

/** Two mappings within this are the same substation. */
const SAME_M = 300

/** The mapped substations, points first; where there is none, one at the centre of the load, and a finding. */
export function findSubstations(city: City, loads: BuildingLoads, findings: Findings): Substation[] {
  const { points, areas, buildings } = city
  const found: Substation[] = []
  const add = (xM: number, yM: number, name: string | undefined): void => {
    const same = found.some((s) => (s.xM - xM) * (s.xM - xM) + (s.yM - yM) * (s.yM - yM) < SAME_M * SAME_M)
    if (!same) found.push({ title: name ?? `Substation ${found.length + 1}`, xM, yM, mapped: true })
  }
  for (let i = 0; i < points.count; i++) {
    if (POINT_KINDS[points.kind[i]] === 'substation') add(points.xM[i], points.yM[i], tagOf(points.tags, i, 'name'))
  }
  for (let i = 0; i < areas.count; i++) {
    if (AREA_KINDS[areas.kind[i]] !== 'substation' || tagOf(areas.tags, i, 'power') === 'plant') continue
    const { rings, start } = areas.polygons
    const vertex = rings.start[start[areas.polygonStart[i]]]
    add(rings.xM[vertex], rings.yM[vertex], tagOf(areas.tags, i, 'name'))
  }
  if (found.length > 0) return found

  let x = 0
  let y = 0
  let sum = 0
  for (let b = 0; b < loads.count; b++) {
    x += loads.peakW[b] * buildings.centreXM[b]
    y += loads.peakW[b] * buildings.centreYM[b]
    sum += loads.peakW[b]
  }
  findings.add(
    'SUBSTATION_ASSUMED',
    'substation',
    'No substation is mapped; one was put at the centre of the load.',
    'substation 1',
  )
  return [{ title: 'Assumed substation', xM: sum > 0 ? x / sum : 0, yM: sum > 0 ? y / sum : 0, mapped: false }]
}

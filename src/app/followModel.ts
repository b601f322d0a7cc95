import type { StoreApi } from 'zustand/vanilla'
import type { City } from '../model/city.ts'
import type { GridState } from '../stores/grid.ts'
import type { ReadingsState } from '../stores/readings.ts'
import { feederModelOf } from './feederModel.ts'
import type { Feeds } from './feeds.ts'

interface Followed {
  readonly grid: StoreApi<GridState>
  readonly readings: StoreApi<ReadingsState>
  readonly city: () => City | null
  readonly feeds: Pick<Feeds, 'setModel'>
}

/** Hands the verifier what the grid simulation says of the city as it is, whenever that or the devices' places change. */
export function followModel({ grid, readings, city, feeds }: Followed): () => void {
  let known: readonly unknown[] = []
  const follow = () => {
    const { map, baseline } = grid.getState()
    const { devices } = readings.getState()
    const placed = devices.reduce((n, { buildingOsmId }) => n + (buildingOsmId ? 1 : 0), 0)
    const own = city()
    const facts = [map, baseline, own, devices.length, placed, devices[0]?.address]
    if (facts.every((fact, i) => fact === known[i])) return
    known = facts
    feeds.setModel(own && map && baseline ? feederModelOf(own, map, baseline.day, devices) : null)
  }
  const offs = [grid.subscribe(follow), readings.subscribe(follow)]
  return () => {
    for (const off of offs) off()
  }
}

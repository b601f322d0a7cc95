import { createEnu } from '../geo/enu.ts'
import { runPrepareSearch, searchCity } from '../mesh/search.ts'
import type { City } from '../model/city.ts'
import { DEVICE_KIND_INFO } from '../model/device.ts'
import type { DeviceRow } from '../model/trust.ts'
import type { Hit } from '../ui/actions.ts'

const MOST = 12
const SLICE_MS = 8
const local = new Float64Array(2)

/** Prepares the search in small pieces while the page is idle, so that the first key press finds it ready. */
export function prepareSearch(city: City): () => void {
  const steps = runPrepareSearch(city)
  let stopped = false
  const idle = globalThis.requestIdleCallback ?? ((run: () => void) => setTimeout(run, 30))
  const work = () => {
    if (stopped) return
    const end = performance.now() + SLICE_MS
    while (performance.now() < end) if (steps.next().done) return
    idle(work)
  }
  idle(work)
  return () => {
    stopped = true
  }
}

/** Places and devices by name, address, tag or kind. */
export function searchAll(city: City | null, devices: readonly DeviceRow[], query: string): Hit[] {
  const words = query.trim().toLowerCase()
  if (!city || words.length < 2) return []
  const enu = createEnu(city.meta.originLatDeg, city.meta.originLonDeg)
  const found: Hit[] = []
  for (const [index, device] of devices.entries()) {
    if (found.length === 4) break
    const kind = DEVICE_KIND_INFO[device.kind].title
    if (!`${device.title} ${kind} ${device.address}`.toLowerCase().includes(words)) continue
    enu.toLocal(device.latDeg, device.lonDeg, local)
    found.push({ pick: { kind: 'device', index }, title: device.title, subtitle: kind, xM: local[0]!, yM: local[1]! })
  }
  for (const { kind, index, title, subtitle, xM, yM } of searchCity(city, query, MOST - found.length)) {
    found.push({ pick: kind === 'building' ? { kind: 'building', index } : null, title, subtitle, xM, yM })
  }
  return found
}

import { valueAt } from '../../src/base/ring.ts'
import { DEVICE_KIND_INFO, type DeviceKind } from '../../src/model/device.ts'
import type { DeviceRow } from '../../src/model/trust.ts'
import { isRejected, type ReadingBuffers, seriesOf } from '../../src/stores/readings.ts'

/** What counts as much for the eye, in the unit of the headline metric. */
const FULL: Readonly<Record<DeviceKind, number>> = {
  'smart-meter': 60_000,
  'pv-inverter': 60_000,
  'ev-charger': 50_000,
  'swap-station': 200_000,
  'lora-gateway': 120,
  'air-quality': 80,
}

/** Whether a mark shows a rejection. A past moment of the timeline is not touched by the newest message. */
export const showsRejection = (buffers: ReadingBuffers, device: number, atMs: number): boolean =>
  atMs === Infinity && isRejected(buffers.frame[device])

/** How strongly a device glows, 0..1: its proven value against what counts as much; NaN when nothing may be shown. */
export function glowOf(devices: readonly DeviceRow[], buffers: ReadingBuffers, device: number, atMs: number): number {
  const row = devices[device]
  if (!row || showsRejection(buffers, device, atMs)) return NaN
  const metric = DEVICE_KIND_INFO[row.kind].metrics[0]
  const series = metric === undefined ? -1 : seriesOf(devices, device, metric)
  const value = series < 0 ? NaN : valueAt(buffers.ring, series, atMs)
  return Math.min(Math.sqrt(Math.max(value, 0) / FULL[row.kind]), 1)
}

/**
 * Tints the buildings whose devices report: periwinkle for simulated, mint for real. Rejected devices leave no trace.
 *
 * Shapes  `rgba` [n buildings or more, 4] bytes, linear colour, alpha how much of it.
 */
export function paintReadings(
  devices: readonly DeviceRow[],
  buffers: ReadingBuffers,
  buildingOf: ReadonlyMap<string, number>,
  atMs: number,
  rgba: Uint8Array,
): void {
  for (let i = 0; i < devices.length; i++) {
    const device = devices[i]!
    const building = device.buildingOsmId === null ? undefined : buildingOf.get(device.buildingOsmId)
    if (building === undefined) continue
    const glow = glowOf(devices, buffers, i, atMs)
    if (Number.isNaN(glow)) continue
    const simulated = device.origin === 'simulated'
    rgba[4 * building] = simulated ? 30 : 12
    rgba[4 * building + 1] = simulated ? 42 : 150
    rgba[4 * building + 2] = simulated ? 235 : 105
    rgba[4 * building + 3] = Math.max(rgba[4 * building + 3]!, Math.round(255 * (0.16 + 0.5 * glow)))
  }
}

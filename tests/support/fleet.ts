import type { FleetDevice, FleetModel, FleetReading } from '../../data/devnet/fleetModel.ts'
import { DEVICE_KIND_INFO, DEVICE_KINDS, metricById } from '../../src/model/device.ts'

/** A small fleet of every kind and both curves, whose values are lines in time. For tests only. */
export function createTestFleet(count: number): FleetModel {
  const devices = Array.from(
    { length: count },
    (_, i): FleetDevice => ({
      kind: DEVICE_KINDS[i % DEVICE_KINDS.length]!,
      title: `Test device ${i}`,
      latDeg: 51.1 + i / 10_000,
      lonDeg: 71.4,
      heightM: 3,
      buildingOsmId: i % 2 ? `way/${i}` : null,
      curve: i % 2 ? 'p256' : 'secp256k1',
    }),
  )
  return {
    devices,
    readAt(device, timeMs): FleetReading[] {
      return DEVICE_KIND_INFO[devices[device]!.kind].metrics.map((metric) => {
        const { min, max } = metricById.get(metric)!
        const share = 0.3 + 0.2 * ((timeMs % 86_400_000) / 86_400_000) + device / 10_000
        return { metric, value: Math.max(min, -100) + share * (Math.min(max, 100) - Math.max(min, -100)), scale: -1 }
      })
    },
  }
}

import { DEVICE_KINDS, type DeviceKind } from '../../../src/model/device.ts'

/** What a fleet is made of. */
const SHARES: Readonly<Record<DeviceKind, number>> = {
  'smart-meter': 0.42,
  'pv-inverter': 0.17,
  'ev-charger': 0.12,
  'swap-station': 0.025,
  'lora-gateway': 0.08,
  'air-quality': 0.185,
}

/** How many of each kind make `devices` in all: by largest remainder, and one of each as soon as there are enough. */
export function quotasFor(devices: number): Record<DeviceKind, number> {
  const least = devices >= DEVICE_KINDS.length ? 1 : 0
  const wished = DEVICE_KINDS.map((kind) => SHARES[kind] * devices)
  const counts = wished.map((wish) => Math.max(least, Math.floor(wish)))
  const order = wished.map((_, i) => i).sort((a, b) => (wished[b]! % 1) - (wished[a]! % 1) || a - b)
  let missing = devices - counts.reduce((sum, count) => sum + count, 0)
  for (let k = 0; missing > 0; k = (k + 1) % order.length, missing--) counts[order[k]!] = counts[order[k]!]! + 1
  // least may have given too many: the most numerous kind gives them back
  for (; missing < 0; missing++) {
    const most = counts.indexOf(Math.max(...counts))
    counts[most] = counts[most]! - 1
  }
  return Object.fromEntries(DEVICE_KINDS.map((kind, i) => [kind, counts[i]!])) as Record<DeviceKind, number>
}

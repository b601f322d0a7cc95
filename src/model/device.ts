/** Kinds of device. Index into this list is the value on chain and in files; append only. */
export const DEVICE_KINDS = [
  'smart-meter',
  'pv-inverter',
  'ev-charger',
  'swap-station',
  'lora-gateway',
  'air-quality',
] as const
export type DeviceKind = (typeof DEVICE_KINDS)[number]

/** What a device measures: its id in the frame, its unit, and what values and changes are physically believable. */
export interface Metric {
  readonly id: number // u16 in the frame; never reused
  readonly key: string
  readonly title: string
  readonly unit: string
  readonly min: number // values outside are IMPLAUSIBLE
  readonly max: number
  readonly maxPerS: number // faster changes are IMPLAUSIBLE
}

const metric = (
  id: number,
  key: string,
  title: string,
  unit: string,
  min: number,
  max: number,
  maxPerS: number,
): Metric => ({ id, key, title, unit, min, max, maxPerS })

/** Every metric a frame may carry. */
export const METRICS: readonly Metric[] = [
  metric(1, 'active-power', 'Active power', 'W', -500_000, 2_000_000, 500_000),
  metric(2, 'voltage', 'Voltage', 'V', 0, 500, 400),
  metric(3, 'energy-import', 'Energy imported', 'Wh', 0, 1e12, 1_000),
  metric(4, 'pv-power', 'PV output', 'W', 0, 2_000_000, 500_000),
  metric(5, 'charging-power', 'Charging power', 'W', 0, 500_000, 500_000),
  metric(6, 'sessions', 'Sessions in progress', '', 0, 100, 10),
  metric(7, 'charged-packs', 'Charged packs', '', 0, 100, 10),
  metric(8, 'uplinks', 'Uplinks heard', '1/min', 0, 100_000, 10_000),
  metric(9, 'noise-floor', 'Noise floor', 'dBm', -150, -60, 50),
  metric(10, 'pm25', 'PM2.5', 'µg/m³', 0, 1_000, 200),
  metric(11, 'temperature', 'Air temperature', '°C', -60, 60, 5),
  metric(12, 'irradiance', 'Irradiance', 'W/m²', 0, 1_500, 1_000),
]

export const metricById: ReadonlyMap<number, Metric> = new Map(METRICS.map((m) => [m.id, m]))

/**
 * What the owner of a device wants published of it. `delayed`: its messages are anchored at once and delivered only
 * after the delay. `aggregated`: the device itself signs means over longer spans; nothing finer leaves it.
 */
export type DevicePrivacy =
  | { readonly publish: 'delayed'; readonly delayS: number }
  | { readonly publish: 'aggregated'; readonly everyS: number }

/** What a kind of device reports, the headline first, and what a stranger could learn from it. */
export interface DeviceKindInfo {
  readonly kind: DeviceKind
  readonly title: string
  readonly metrics: readonly number[] // metric ids, headline first
  readonly privacy: string
}

export const DEVICE_KIND_INFO: Readonly<Record<DeviceKind, DeviceKindInfo>> = {
  'smart-meter': {
    kind: 'smart-meter',
    title: 'Smart meter',
    metrics: [1, 2, 3],
    privacy:
      'A household load curve is personal data: it shows when people are at home. Only hashes are on chain; bodies can be withheld or aggregated.',
  },
  'pv-inverter': {
    kind: 'pv-inverter',
    title: 'PV inverter',
    metrics: [4, 12],
    privacy: 'Output follows the sun; with the address it shows what is installed on a roof.',
  },
  'ev-charger': {
    kind: 'ev-charger',
    title: 'EV charger',
    metrics: [5, 6],
    privacy: 'Sessions at a private charger show when its owner comes and goes.',
  },
  'swap-station': {
    kind: 'swap-station',
    title: 'Battery-swap station',
    metrics: [5, 7, 6],
    privacy: 'Station totals name no vehicle.',
  },
  'lora-gateway': {
    kind: 'lora-gateway',
    title: 'LoRaWAN gateway',
    metrics: [8, 9],
    privacy: 'Traffic counts name no device.',
  },
  'air-quality': {
    kind: 'air-quality',
    title: 'Air-quality sensor',
    metrics: [10, 11],
    privacy: 'Street air names nobody.',
  },
}

/** One stop of a colour ramp: position 0..1 and linear RGB. */
export type Stop = readonly [at: number, r: number, g: number, b: number]

const linear = (hex: number, at: number): Stop => {
  const channel = (c: number): number => SRGB_TO_LINEAR[c]
  return [at, channel((hex >> 16) & 255), channel((hex >> 8) & 255), channel(hex & 255)]
}

/** sRGB byte to linear light (IEC 61966-2-1), by a cubic fit good to 1e-3: exact enough for paint, and the same everywhere. */
const SRGB_TO_LINEAR = Float64Array.from({ length: 256 }, (_, byte) => {
  const s = byte / 255
  return s <= 0.04045 ? s / 12.92 : s * (s * (s * 0.305306011 + 0.682171111) + 0.012522878)
})

const spread = (colours: readonly number[]): readonly Stop[] =>
  colours.map((hex, i) => linear(hex, i / (colours.length - 1)))

/**
 * The ramps of the product, all readable with the three common kinds of colour-blindness.
 *
 * Source   viridis and cividis: matplotlib (BSD), sampled; voltage: blue – neutral – orange after ColorBrewer PuOr/RdBu logic.
 */
export const RAMPS = {
  /** Signal strength, weak to strong. */
  signal: spread([0x440154, 0x46327e, 0x365c8d, 0x277f8e, 0x1fa187, 0x4ac16d, 0xa0da39, 0xfde725]),
  /** Share of a thermal limit: calm indigo to violet, then warning sand and orange above 1. */
  loading: [
    linear(0x3b3f7a, 0),
    linear(0x5b5bd6, 0.3),
    linear(0x8f7bff, 0.55),
    linear(0xc7a4ff, 0.72),
    linear(0xffd28a, 0.8),
    linear(0xff8a3d, 1),
  ],
  /** Voltage around 1 pu. */
  voltage: [
    linear(0x2b6cff, 0),
    linear(0x8fb4ff, 0.3),
    linear(0xdcdad4, 0.5),
    linear(0xffc27a, 0.7),
    linear(0xf26a1b, 1),
  ],
} as const satisfies Record<string, readonly Stop[]>

export type RampId = keyof typeof RAMPS

/** Writes the linear colour of t (0..1, clamped) into out[at .. at + 2]. NaN leaves it untouched. */
export function sampleRamp(stops: readonly Stop[], t: number, out: Float32Array, at: number): void {
  if (Number.isNaN(t)) return
  let k = 1
  while (k < stops.length - 1 && t > stops[k][0]) k++
  const [from, r0, g0, b0] = stops[k - 1]
  const [to, r1, g1, b1] = stops[k]
  const f = Math.min(Math.max((t - from) / (to - from), 0), 1)
  out[at] = r0 + (r1 - r0) * f
  out[at + 1] = g0 + (g1 - g0) * f
  out[at + 2] = b0 + (b1 - b0) * f
}

/** What a ramp spans: loading 0..1.25 of the limit, voltage 0.9..1.1 pu, signal −137..−60 dBm. */
export const RAMP_RANGE = {
  signal: [-137, -60],
  loading: [0, 1.25],
  voltage: [0.9, 1.1],
} as const satisfies Record<RampId, readonly [number, number]>

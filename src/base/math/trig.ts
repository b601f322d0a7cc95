const S1 = -1.66666666666666324348e-1
const S2 = 8.33333333332248946124e-3
const S3 = -1.98412698298579493134e-4
const S4 = 2.75573137070700676789e-6
const S5 = -2.50507602534068634195e-8
const S6 = 1.58969099521155010221e-10
const C1 = 4.16666666666666019037e-2
const C2 = -1.38888888888741095749e-3
const C3 = 2.48015872894767294178e-5
const C4 = -2.75573143513906633035e-7
const C5 = 2.0875723212981748279e-9
const C6 = -1.13596475577881948265e-11
const INV_PIO2 = 6.36619772367581382433e-1
const PIO2_1 = 1.57079632673412561417
const PIO2_2 = 6.0771005063039659766e-11
const PIO2_3 = 2.0222662487111664558e-21
const PIO2_3T = 8.47842766036889956997e-32

/** The largest angle, in radians, that is reduced to full precision; beyond it sin and cos give NaN. */
export const LARGEST_ANGLE_RAD = 1e6

function sinKernel(x: number, y: number): number {
  const z = x * x
  const v = z * x
  const r = S2 + z * (S3 + z * (S4 + z * (S5 + z * S6)))
  return x - (z * (0.5 * y - v * r) - y - v * S1)
}

function cosKernel(x: number, y: number): number {
  const z = x * x
  const r = z * (C1 + z * (C2 + z * (C3 + z * (C4 + z * (C5 + z * C6)))))
  const hz = 0.5 * z
  const w = 1 - hz
  return w + (1 - w - hz + (z * r - x * y))
}

/** The rest after quarter turns were taken off, as a sum of two doubles, and how many were taken (mod 4). */
const rest = new Float64Array(2)

function reduce(x: number): number {
  if (x <= 0.7853981633974483 && x >= -0.7853981633974483) {
    rest[0] = x
    rest[1] = 0
    return 0
  }
  const n = Math.round(x * INV_PIO2)
  // three parts of pi/2, each exact when multiplied by n < 2^20 (Cody and Waite)
  let r = x - n * PIO2_1
  let w = n * PIO2_2
  const t = r
  r = t - w
  w = n * PIO2_3 - (t - r - w)
  const y = r - w
  rest[0] = y
  rest[1] = r - y - w - n * PIO2_3T
  return n & 3
}

/**
 * Sine and cosine of an angle in radians, the same bits in every engine (error about 1 ulp of the result or 1e-17).
 *
 * Source   kernels of fdlibm k_sin.c and k_cos.c (Sun Microsystems 1993, freely granted); reduction to three parts.
 */
export function sin(x: number): number {
  if (!(x >= -LARGEST_ANGLE_RAD && x <= LARGEST_ANGLE_RAD)) return NaN
  const quarter = reduce(x)
  if (quarter === 0) return sinKernel(rest[0], rest[1])
  if (quarter === 1) return cosKernel(rest[0], rest[1])
  if (quarter === 2) return -sinKernel(rest[0], rest[1])
  return -cosKernel(rest[0], rest[1])
}

export function cos(x: number): number {
  if (!(x >= -LARGEST_ANGLE_RAD && x <= LARGEST_ANGLE_RAD)) return NaN
  const quarter = reduce(x)
  if (quarter === 0) return cosKernel(rest[0], rest[1])
  if (quarter === 1) return -sinKernel(rest[0], rest[1])
  if (quarter === 2) return -cosKernel(rest[0], rest[1])
  return sinKernel(rest[0], rest[1])
}

export const tan = (x: number): number => sin(x) / cos(x)

import type { DssObject } from './readScript.ts'
import { type Values, valuesOf } from './values.ts'

/** Voltage and impedances of a source. */
export interface DssSource {
  readonly kv: number
  readonly pu: number
  readonly angleRad: number
  readonly positiveOhm: readonly [number, number]
  readonly zeroOhm: readonly [number, number]
}

/**
 * The impedance behind a source, from its short-circuit power or current or as it is given.
 *
 *   x1 = U² / S3 / √(1 + (r/x)²);  r0 solves |2 z1 + z0| = 3 U / √3 / I1 with x0 = r0 · x0r0
 *
 * Source   OpenDSS Reference Guide, "Vsource"
 */
export function readSource(object: DssObject): DssSource {
  const get = valuesOf(object)
  const kv = get.above0('basekv', 115)
  return {
    kv,
    pu: get.above0('pu', 1),
    angleRad: (get.number('angle', 0) * Math.PI) / 180,
    ...impedances(get, kv, lastOf(object)),
  }
}

/** Which way of giving the impedance was used last. */
const lastOf = ({ said }: DssObject): 'power' | 'current' | 'ohm' => {
  for (const [property] of said.toReversed()) {
    if (/^mvasc/.test(property)) return 'power'
    if (/^isc/.test(property)) return 'current'
    if (/^[rx][01]$/.test(property)) return 'ohm'
  }
  return 'power'
}

function impedances(get: Values, kv: number, way: 'power' | 'current' | 'ohm') {
  if (way === 'ohm') {
    const r1 = get.number('r1', 1.65)
    const x1 = get.number('x1', 6.6)
    return { positiveOhm: [r1, x1], zeroOhm: [get.number('r0', 1.9), get.number('x0', 5.7)] } as const
  }
  const ratio = get.above0('x1r1', 4)
  const zeroRatio = get.above0('x0r0', 3)
  const phaseV = (kv * 1e3) / Math.sqrt(3)
  const current = (isc: string, mva: string, initialMva: number): number =>
    way === 'current'
      ? get.above0(isc, isc === 'isc3' ? 10_000 : 10_500)
      : (get.above0(mva, initialMva) * 1e6) / 3 / phaseV
  const x1 = phaseV / current('isc3', 'mvasc3', 2000) / Math.sqrt(1 + 1 / (ratio * ratio))
  const r1 = x1 / ratio
  const all = (3 * phaseV) / current('isc1', 'mvasc1', 2100)
  const a = 1 + zeroRatio * zeroRatio
  const b = 4 * (r1 + x1 * zeroRatio)
  const c = 4 * (r1 * r1 + x1 * x1) - all * all
  const r0 = (-b + Math.sqrt(Math.max(0, b * b - 4 * a * c))) / (2 * a)
  return { positiveOhm: [r1, x1], zeroOhm: [r0, r0 * zeroRatio] } as const
}

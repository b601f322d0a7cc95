import { TwinError } from '../../../base/errors.ts'
import { type DssObject, type DssScript, invalid } from './readScript.ts'
import { metresOf, valuesOf } from './values.ts'

interface Wire {
  readonly xM: number
  readonly heightM: number
  readonly rPerM: number
  readonly gmrM: number
  readonly radiusM: number
}

const MU0 = 4e-7 * Math.PI
const EPS0 = 8.854187817e-12
const EARTH_OHM_M = 100

/** The wires of a geometry; "cond=k" chooses the one that the next words are about. */
function wiresOf(script: DssScript, geometry: DssObject): { wires: Wire[]; phases: number } {
  const get = valuesOf(geometry)
  const count = get.whole('nconds', 3, 20)
  const rows = Array.from({ length: count }, () => ({ wire: '', x: NaN, h: NaN, metres: 0.3048 }))
  let at = 0
  let metres = 0.3048 // feet, until said otherwise
  for (const [property, value] of geometry.said) {
    if (property === 'cond') at = Number(value) - 1
    const row = rows[at]
    if (!row) throw invalid(geometry, 'cond', value, `a whole number from 1 to ${count}`)
    if (property === 'units') metres = metresOf(geometry, 'units', value)
    if (property === 'wire') row.wire = value.toLowerCase()
    if (property === 'x') row.x = Number(value)
    if (property === 'h') row.h = Number(value)
    row.metres = metres
  }
  const wires = rows.map(({ wire, x, h, metres: unit }, k): Wire => {
    const data = script.objects.get(`wiredata.${wire}`)
    if (!data) throw invalid(geometry, 'wire', wire || `missing for conductor ${k + 1}`, 'the name of a wire')
    if (!Number.isFinite(x) || !(h > 0))
      throw invalid(geometry, 'h', String(h), 'a place above ground for each conductor')
    const own = valuesOf(data)
    const length = (field: string, units: string): number =>
      own.above0(field, NaN) * metresOf(data, units, own.text(units))
    return {
      xM: x * unit,
      heightM: h * unit,
      rPerM: own.above0('rac', own.number('rdc', NaN) * 1.02) / metresOf(data, 'runits', own.text('runits')),
      gmrM: length('gmrac', 'gmrunits'),
      radiusM: own.has('radius') ? length('radius', 'radunits') : length('diam', 'radunits') / 2,
    }
  })
  return { wires, phases: get.whole('nphases', 3, count) }
}

/**
 * Ohms and nanofarads per metre of wires above ground, neutrals folded in.
 *
 *   Z(i, i) = r + ω μ0 / 8 + j ω μ0 / 2π · ln(D / gmr)      D = 658.5 √(ρ / f), depth of the earth's return
 *   Z(i, k) =     ω μ0 / 8 + j ω μ0 / 2π · ln(D / distance)
 *   P(i, k) = ln(distance to the mirror image / distance) / 2π ε0,  C = P⁻¹
 *
 * Throws   NOT_AVAILABLE_YET for another earth model
 * Source   Carson 1926 in the modified form, Kersting, Distribution System Modeling and Analysis, ch. 4 and 5
 */
export function geometryMatrices(script: DssScript, line: DssObject, name: string, n: number) {
  const geometry = script.objects.get(`linegeometry.${name}`)
  if (!geometry) throw invalid(line, 'geometry', name, 'the name of a line geometry')
  if (script.earthModel !== 'carson')
    throw new TwinError('NOT_AVAILABLE_YET', `The earth model ${script.earthModel} is not available yet; carson is.`, {
      component: 'linegeometry',
      id: name,
    })
  const { wires, phases } = wiresOf(script, geometry)
  if (phases !== n) throw invalid(line, 'geometry', `${name} of ${phases} phases`, `one of ${n}`)
  const count = wires.length
  const omega = 2 * Math.PI * script.frequencyHz
  const depth = 658.5 * Math.sqrt(EARTH_OHM_M / script.frequencyHz)
  const re = new Float64Array(count * count)
  const im = new Float64Array(count * count)
  const potential = new Float64Array(count * count)
  wires.forEach((a, i) => {
    wires.forEach((b, k) => {
      const o = i * count + k
      const apart = Math.hypot(a.xM - b.xM, a.heightM - b.heightM)
      const mirrored = Math.hypot(a.xM - b.xM, a.heightM + b.heightM)
      re[o] = (omega * MU0) / 8 + (i === k ? a.rPerM : 0)
      im[o] = ((omega * MU0) / (2 * Math.PI)) * Math.log(depth / (i === k ? a.gmrM : apart))
      potential[o] = Math.log(mirrored / (i === k ? a.radiusM : apart)) / (2 * Math.PI * EPS0)
    })
  })
  const folded = foldNeutrals(re, im, count, n)
  const charge = foldNeutrals(potential, new Float64Array(count * count), count, n)
  return { rOhm: folded.re, xOhm: folded.im, nanofarad: inverse(charge.re, n).map((c) => c * 1e9) }
}

/** Kron's reduction of a symmetric complex matrix to its first n rows, one neutral after the other. */
function foldNeutrals(re: Float64Array, im: Float64Array, count: number, n: number) {
  for (let k = count - 1; k >= n; k--) {
    const d = k * count + k
    const size = re[d]! * re[d]! + im[d]! * im[d]!
    for (let i = 0; i < k; i++)
      for (let j = 0; j < k; j++) {
        const [a, b, o] = [i * count + k, k * count + j, i * count + j]
        const pRe = re[a]! * re[b]! - im[a]! * im[b]!
        const pIm = re[a]! * im[b]! + im[a]! * re[b]!
        re[o]! -= (pRe * re[d]! + pIm * im[d]!) / size
        im[o]! -= (pIm * re[d]! - pRe * im[d]!) / size
      }
  }
  const part = (m: Float64Array): number[] =>
    Array.from({ length: n * n }, (_, o) => m[Math.floor(o / n) * count + (o % n)]!)
  return { re: part(re), im: part(im) }
}

/** Inverse of a positive definite matrix by elimination. */
function inverse(matrix: readonly number[], n: number): number[] {
  const a = [...matrix]
  const b = Array.from({ length: n * n }, (_, o) => (o % (n + 1) === 0 ? 1 : 0))
  for (let k = 0; k < n; k++) {
    const d = a[k * n + k]!
    for (let j = 0; j < n; j++) {
      a[k * n + j]! /= d
      b[k * n + j]! /= d
    }
    for (let i = 0; i < n; i++) {
      const f = a[i * n + k]!
      if (i === k || f === 0) continue
      for (let j = 0; j < n; j++) {
        a[i * n + j]! -= f * a[k * n + j]!
        b[i * n + j]! -= f * b[k * n + j]!
      }
    }
  }
  return b
}

import type { PhaseMatrix } from '../../../model/phaseCase.ts'
import { geometryMatrices } from './geometry.ts'
import { type DssObject, type DssScript, invalid } from './readScript.ts'
import { metresOf, type Values, valuesOf } from './values.ts'

/** Series ohms and shunt nanofarads of a line, row-major. */
interface LineMatrices {
  readonly rOhm: readonly number[]
  readonly xOhm: readonly number[]
  readonly nanofarad: readonly number[]
}

/** What a line or line code without data is. Source: OpenDSS Reference Guide, "Line": 336 MCM ACSR, per 1,000 ft. */
const DEFAULTS = { r1: 0.058, x1: 0.1206, r0: 0.1784, x0: 0.4047, c1: 3.4, c0: 1.6 }
/** What "switch=yes" makes of a line. Source: OpenDSS Reference Guide, "Line". */
const SWITCH = { r1: 1, x1: 1, r0: 1, x0: 1, c1: 1.1, c0: 1 }

/** Self and mutual values of a quantity given by sequence: (2 p + z) / 3 and (z - p) / 3. */
const bySequence = (n: number, positive: number, zero: number): number[] =>
  Array.from({ length: n * n }, (_, o) => (o % (n + 1) === 0 ? 2 * positive + zero : zero - positive) / 3)

/** Matrices per unit of length at the system's frequency, from matrices or sequence values of a line or line code. */
function ownMatrices(
  object: DssObject,
  get: Values,
  n: number,
  hertz: number,
  base: LineMatrices | null,
  isSwitch = false,
): LineMatrices {
  const initial = isSwitch ? SWITCH : DEFAULTS
  const scale = hertz / get.above0('basefreq', hertz)
  const scaled = (values: readonly number[]): number[] => values.map((x) => x * scale)
  const sequence = (positive: 'r1' | 'x1' | 'c1', zero: 'r0' | 'x0' | 'c0'): number[] | null =>
    !base || isSwitch || get.has(positive) || get.has(zero)
      ? bySequence(n, get.number(positive, initial[positive]), get.number(zero, initial[zero]))
      : null
  const r = get.matrix('rmatrix', n) ?? sequence('r1', 'r0')
  const x = get.matrix('xmatrix', n) ?? sequence('x1', 'x0')
  const c = get.matrix('cmatrix', n) ?? sequence('c1', 'c0')
  const made = { rOhm: r ?? base?.rOhm, xOhm: x ? scaled(x) : base?.xOhm, nanofarad: c ?? base?.nanofarad }
  if (!made.rOhm || !made.xOhm || !made.nanofarad) throw invalid(object, 'rmatrix', 'missing', 'an impedance')
  return made as LineMatrices
}

function codeMatrices(
  script: DssScript,
  line: DssObject,
  name: string,
  n: number,
): { matrices: LineMatrices; metres: number } {
  const code = script.objects.get(`linecode.${name.toLowerCase()}`)
  if (!code) throw invalid(line, 'linecode', name, 'the name of a line code')
  const get = valuesOf(code)
  const phases = get.whole('nphases', 3, 6)
  if (phases !== n) throw invalid(line, 'linecode', `${name} of ${phases} phases`, `one of ${n}`)
  return {
    matrices: ownMatrices(code, get, n, script.frequencyHz, null),
    metres: metresOf(code, 'units', get.text('units')),
  }
}

/**
 * Impedance and charging of a whole line: from its geometry, its line code, its own figures, or what stands in for
 * them; lengths are converted where both the line and its data name a unit.
 */
export function lineMatrices(
  script: DssScript,
  line: DssObject,
  n: number,
): { seriesOhm: PhaseMatrix; shuntS: PhaseMatrix } {
  const get = valuesOf(line)
  const isSwitch = get.yes('switch', false)
  const length = get.above0('length', isSwitch ? 0.001 : 1)
  const metres = metresOf(line, 'units', get.text('units'))
  const geometry = get.text('geometry')
  const code = get.text('linecode')
  let matrices: LineMatrices
  let perMetres: number
  if (geometry !== undefined) {
    matrices = geometryMatrices(script, line, geometry.toLowerCase(), n)
    perMetres = 1 // of the geometry's own, in metres
    if (Number.isNaN(metres)) throw invalid(line, 'units', 'missing', 'a unit of length beside a geometry')
  } else {
    const own = code === undefined ? null : codeMatrices(script, line, code, n)
    perMetres = own?.metres ?? NaN
    matrices = ownMatrices(line, get, n, script.frequencyHz, own?.matrices ?? null, isSwitch)
  }
  const factor = Number.isNaN(metres) || Number.isNaN(perMetres) ? length : (length * metres) / perMetres
  const siemens = 2 * Math.PI * script.frequencyHz * 1e-9 * factor
  const times = (values: readonly number[], k: number): number[] => values.map((value) => value * k)
  return {
    seriesOhm: { re: times(matrices.rOhm, factor), im: times(matrices.xOhm, factor) },
    shuntS: { re: times(matrices.nanofarad, 0), im: times(matrices.nanofarad, siemens) },
  }
}

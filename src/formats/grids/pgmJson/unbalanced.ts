import { type CaseLine, type TapRegulator, type TransformerZero, WINDING_KINDS } from '../../../model/gridCase.ts'
import type { Tables } from './tables.ts'

type Read = (field: string) => number
type Refuse = (field: string, got: string, expected: string) => never

const PAIRS = ['aa', 'ba', 'ca', 'ba', 'bb', 'cb', 'ca', 'cb', 'cc'] as const
const NEUTRAL = ['na', 'nb', 'nc'] as const

/**
 * An unbalanced line: its phase matrices with an earthed neutral folded in, and the positive sequence of their mean.
 *
 * Source   power-grid-model, docs/user_manual/components.md, "Asym Line": Z = Z(ph,ph) - Z(ph,n) Z(n,n)⁻¹ Z(n,ph)
 */
export function unbalancedLine(
  get: Read,
  refuse: Refuse,
): Pick<CaseLine, 'rOhm' | 'xOhm' | 'capacitanceF' | 'tanDelta' | 'phases'> {
  const rOhm = PAIRS.map((pair) => get(`r_${pair}`))
  const xOhm = PAIRS.map((pair) => get(`x_${pair}`))
  const [rn, xn] = [get('r_nn'), get('x_nn')]
  if (!Number.isNaN(rn + xn)) {
    const size = rn * rn + xn * xn
    if (!(size > 0)) refuse('r_nn', '0 like x_nn', 'an impedance above 0')
    const r = NEUTRAL.map((pair) => get(`r_${pair}`))
    const x = NEUTRAL.map((pair) => get(`x_${pair}`))
    NEUTRAL.forEach((pair, i) => {
      if (Number.isNaN(r[i]! + x[i]!)) refuse(`r_${pair}`, 'missing', 'a number beside r_nn')
      NEUTRAL.forEach((_, j) => {
        const re = r[i]! * r[j]! - x[i]! * x[j]!
        const im = r[i]! * x[j]! + x[i]! * r[j]!
        rOhm[3 * i + j]! -= (re * rn + im * xn) / size
        xOhm[3 * i + j]! -= (im * rn - re * xn) / size
      })
    })
  }
  const capacitanceF = capacitances(get, refuse)
  const positive = (m: readonly number[]): number => (m[0]! + m[4]! + m[8]! - m[1]! - m[2]! - m[5]!) / 3
  if (positive(rOhm) === 0 && positive(xOhm) === 0) refuse('x_aa', 'as large as x_ba', 'an impedance above 0')
  return {
    rOhm: positive(rOhm),
    xOhm: positive(xOhm),
    capacitanceF: positive(capacitanceF),
    tanDelta: 0,
    phases: { rOhm, xOhm, capacitanceF },
  }
}

/** Capacitance matrix, given as such or as sequence values. */
function capacitances(get: Read, refuse: Refuse): number[] {
  const [c0, c1] = [get('c0'), get('c1')]
  if (!Number.isNaN(c0 + c1)) return PAIRS.map((pair) => (pair[0] === pair[1] ? c0 + 2 * c1 : c0 - c1) / 3)
  return PAIRS.map((pair) => {
    const c = get(`c_${pair}`)
    return Number.isNaN(c) ? refuse(`c_${pair}`, 'missing', 'a number, or c0 and c1') : c
  })
}

export function zeroOf(get: Read, refuse: Refuse): TransformerZero {
  const kind = (field: string) => WINDING_KINDS[get(field)] ?? refuse(field, String(get(field)), '0 to 4')
  const iron = get('p0_zero_sequence')
  const current = get('i0_zero_sequence')
  const noLoadPu = Number.isNaN(current) ? get('i0') : current
  return {
    fromWinding: kind('winding_from'),
    toWinding: kind('winding_to'),
    fromEarthOhm: [get('r_grounding_from'), get('x_grounding_from')],
    toEarthOhm: [get('r_grounding_to'), get('x_grounding_to')],
    noLoadPu,
    ironLossW: Number.isNaN(iron) ? get('p0') : iron,
  }
}

/** The regulator of a transformer that is switched on, if it has one. */
export function regulatorOf(
  tables: Tables,
  transformer: number,
  refuse: (id: number, field: string, got: string, expected: string) => never,
): { regulator?: TapRegulator } {
  const rows = (tables.get('transformer_tap_regulator') ?? []).filter(
    (row) => row.get('regulated_object') === transformer,
  )
  const [row] = rows
  if (!row) return {}
  const get = (field: string): number => row.get(field) as number
  const id = get('id')
  if (rows.length > 1)
    refuse(
      rows[1]!.get('id') as number,
      'regulated_object',
      `${transformer}, which ${id} regulates`,
      'a transformer of its own',
    )
  const side =
    (['from', 'to'] as const)[get('control_side')] ?? refuse(id, 'control_side', String(get('control_side')), '0 or 1')
  if (get('status') === 0) return {}
  return {
    regulator: {
      id,
      side,
      setV: get('u_set'),
      bandV: get('u_band'),
      dropOhm: [get('line_drop_compensation_r'), get('line_drop_compensation_x')],
    },
  }
}

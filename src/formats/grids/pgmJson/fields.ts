/** What a field holds: any number, one above 0, 0 or 1, a whole number, the id of a node or of a transformer. */
export type FieldKind = 'number' | 'positive' | 'status' | 'integer' | 'node' | 'id' | 'transformer'

export interface Field {
  readonly kind: FieldKind
  readonly missing?: number // stands in when the file gives none; without it the field is required
}

const need = (kind: FieldKind): Field => ({ kind })
const may = (kind: FieldKind, missing: number): Field => ({ kind, missing })

const number = need('number')
const positive = need('positive')
const status = need('status')
const node = need('node')
const threePhase = may('number', NaN) // read by three-phase calculation only
const earth = may('number', 0)

const appliance = { id: need('id'), node, status }
const branch = { id: need('id'), from_node: node, to_node: node, from_status: status, to_status: status }
const tap = {
  tap_pos: may('integer', NaN),
  tap_min: need('integer'),
  tap_max: need('integer'),
  tap_nom: may('integer', 0),
  tap_size: number,
}
const pair = (name: string): Record<string, Field> => ({
  [`uk_${name}`]: number,
  [`pk_${name}`]: number,
  [`uk_${name}_min`]: may('number', NaN),
  [`uk_${name}_max`]: may('number', NaN),
  [`pk_${name}_min`]: may('number', NaN),
  [`pk_${name}_max`]: may('number', NaN),
})
/** The lower triangle of a phase matrix, neutral included; what may be missing reads NaN. */
const matrix = (name: string, need: 'number' | 'optional'): Record<string, Field> =>
  Object.fromEntries(
    ['aa', 'ba', 'bb', 'ca', 'cb', 'cc', 'na', 'nb', 'nc', 'nn'].map((pair) => [
      `${name}_${pair}`,
      need === 'number' && !pair.includes('n') ? number : threePhase,
    ]),
  )
/** Values of the three phases: `name` of a list in the file. */
const perPhase = (name: string): Record<string, Field> =>
  Object.fromEntries([1, 2, 3].map((phase) => [`${name}[${phase}]`, number]))
const power = { type: need('integer'), p_specified: number, q_specified: number }

/**
 * The components the engine models and their fields.
 *
 * Source   power-grid-model, docs/user_manual/components.md
 */
export const COMPONENTS = {
  node: { id: need('id'), u_rated: positive },
  line: {
    ...branch,
    r1: number,
    x1: number,
    c1: number,
    tan1: number,
    i_n: may('positive', NaN),
    r0: threePhase,
    x0: threePhase,
    c0: threePhase,
    tan0: threePhase,
  },
  asym_line: {
    ...branch,
    ...matrix('r', 'number'),
    ...matrix('x', 'number'),
    ...matrix('c', 'optional'),
    c0: threePhase,
    c1: threePhase,
    i_n: may('positive', NaN),
  },
  link: branch,
  generic_branch: {
    ...branch,
    r1: number,
    x1: number,
    g1: number,
    b1: number,
    k: may('positive', 1),
    theta: may('number', 0),
    sn: may('number', NaN),
  },
  transformer: {
    ...branch,
    ...tap,
    u1: positive,
    u2: positive,
    sn: positive,
    uk: number,
    pk: number,
    i0: number,
    p0: number,
    winding_from: need('integer'),
    winding_to: need('integer'),
    clock: need('integer'),
    tap_side: need('integer'),
    uk_min: may('number', NaN),
    uk_max: may('number', NaN),
    pk_min: may('number', NaN),
    pk_max: may('number', NaN),
    i0_zero_sequence: threePhase,
    p0_zero_sequence: threePhase,
    r_grounding_from: earth,
    x_grounding_from: earth,
    r_grounding_to: earth,
    x_grounding_to: earth,
  },
  three_winding_transformer: {
    id: need('id'),
    node_1: node,
    node_2: node,
    node_3: node,
    status_1: status,
    status_2: status,
    status_3: status,
    u1: positive,
    u2: positive,
    u3: positive,
    sn_1: positive,
    sn_2: positive,
    sn_3: positive,
    ...pair('12'),
    ...pair('13'),
    ...pair('23'),
    i0: number,
    p0: number,
    winding_1: need('integer'),
    winding_2: need('integer'),
    winding_3: need('integer'),
    clock_12: need('integer'),
    clock_13: need('integer'),
    tap_side: need('integer'),
    ...tap,
    r_grounding_1: earth,
    x_grounding_1: earth,
    r_grounding_2: earth,
    x_grounding_2: earth,
    r_grounding_3: earth,
    x_grounding_3: earth,
  },
  source: {
    ...appliance,
    u_ref: positive,
    u_ref_angle: may('number', 0),
    sk: may('positive', 1e10),
    rx_ratio: may('number', 0.1),
    z01_ratio: threePhase,
  },
  shunt: { ...appliance, g1: number, b1: number, g0: threePhase, b0: threePhase },
  sym_load: { ...appliance, ...power },
  sym_gen: { ...appliance, ...power },
  asym_load: { ...appliance, type: need('integer'), ...perPhase('p_specified'), ...perPhase('q_specified') },
  asym_gen: { ...appliance, type: need('integer'), ...perPhase('p_specified'), ...perPhase('q_specified') },
  transformer_tap_regulator: {
    id: need('id'),
    regulated_object: need('transformer'),
    status,
    control_side: need('integer'),
    u_set: positive,
    u_band: positive,
    line_drop_compensation_r: earth,
    line_drop_compensation_x: earth,
  },
} as const satisfies Record<string, Record<string, Field>>

export type ComponentName = keyof typeof COMPONENTS

/** Components of the format that need more than a power flow. */
export const LATER: readonly string[] = [
  'voltage_regulator',
  'fault',
  'sym_voltage_sensor',
  'asym_voltage_sensor',
  'sym_power_sensor',
  'asym_power_sensor',
  'sym_current_sensor',
  'asym_current_sensor',
]

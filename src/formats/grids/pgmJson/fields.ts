/** What a field holds: any number, one above 0, 0 or 1, a whole number, the id of a node. */
export type FieldKind = 'number' | 'positive' | 'status' | 'integer' | 'node' | 'id'

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
const unused = may('number', NaN) // read by three-phase calculation only

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
    r0: unused,
    x0: unused,
    c0: unused,
    tan0: unused,
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
    i0_zero_sequence: unused,
    p0_zero_sequence: unused,
    r_grounding_from: unused,
    x_grounding_from: unused,
    r_grounding_to: unused,
    x_grounding_to: unused,
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
    r_grounding_1: unused,
    x_grounding_1: unused,
    r_grounding_2: unused,
    x_grounding_2: unused,
    r_grounding_3: unused,
    x_grounding_3: unused,
  },
  source: {
    ...appliance,
    u_ref: positive,
    u_ref_angle: may('number', 0),
    sk: may('positive', 1e10),
    rx_ratio: may('number', 0.1),
    z01_ratio: unused,
  },
  shunt: { ...appliance, g1: number, b1: number, g0: unused, b0: unused },
  sym_load: { ...appliance, ...power },
  sym_gen: { ...appliance, ...power },
} as const satisfies Record<string, Record<string, Field>>

export type ComponentName = keyof typeof COMPONENTS

/** Components of the format that need more than a balanced power flow. */
export const LATER: readonly string[] = [
  'asym_line',
  'asym_load',
  'asym_gen',
  'transformer_tap_regulator',
  'voltage_regulator',
  'fault',
  'sym_voltage_sensor',
  'asym_voltage_sensor',
  'sym_power_sensor',
  'asym_power_sensor',
  'sym_current_sensor',
  'asym_current_sensor',
]

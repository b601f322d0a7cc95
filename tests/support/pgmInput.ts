/** A small power-grid-model document: source, two nodes, a line, a transformer, a load; everything may be overridden. */
export function aPgmInput(change: (data: Record<string, Record<string, unknown>[]>) => void = () => {}) {
  const data: Record<string, Record<string, unknown>[]> = {
    node: [
      { id: 1, u_rated: 10_000 },
      { id: 2, u_rated: 10_000 },
      { id: 3, u_rated: 400 },
    ],
    line: [
      { id: 4, from_node: 1, to_node: 2, from_status: 1, to_status: 1, r1: 0.3, x1: 0.2, c1: 1e-6, tan1: 0, i_n: 200 },
    ],
    transformer: [
      {
        id: 5,
        from_node: 2,
        to_node: 3,
        from_status: 1,
        to_status: 1,
        u1: 10_000,
        u2: 400,
        sn: 400_000,
        uk: 0.045,
        pk: 5500,
        i0: 0.01,
        p0: 900,
        winding_from: 2,
        winding_to: 1,
        clock: 11,
        tap_side: 0,
        tap_pos: 0,
        tap_min: -2,
        tap_max: 2,
        tap_size: 250,
      },
    ],
    source: [{ id: 6, node: 1, status: 1, u_ref: 1.02 }],
    sym_load: [{ id: 7, node: 3, status: 1, type: 0, p_specified: 150_000, q_specified: 40_000 }],
  }
  change(data)
  return { version: '1.0', type: 'input', is_batch: false, attributes: {}, data }
}

export const jsonBytes = (value: unknown): Uint8Array => new TextEncoder().encode(JSON.stringify(value))

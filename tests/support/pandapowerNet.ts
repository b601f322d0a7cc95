type Net = Record<string, Record<string, unknown>[]>
export type NetChange = (net: Net) => unknown

/** A small pandapower network: external grid, a pair of lines, a transformer, a coupled busbar, a load. */
export function aPandapowerNet(change: NetChange = () => {}) {
  const net: Net = {
    bus: [
      { index: 4, name: 'A', vn_kv: 20, in_service: true, geo: '{"coordinates": [7.8, 48.4], "type": "Point"}' },
      { index: 7, name: 'B', vn_kv: 20, in_service: true, geo: '{"coordinates": [7.9, 48.4], "type": "Point"}' },
      { index: 9, name: 'C', vn_kv: 0.4, in_service: true, geo: null },
      { index: 10, name: 'D', vn_kv: 0.4, in_service: true, geo: null },
    ],
    line: [
      {
        ...{ index: 3, from_bus: 4, to_bus: 7, length_km: 2, r_ohm_per_km: 0.2, x_ohm_per_km: 0.1, c_nf_per_km: 250 },
        ...{ g_us_per_km: 0, max_i_ka: 0.3, df: 1, parallel: 2, in_service: true },
      },
    ],
    trafo: [
      {
        ...{
          index: 0,
          hv_bus: 7,
          lv_bus: 9,
          sn_mva: 0.4,
          vn_hv_kv: 20,
          vn_lv_kv: 0.4,
          vk_percent: 6,
          vkr_percent: 1.425,
        },
        ...{
          pfe_kw: 1.35,
          i0_percent: 0.3375,
          shift_degree: 150,
          tap_side: 'hv',
          tap_neutral: 0,
          tap_min: -2,
          tap_max: 2,
        },
        ...{ tap_step_percent: 2.5, tap_step_degree: 0, tap_pos: 1, parallel: 1, in_service: true },
      },
    ],
    switch: [{ index: 0, bus: 9, element: 10, et: 'b', closed: true, z_ohm: 0 }],
    load: [{ index: 0, bus: 10, p_mw: 0.25, q_mvar: 0.05, scaling: 0.6, in_service: true }],
    ext_grid: [{ index: 0, bus: 4, vm_pu: 1.0, va_degree: 0, in_service: true }],
    res_bus: [{ index: 4, vm_pu: 1 }],
  }
  change(net)
  const tables = Object.entries(net).map(([name, rows]) => {
    const columns = [...new Set(rows.flatMap((row) => Object.keys(row)))].filter((column) => column !== 'index')
    const data = rows.map((row) => columns.map((column) => row[column] ?? null))
    const table = JSON.stringify({ columns, index: rows.map(({ index }, k) => index ?? k), data })
    return [name, { _module: 'pandas.core.frame', _class: 'DataFrame', _object: table }]
  })
  const object = { ...Object.fromEntries(tables), f_hz: 50, sn_mva: 1, name: 'small' }
  return { _module: 'pandapower.auxiliary', _class: 'pandapowerNet', _object: object }
}

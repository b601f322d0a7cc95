import { TwinError } from '../../base/errors.ts'

/** Names in a parameter sheet of the P.1812 reference, and the columns they are. */
const SHEET: Readonly<Record<string, readonly [column: string, scale: number]>> = {
  'f (GHz)': ['f_mhz', 1000],
  'p (%)': ['p', 1],
  'pL (%)': ['pl', 1],
  'sigmaL (dB)': ['sigma_l_db', 1],
  'phi_t (deg)': ['phi_t_deg', 1],
  'phi_r (deg)': ['phi_r_deg', 1],
  'lam_t (deg)': ['lam_t_deg', 1],
  'lam_r (deg)': ['lam_r_deg', 1],
  'htg (m)': ['h_tx_m', 1],
  'hrg (m)': ['h_rx_m', 1],
  DN: ['dn', 1],
  N0: ['n0', 1],
  'dct (km)': ['dct_km', 1],
  'dcr (km)': ['dcr_km', 1],
}

/** Whether a text is a sheet of one prediction: a name, an equation and a value a line. */
export const isSheet = (text: string): boolean => text.trimStart().startsWith('# Parameter')

/** The row that a sheet holds. Results further down are not read. Throws FORMAT_BROKEN for a value that is no number. */
export function readSheet(text: string, path: string): Record<string, number> {
  const row: Record<string, number> = {}
  for (const line of text.split('\n')) {
    const [name = '', , , value = ''] = line.split(',').map((cell) => cell.trim())
    const known = SHEET[name]
    const isPol = name === 'pol'
    if (!known && !isPol) continue
    const number = value === '' ? NaN : Number(value)
    if (!Number.isFinite(number)) {
      throw new TwinError('FORMAT_BROKEN', `${path}: ${name} is "${value}", expected a number.`, { path, name })
    }
    // there 1 is horizontal and 2 vertical
    if (isPol) row.pol = number - 1
    else if (known) row[known[0]] = number * known[1]
  }
  return row
}

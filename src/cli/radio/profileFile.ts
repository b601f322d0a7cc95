import { TwinError } from '../../base/errors.ts'
import { evenProfile, type PathProfile } from '../../engines/radio/profileModel.ts'

/** The profiles of a file, and what else it says of its path. */
export interface ProfileFile {
  readonly profiles: readonly PathProfile[] // one for all rows, or one for each
  readonly row: Readonly<Record<string, number>> // columns that its head gives
  readonly rows: readonly Readonly<Record<string, number>>[] // measurements in it, as rows
}

const broken = (path: string, line: number, message: string): never => {
  throw new TwinError('FORMAT_BROKEN', `${path}, line ${line}: ${message}.`, { path, line })
}

/** One profile a line: np,step_m,z0,…,z_np. */
function readLines(text: string, path: string): PathProfile[] {
  const profiles: PathProfile[] = []
  for (const [i, line] of text.split('\n').entries()) {
    if (line.trim() === '') continue
    const cells = line.split(',').map((cell) => (cell.trim() === '' ? NaN : Number(cell)))
    // NTIA's own lines end with a comma
    if (Number.isNaN(cells.at(-1))) cells.pop()
    const [np = NaN, stepM = NaN, ...z] = cells
    if (!(Number.isInteger(np) && np >= 1)) broken(path, i + 1, `np is ${np}, expected a whole number from 1`)
    if (z.length !== np + 1) broken(path, i + 1, `${z.length} heights, expected np + 1 = ${np + 1}`)
    if (!(stepM > 0) || z.some((h) => !Number.isFinite(h)))
      broken(path, i + 1, 'a step or height is no number, expected metres')
    profiles.push(evenProfile(stepM, Float64Array.from(z)))
  }
  if (profiles.length === 0) broken(path, 1, 'there is no profile, expected np,step_m,z0,z1,… a line')
  return profiles
}

const HEAD: Readonly<Record<string, string>> = {
  'tx lat:': 'phi_t_deg',
  'tx lon:': 'lam_t_deg',
  'rx lat:': 'phi_r_deg',
  'rx lon:': 'lam_r_deg',
  'average annual values dn (n-units/km):': 'dn',
  'average annual sea-level surface refractivity no (n-units):': 'n0',
}

/** Places of the figures in a line of measurements. */
const MEASURED: readonly (readonly [column: string, at: number])[] = [
  ['f_mhz', 0],
  ['h_tx_m', 1],
  ['h_rx_m', 3],
  ['p', 14],
]

/** A path of the ITU-R Study Group 3 data bank: head, profile with clutter and zones, measurements. */
function readDataBank(text: string, path: string): ProfileFile {
  const lines = text.split('\n').map((line) => line.replace(/\r$/, ''))
  const row: Record<string, number> = {}
  const rows: Record<string, number>[] = []
  const points: number[][] = []
  let part: 'head' | 'profile' | 'measurements' = 'head'
  for (const [i, line] of lines.entries()) {
    const cells = line.split(',').map((cell) => cell.trim())
    const first = cells[0] ?? ''
    if (first.startsWith('{Begin of Profile')) part = 'profile'
    else if (first.startsWith('{Begin of Measurements')) part = 'measurements'
    else if (first.startsWith('{End')) part = 'head'
    else if (part === 'head') {
      const column = HEAD[first.toLowerCase()]
      if (column && cells[1]) row[column] = Number(cells[1])
    } else if (part === 'profile') {
      if (first === '' || first.startsWith('Number of Points')) continue
      const point = cells.slice(0, 5).map((cell) => (cell === '' ? NaN : Number(cell)))
      if (!Number.isFinite(point[0]) || !Number.isFinite(point[1]))
        broken(path, i + 1, 'a point has no distance or height, expected km,m')
      points.push(point)
    } else if (first !== '') {
      const measured: Record<string, number> = {}
      for (const [column, at] of MEASURED) measured[column] = cells[at] ? Number(cells[at]) : NaN
      // there 1 is horizontal and 2 vertical
      measured.pol = Number(cells[4]) - 1
      rows.push(measured)
    }
  }
  if (points.length === 0) broken(path, lines.length, 'the profile is empty, expected {Begin of Profile} and points')
  const column = (at: number, absent: number): Float64Array =>
    Float64Array.from(points, (p) => (Number.isFinite(p[at]) ? p[at]! : absent))
  return {
    profiles: [
      {
        distanceM: Float64Array.from(points, (p) => p[0]! * 1000),
        heightM: column(1, NaN),
        clutterM: column(3, 0),
        zone: Uint8Array.from(column(4, 4)),
      },
    ],
    row,
    rows,
  }
}

/** Reads a file of terrain profiles in either form. Throws FORMAT_BROKEN with the line. */
export function readProfiles(text: string, path: string): ProfileFile {
  if (text.includes('{Begin of Profile')) return readDataBank(text, path)
  return { profiles: readLines(text, path), row: {}, rows: [] }
}

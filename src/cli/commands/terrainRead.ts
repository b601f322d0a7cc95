import { basename } from 'node:path'
import { TwinError } from '../../base/errors.ts'
import { readTerrain } from '../../formats/terrains/index.ts'
import { describeElevation, type Elevation, elevationAt } from '../../geo/elevation.ts'
import { createEnu } from '../../geo/enu.ts'
import { defineCommand } from '../command.ts'
import { numberOption } from '../numberOption.ts'
import { readBytes } from '../readInput.ts'

/** `veracity terrain read`: what a terrain file holds, the ground at a place, and along a path as `radio loss` reads it. */
export const terrainRead = defineCommand({
  name: 'terrain read',
  usage: 'FILE [--at LAT,LON] [--profile LAT,LON,LAT,LON [--points N]] [--json]',
  summary: 'read ground heights (SRTM .hgt, GeoTIFF), at a place or along a path',
  options: { at: { type: 'string' }, profile: { type: 'string' }, points: { type: 'string' } },
  help: [
    'FILE is an SRTM tile (.hgt, named like N43E007.hgt) or a GeoTIFF of one band, either of them in a zip archive or not.',
    'Heights are in metres above the level of the source, between its points bilinear, null where it knows none.',
    '--profile gives N even steps (default: one for each point of the file) along the straight line; without --json it is',
    'one line np,step_m,z0,…,z_np, as radio loss --profiles reads it.',
  ].join('\n'),
  async run(args, io) {
    const [path, another] = args.positionals
    if (path === undefined || another !== undefined) {
      throw new TwinError('BAD_USAGE', `${args.positionals.length} files were named; expected one.`)
    }
    const terrain = readTerrain(readBytes(path), basename(path))
    const { format, columns, rows, boundsDeg, stepM } = terrain
    const { unknown, ...heights } = describeElevation(terrain)
    const [latDeg, lonDeg] = placesOption(args.values.at, 'at', 2) ?? []
    const ends = placesOption(args.values.profile, 'profile', 4)
    const profile = ends ? profileOf(terrain, ends, numberOption(args, 'points', 1, 100_000)) : undefined
    const heightM = latDeg === undefined ? NaN : elevationAt(terrain, latDeg, lonDeg!)
    if (args.values.json === true) {
      const at = latDeg === undefined ? {} : { at: { latDeg, lonDeg, heightM: known(heightM) } }
      io.out(
        JSON.stringify({
          format,
          columns,
          rows,
          boundsDeg,
          stepM,
          ...heights,
          unknown,
          ...at,
          ...(profile ? { profile } : {}),
        }),
      )
    } else if (profile) {
      if (profile.heightM.includes(null)) {
        throw new TwinError('FORMAT_BROKEN', `"${path}" does not know the ground along all of the path.`, {
          file: path,
        })
      }
      io.out([profile.heightM.length - 1, profile.stepM, ...profile.heightM].join(','))
    } else if (latDeg !== undefined) io.out(Number.isNaN(heightM) ? 'not known' : `${heightM.toFixed(1)} m`)
    else {
      const [west, south, east, north] = boundsDeg.map((deg) => deg.toFixed(4))
      io.out(
        [
          `format      ${format}, ${columns} × ${rows} points, about ${stepM.toFixed(1)} m apart`,
          `heights     ${heights.minM.toFixed(1)} to ${heights.maxM.toFixed(1)} m, mean ${heights.meanM.toFixed(1)} m; ${unknown} not known`,
          `bounds      ${south}…${north}° N, ${west}…${east}° E`,
        ].join('\n'),
      )
    }
    return Number.isNaN(heightM) && latDeg !== undefined ? 1 : 0
  },
})

const known = (heightM: number): number | null => (Number.isNaN(heightM) ? null : heightM)

/** Latitudes and longitudes in turn; undefined when the option is not given. */
function placesOption(value: unknown, name: string, count: number): number[] | undefined {
  if (typeof value !== 'string') return undefined
  const numbers = value.split(',').map((text) => (text.trim() === '' ? NaN : Number(text)))
  const isPlace = (deg: number, i: number): boolean => Math.abs(deg) <= (i & 1 ? 180 : 90)
  if (numbers.length === count && numbers.every(isPlace)) return numbers
  const wanted = count === 2 ? 'LAT,LON' : 'LAT,LON,LAT,LON'
  throw new TwinError('BAD_USAGE', `--${name} got "${value}", expected ${wanted} in degrees.`)
}

interface Profile {
  readonly stepM: number
  readonly heightM: readonly (number | null)[]
}

function profileOf(terrain: Elevation, ends: readonly number[], points: number | undefined): Profile {
  const [latA, lonA, latB, lonB] = ends as [number, number, number, number]
  const frame = createEnu((latA + latB) / 2, (lonA + lonB) / 2)
  const a = new Float64Array(2)
  const b = new Float64Array(2)
  frame.toLocal(latA, lonA, a)
  frame.toLocal(latB, lonB, b)
  const [dx, dy] = [b[0]! - a[0]!, b[1]! - a[1]!]
  const lengthM = Math.sqrt(dx * dx + dy * dy)
  const steps = points ?? Math.max(1, Math.min(10_000, Math.round(lengthM / terrain.stepM)))
  const place = new Float64Array(2)
  const heightM: (number | null)[] = []
  for (let k = 0; k <= steps; k++) {
    frame.toGeo(a[0]! + (k / steps) * dx, a[1]! + (k / steps) * dy, place)
    heightM.push(known(elevationAt(terrain, place[0]!, place[1]!)))
  }
  return { stepM: lengthM / steps, heightM }
}

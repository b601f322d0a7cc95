import { readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs'
import { basename, join } from 'node:path'
import { gunzipSync, gzipSync } from 'node:zlib'
import { TwinError } from '../../base/errors.ts'
import { finish } from '../../base/steps.ts'
import { encodeCity } from '../../formats/cityFile/encodeCity.ts'
import type { InputFile } from '../../formats/format.ts'
import { formats } from '../../formats/index.ts'
import { readCity } from '../../formats/readCity.ts'
import { MAX_CITY_BYTES } from '../../formats/readCityAs.ts'
import { type CliIo, defineCommand } from '../command.ts'
import { type CityReport, reportCity } from './cityReport.ts'

/** `veracity city import`: reads a city in any known format, says what is in it, and writes it as a city file. */
export const cityImport = defineCommand({
  name: 'city import',
  usage: 'FILE… [--out FILE] [--json]',
  summary: 'read a city file, count what is in it',
  options: { out: { type: 'string' } },
  help: [
    `FILE is one of: ${formats.map(({ title, extensions }) => `${title} (${extensions.join(', ')})`).join('; ')}.`,
    'Several tiles, or a folder of them, make one city. Any file may be packed with gzip.',
    '--out writes the city as a .vcity file, packed when the name ends in .gz.',
    '',
    'counts.buildings and counts.buildingParts are distinct features (type and id) with the pieces that tile edges cut',
    'joined; every other count is of records as they stand in the file. `records` and `joined` give the others.',
  ].join('\n'),
  run: async ({ positionals, values }, io) => {
    if (positionals.length === 0) throw new TwinError('BAD_USAGE', 'No city file was named; expected at least one.')
    const out = typeof values.out === 'string' ? values.out : undefined
    const started = performance.now()
    const files = positionals.flatMap(openPath)
    const read = finish(readCity(files), progressTo(io))
    const ms = Math.round(performance.now() - started)
    if (out !== undefined) writeCity(out, encodeCity(read.city, read))
    const report = reportCity(read, ms)
    io.out(values.json === true ? JSON.stringify(report) : describe(report))
    return 0
  },
})

/** A word every quarter, so that a log stays readable. */
function progressTo(io: CliIo): (fraction: number) => void {
  let next = 0
  return (fraction) => {
    if (fraction < next) return
    io.err(`reading the city: ${Math.floor(fraction * 100)} %`)
    next = Math.floor(fraction * 4 + 1) / 4
  }
}

const unreadable = (path: string, error: unknown): TwinError =>
  new TwinError('FILE_UNREADABLE', `"${path}" could not be read: ${reasonOf(error)}.`, { file: path })

const REASONS: Readonly<Record<string, string>> = {
  ENOENT: 'there is no such file',
  EACCES: 'permission is denied',
  EISDIR: 'it is a folder',
}

function reasonOf(error: unknown): string {
  const code = error instanceof Error && 'code' in error ? String(error.code) : ''
  return REASONS[code] ?? (error instanceof Error ? error.message.split('\n')[0]! : 'unknown reason')
}

const EXTENSIONS = formats.flatMap(({ extensions }) => extensions)
const isCityName = (name: string): boolean => {
  const plain = name.toLowerCase().replace(/\.gz$/, '')
  return EXTENSIONS.some((extension) => plain.endsWith(extension))
}

/** The city files at a path: itself, or those in a folder by name. */
function openPath(path: string): InputFile[] {
  try {
    if (!statSync(path).isDirectory()) return [openFile(path)]
    const names = readdirSync(path).filter(isCityName).sort()
    if (names.length > 0) return names.map((name) => openFile(join(path, name)))
  } catch (error) {
    throw error instanceof TwinError ? error : unreadable(path, error)
  }
  throw new TwinError('FILE_UNREADABLE', `The folder "${path}" holds no city file (${EXTENSIONS.join(', ')}).`, {
    file: path,
  })
}

function openFile(path: string): InputFile {
  let bytes: Uint8Array
  try {
    bytes = readFileSync(path)
  } catch (error) {
    throw unreadable(path, error)
  }
  // a tile's place may stand in its folders: 12/2860/1368.mvt
  const name = path.replace(/\.gz$/i, '')
  if (bytes[0] !== 0x1f || bytes[1] !== 0x8b) return { name, bytes: new Uint8Array(bytes) }
  try {
    return { name, bytes: new Uint8Array(gunzipSync(bytes, { maxOutputLength: MAX_CITY_BYTES })) }
  } catch {
    throw new TwinError('FORMAT_BROKEN', `"${basename(path)}" is damaged: it could not be unpacked.`, { file: path })
  }
}

function writeCity(path: string, bytes: Uint8Array): void {
  try {
    writeFileSync(path, /\.gz$/i.test(path) ? gzipSync(bytes, { level: 9 }) : bytes)
  } catch (error) {
    throw new TwinError('FILE_UNREADABLE', `"${path}" could not be written: ${reasonOf(error)}.`, { file: path })
  }
}

function describe({
  format,
  counts,
  footprintAreaM2,
  roadLengthM,
  boundsDeg,
  maxHeightM,
  findings,
  ms,
}: CityReport): string {
  const [west, south, east, north] = boundsDeg.map((deg) => deg.toFixed(4))
  return [
    `format      ${format}`,
    `buildings   ${counts.buildings} (${counts.buildingsWithHeight} with height or levels, ${counts.buildingParts} parts), ${Math.round(footprintAreaM2)} m² of ground, up to ${maxHeightM.toFixed(1)} m`,
    `roads       ${counts.roads}, ${(roadLengthM / 1000).toFixed(1)} km`,
    `power       ${counts.powerLines} lines, ${counts.powerTowers} towers, ${counts.substations} substations, ${counts.transformers} transformers`,
    `points      ${counts.points}, ${counts.trees} of them trees`,
    `bounds      ${south}…${north}° N, ${west}…${east}° E`,
    ...findings.map(({ code, entity, count, message }) => `finding     ${code} · ${entity} · ${count}: ${message}`),
    `read in     ${ms} ms`,
  ].join('\n')
}

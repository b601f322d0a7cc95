import { TwinError } from '../base/errors.ts'
import type { Steps } from '../base/steps.ts'
import type { CityFormat, InputFile, ReadCity, ReadOptions } from './format.ts'

/** The most bytes a city may have: beyond this a browser tab runs out of memory before it is read. */
export const MAX_CITY_BYTES = 1_500_000_000

/**
 * Finds which of `formats` these files are in. All must be of one.
 *
 * Throws   FORMAT_UNKNOWN when there is none, FORMAT_BROKEN when they differ or are empty, CITY_EMPTY without files
 */
export function formatAmong(formats: readonly CityFormat[], files: readonly InputFile[]): CityFormat {
  if (files.length === 0) throw new TwinError('CITY_EMPTY', 'No city file was given.')
  const total = files.reduce((sum, { bytes }) => sum + bytes.length, 0)
  if (total > MAX_CITY_BYTES) {
    throw new TwinError(
      'FORMAT_BROKEN',
      `The city is too large: ${total} bytes, at most ${MAX_CITY_BYTES} can be read.`,
      {
        bytes: total,
      },
    )
  }
  let format: CityFormat | undefined
  for (const { name, bytes } of files) {
    if (bytes.length === 0) throw new TwinError('FORMAT_BROKEN', `"${name}" is empty.`, { file: name })
    const own = formats.find((candidate) => candidate.sniff(bytes, name))
    if (!own) throw unknown(formats, name, bytes)
    if (format && own !== format) {
      throw new TwinError(
        'FORMAT_BROKEN',
        `The files are of two formats: "${files[0]!.name}" is ${format.title}, "${name}" is ${own.title}.`,
        { file: name },
      )
    }
    format = own
  }
  return format!
}

/** Reads a city from files of one of `formats`. See {@link formatAmong} and {@link CityFormat.read}. */
export function* readCityAs(
  formats: readonly CityFormat[],
  files: readonly InputFile[],
  options: ReadOptions = {},
): Steps<ReadCity & { readonly format: CityFormat }> {
  const format = formatAmong(formats, files)
  const read = yield* format.read(files, options)
  return { ...read, format }
}

function unknown(formats: readonly CityFormat[], name: string, bytes: Uint8Array): TwinError {
  const start = new TextDecoder()
    .decode(bytes.subarray(0, 24))
    .replace(/[^\x20-\x7e]+/g, '·')
    .slice(0, 24)
  const titles = formats.map(({ title, extensions }) => `${title} (${extensions.join(', ')})`)
  return new TwinError(
    'FORMAT_UNKNOWN',
    `"${name}" is no city file that can be read: it starts with "${start}"; expected ${titles.join(', or ')}.`,
    { file: name },
  )
}

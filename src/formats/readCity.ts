import { TwinError } from '../base/errors.ts'
import type { Steps } from '../base/steps.ts'
import type { CityFormat, InputFile, ReadCity, ReadOptions } from './format.ts'
import { formats } from './index.ts'

/** The most bytes a city may have: beyond this a browser tab runs out of memory before it is read. */
export const MAX_CITY_BYTES = 1_500_000_000

/**
 * Finds the format that these files are in. All must be of one.
 *
 * Throws   FORMAT_UNKNOWN when there is none, FORMAT_BROKEN when they differ or are empty, CITY_EMPTY without files
 */
export function formatOf(files: readonly InputFile[]): CityFormat {
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
    if (!own) throw unknown(name, bytes)
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

/** Reads a city from files of any known format. See {@link formatOf} and {@link CityFormat.read}. */
export function* readCity(
  files: readonly InputFile[],
  options: ReadOptions = {},
): Steps<ReadCity & { readonly format: CityFormat }> {
  const format = formatOf(files)
  const read = yield* format.read(files, options)
  return { ...read, format }
}

function unknown(name: string, bytes: Uint8Array): TwinError {
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

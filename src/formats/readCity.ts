import type { Steps } from '../base/steps.ts'
import type { CityFormat, InputFile, ReadCity, ReadOptions } from './format.ts'
import { formats } from './index.ts'
import { readCityAs } from './readCityAs.ts'

/** Reads a city from files of any known format. See {@link CityFormat.read}. */
export const readCity = (
  files: readonly InputFile[],
  options: ReadOptions = {},
): Steps<ReadCity & { readonly format: CityFormat }> => readCityAs(formats, files, options)

import { cityFile } from './cityFile/index.ts'
import type { CityFormat } from './format.ts'
import { geoJson } from './geoJson/index.ts'
import { osmQa } from './osmQa/index.ts'

/** Every city format, in the order in which they are asked. To add one: write its folder, and its line here. */
export const formats: readonly CityFormat[] = [cityFile, osmQa, geoJson]

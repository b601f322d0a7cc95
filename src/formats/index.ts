import { cityFile } from './cityFile/index.ts'
import { cityJson } from './cityJson/index.ts'
import type { CityFormat } from './format.ts'
import { geoJson } from './geoJson/index.ts'
import { mvt } from './mvt/index.ts'
import { osmPbf } from './osmPbf/index.ts'
import { osmQa } from './osmQa/index.ts'
import { osmXml } from './osmXml/index.ts'
import { overpass } from './overpass/index.ts'

/** Every city format, in the order in which they are asked. To add one: write its folder, and its line here. */
export const formats: readonly CityFormat[] = [cityFile, osmPbf, osmQa, mvt, osmXml, overpass, cityJson, geoJson]

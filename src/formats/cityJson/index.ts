import { createFindings } from '../../base/findings.ts'
import { within } from '../../base/steps.ts'
import { defineFormat, type InputFile } from '../format.ts'
import { brokenJson } from '../jsonScanner.ts'
import { buildCity } from '../osm/buildCity.ts'
import type { Lattice } from '../osm/feature.ts'
import { featuresOf } from './features.ts'
import { describedMeta, needGrid, needVersion } from './meta.ts'
import { readSequence } from './readSequence.ts'
import { readWhole } from './readWhole.ts'
import { UNITS_PER_M } from './vertices.ts'

const startOf = (bytes: Uint8Array): string =>
  new TextDecoder().decode(bytes.subarray(0, 4096)).replace(/^\W{0,3}(?=\{)/, '')

/** A head closed on its first line, with more lines after it. */
const isSequence = (bytes: Uint8Array, name: string): boolean => {
  if (/\.(jsonl|jsonseq)$/i.test(name)) return true
  const end = bytes.indexOf(10)
  const next = end < 0 ? '' : new TextDecoder().decode(bytes.subarray(end + 1, end + 4096))
  return /^\W{0,3}\{/.test(next) && /"CityJSONFeature"|"CityObjects"/.test(next)
}

/** CityJSON and CityJSONSeq: semantic 3D city models in the coordinates of a national grid. */
export const cityJson = defineFormat({
  id: 'cityjson',
  title: 'CityJSON',
  extensions: ['.json', '.jsonl'],
  sniff(bytes) {
    const start = startOf(bytes)
    return /^\s*\{/.test(start) && (/"type"\s*:\s*"CityJSON"/.test(start) || /^\s*\{\s*"CityObjects"/.test(start))
  },
  *read(files: readonly InputFile[], options = {}) {
    const [file, another] = files
    if (another) throw brokenJson(another.name, `a CityJSON file stands alone, but ${files.length} were given`)
    const { bytes, name } = file!
    const findings = createFindings()
    const parse = isSequence(bytes, name) ? readSequence : readWhole
    const { head, objects } = yield* within(0, 0.5, parse(bytes, name, findings))
    needVersion(head.version, name)
    const toGeo = needGrid(head.metadata, name)
    const lattice: Lattice = {
      toGeo: (x, y, out) => toGeo(x / UNITS_PER_M, y / UNITS_PER_M, out),
      seamUnits: 1,
    }
    const features = featuresOf(objects, findings)
    const data = { lattice, features, newestEditS: NaN, isOsm: false, source: name }
    const meta = { ...describedMeta(head.metadata), ...options.meta }
    const read = yield* within(0.5, 1, buildCity(data, { meta }))
    return { ...read, findings: [...findings.list(), ...read.findings] }
  },
})

import { TwinError } from '../../base/errors.ts'
import { createFindings } from '../../base/findings.ts'
import { type Steps, within } from '../../base/steps.ts'
import type { InputFile, ReadCity, ReadOptions } from '../format.ts'
import { assemble } from './assemble.ts'
import { buildCity } from './buildCity.ts'
import { type OsmElements, osmLattice } from './elements.ts'

/**
 * The way from a raw OpenStreetMap file, however it is written, to a city: elements, features, city.
 *
 * Throws   FORMAT_BROKEN for more than one file: elements of one refer to those of another only after a merge
 */
export function* readElements(
  files: readonly InputFile[],
  options: ReadOptions,
  parse: (bytes: Uint8Array, name: string) => Steps<OsmElements>,
): Steps<ReadCity> {
  const [file, another] = files
  if (another) {
    throw new TwinError(
      'FORMAT_BROKEN',
      `A raw OpenStreetMap file stands alone, but ${files.length} were given; merge them first, for instance with osmium merge.`,
      { file: another.name },
    )
  }
  const { bytes, name } = file!
  const elements = yield* within(0, 0.3, parse(bytes, name))
  const findings = createFindings()
  const features = yield* within(0.3, 0.4, assemble(elements, findings))
  const { newestEditS, boundsDeg } = elements
  const data = { lattice: osmLattice, features, newestEditS, isOsm: true, source: name, boundsDeg }
  const read = yield* within(0.4, 1, buildCity(data, options))
  return { ...read, findings: [...findings.list(), ...read.findings] }
}

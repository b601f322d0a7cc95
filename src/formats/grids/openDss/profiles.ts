import type { PhaseCase } from '../../../model/phaseCase.ts'
import { type DssObject, invalid } from './readScript.ts'
import { valuesOf } from './values.ts'

/** Load shapes as factors over equally long steps. */
export function readProfiles(objects: readonly DssObject[]): PhaseCase['profiles'] {
  return new Map(
    objects.map((object) => {
      const get = valuesOf(object)
      const field = get.has('mult') ? 'mult' : 'pmult'
      const factor = Float64Array.from(get.list(field))
      const npts = get.number('npts', factor.length)
      if (factor.length < npts) throw invalid(object, field, `${factor.length} values`, `${npts} as npts says`)
      const stepS = get.has('sinterval')
        ? get.above0('sinterval', 1)
        : get.has('minterval')
          ? 60 * get.above0('minterval', 60)
          : 3600 * get.above0('interval', 1)
      return [object.name, { stepS, factor: factor.subarray(0, npts) }] as const
    }),
  )
}

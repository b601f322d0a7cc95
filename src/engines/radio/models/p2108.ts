import { atan } from '../../../base/math/arc.ts'
import { log10 } from '../../../base/math/log.ts'
import { normalQuantile } from '../../../base/math/normal.ts'
import { pow } from '../../../base/math/pow.ts'
import { knifeEdgeDb } from '../diffraction.ts'
import { defineLossModel, openPercent, required, whole } from '../lossModel.ts'

const OPEN_COUNTRY = 2 // clutter types up to here screen an antenna by height alone

/** What the surroundings of an antenna below their own height cost. */
export const p2108HeightGain = defineLossModel({
  id: 'p2108-height-gain',
  title: 'Clutter at one end, by its height',
  source: 'ITU-R P.2108-1, section 3.1, equations (2a) to (2g)',
  part: 'end',
  columns: {
    f__ghz: required('Frequency', 'GHz', 0.03, 3),
    h__meter: { ...required('Antenna above ground', 'm', 0, 1e4), open: true },
    w_s__meter: { ...required('Street width', 'm', 0, 1e4), open: true },
    R__meter: { ...required('Height of the clutter', 'm', 0, 1e4), open: true },
    clutter_type: whole('1 water, 2 open, 3 suburban, 4 urban, 5 trees, 6 dense urban', 1, 6),
  },
  sigmaDb: NaN,
  lossDb: ({ f__ghz, h__meter, w_s__meter, R__meter, clutter_type }) => {
    if (h__meter >= R__meter) return 0
    if (clutter_type <= OPEN_COUNTRY) return -(21.8 + 6.2 * log10(f__ghz)) * log10(h__meter / R__meter)
    const over = R__meter - h__meter
    const angleDeg = (atan(over / w_s__meter) * 180) / Math.PI
    const nu = 0.342 * Math.sqrt(f__ghz) * Math.sqrt(over * angleDeg)
    return knifeEdgeDb(nu) - 6.03
  },
})

/** Clutter loss not exceeded at p % of places, from the distance alone. */
function terrestrialDb(ghz: number, km: number, percent: number): number {
  const long = -2 * log10(pow(10, -5 * log10(ghz) - 12.5) + pow(10, -16.5))
  const short = 32.98 + 23.9 * log10(km) + 3 * log10(ghz)
  const longShare = pow(10, -0.2 * long)
  const shortShare = pow(10, -0.2 * short)
  const sigma = Math.sqrt((16 * longShare + 36 * shortShare) / (longShare + shortShare))
  return -5 * log10(longShare + shortShare) + sigma * normalQuantile(percent / 100)
}

/** Statistical clutter loss in towns. */
export const p2108Terrestrial = defineLossModel({
  id: 'p2108-terrestrial',
  title: 'Clutter at one end, statistical',
  source: 'ITU-R P.2108-1, section 3.2, equations (3a) to (6); for one end from 0.25 km, for both from 1 km',
  part: 'end',
  columns: {
    f__ghz: required('Frequency', 'GHz', 0.5, 67),
    d__km: required('Length of the path', 'km', 0.25, 1e4),
    p: openPercent('Share of places'),
  },
  sigmaDb: NaN, // p is a column
  lossDb: ({ f__ghz, d__km, p }) => Math.min(terrestrialDb(f__ghz, d__km, p), terrestrialDb(f__ghz, 2, p)),
})

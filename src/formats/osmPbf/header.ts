import { PbfReader } from 'pbf'
import type { OsmElements } from '../osm/elements.ts'
import { eachField, fieldEnd, readInt64, readText } from '../pbfFields.ts'
import { quoteText } from '../quoteText.ts'

/** What a file may demand of its reader and this one has. */
const KNOWN_FEATURES = new Set(['OsmSchema-V0.6', 'DenseNodes', 'HistoricalInformation'])

/** Reads the header: bounds, date of the extract, and whether the file needs more than can be read. */
export function readHeader(bytes: Uint8Array, elements: OsmElements): void {
  const pbf = new PbfReader(bytes)
  eachField(pbf, bytes.length, (field, wire) => {
    if (field === 1 && wire === 2) readBounds(pbf, fieldEnd(pbf, bytes.length), elements)
    else if (field === 4 && wire === 2) {
      const feature = readText(pbf, bytes.length)
      if (!KNOWN_FEATURES.has(feature)) throw new Error(`it needs "${quoteText(feature)}", which is not read`)
    } else if (field === 32 && wire === 0) elements.edited(readInt64(pbf))
    else return false
    return true
  })
}

function readBounds(pbf: PbfReader, end: number, elements: OsmElements): void {
  const nanoDeg = [NaN, NaN, NaN, NaN] // left, right, top, bottom
  eachField(pbf, end, (field, wire) => {
    if (wire !== 0 || field < 1 || field > 4) return false
    nanoDeg[field - 1] = pbf.readSVarint()
    return true
  })
  const [west, east, north, south] = nanoDeg.map((v) => v / 1e9) as [number, number, number, number]
  if (west < east && south < north) elements.boundsDeg = [west, south, east, north]
}

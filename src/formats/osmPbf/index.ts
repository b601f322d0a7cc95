import { TwinError } from '../../base/errors.ts'
import { defineFormat } from '../format.ts'
import { createElements } from '../osm/elements.ts'
import { readElements } from '../osm/readElements.ts'
import { readBlob, startsWithHeader } from './blobs.ts'
import { readBlock } from './block.ts'
import { readHeader } from './header.ts'

/** A file of this size holds more nodes than are read: refused before it takes minutes and gigabytes to find out. */
const MAX_BYTES = 400_000_000

/** OpenStreetMap PBF: nodes, ways and relations packed in blobs, as extracts are handed out. */
export const osmPbf = defineFormat({
  id: 'osm-pbf',
  title: 'OpenStreetMap PBF',
  extensions: ['.pbf'],
  sniff: startsWithHeader,
  read: (files, options = {}) =>
    readElements(files, options, function* (bytes, name) {
      if (bytes.length > MAX_BYTES) {
        const why = `"${name}" is too large: ${bytes.length} bytes of PBF are a country, not a city; cut a city out of it first, for instance with osmium extract.`
        throw new TwinError('FORMAT_BROKEN', why, { file: name, bytes: bytes.length })
      }
      const elements = createElements(name)
      try {
        for (let at = 0; at < bytes.length; ) {
          yield at / bytes.length
          const blob = readBlob(bytes, at)
          if (blob.type === 'OSMHeader') readHeader(blob.bytes, elements)
          else if (blob.type === 'OSMData') readBlock(blob.bytes, elements)
          at = blob.next
        }
      } catch (error) {
        if (error instanceof TwinError || !(error instanceof Error)) throw error
        throw new TwinError('FORMAT_BROKEN', `"${name}" is broken: ${error.message}.`, { file: name })
      }
      return elements
    }),
})

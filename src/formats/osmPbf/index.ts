import { TwinError } from '../../base/errors.ts'
import { defineFormat } from '../format.ts'
import { createElements } from '../osm/elements.ts'
import { readElements } from '../osm/readElements.ts'
import { readBlob, startsWithHeader } from './blobs.ts'
import { readBlock } from './block.ts'
import { readHeader } from './header.ts'

/** OpenStreetMap PBF: nodes, ways and relations packed in blobs, as extracts are handed out. */
export const osmPbf = defineFormat({
  id: 'osm-pbf',
  title: 'OpenStreetMap PBF',
  extensions: ['.pbf'],
  sniff: startsWithHeader,
  read: (files, options = {}) =>
    readElements(files, options, function* (bytes, name) {
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

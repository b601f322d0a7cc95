import { TwinError } from '../../base/errors.ts'
import { defineFormat } from '../format.ts'
import { readElements } from '../osm/readElements.ts'
import { readXml } from './readXml.ts'

/** OpenStreetMap XML: what the OpenStreetMap editing and Overpass interfaces hand out, and JOSM saves. */
export const osmXml = defineFormat({
  id: 'osm-xml',
  title: 'OpenStreetMap XML',
  extensions: ['.osm', '.xml'],
  sniff(bytes) {
    const start = new TextDecoder().decode(bytes.subarray(0, 1024)).replace(/^\uFEFF/, '')
    return /^\s*((<!--[\s\S]*?-->|<[?!][^>]*>)\s*)*<osm[\s>]/.test(start)
  },
  read: (files, options = {}) =>
    readElements(files, options, function* (bytes, name) {
      try {
        return yield* readXml(bytes, name)
      } catch (error) {
        if (error instanceof TwinError || !(error instanceof Error)) throw error
        throw new TwinError('FORMAT_BROKEN', `"${name}" is no readable OpenStreetMap XML: ${error.message}.`, {
          file: name,
        })
      }
    }),
})

import { createFindings } from '../../base/findings.ts'
import { defineFormat } from '../format.ts'
import { createElements } from '../osm/elements.ts'
import { readElements } from '../osm/readElements.ts'
import { splitList } from '../splitList.ts'
import { createSpareNodes, readElement } from './readElement.ts'

/** What the Overpass API answers with `[out:json]`. */
export const overpass = defineFormat({
  id: 'overpass-json',
  title: 'Overpass JSON',
  extensions: ['.json'],
  sniff(bytes) {
    const start = new TextDecoder().decode(bytes.subarray(0, 4096)).replace(/^\uFEFF/, '')
    return /^\s*\{/.test(start) && /"elements"\s*:\s*\[/.test(start) && !/"FeatureCollection"/.test(start)
  },
  *read(files, options = {}) {
    const findings = createFindings()
    const read = yield* readElements(files, options, function* (bytes, name) {
      const elements = createElements(name)
      const spare = createSpareNodes(elements)
      yield* splitList(bytes, name, 'elements', (json) => readElement(json, elements, spare, findings))
      return elements
    })
    return { ...read, findings: [...findings.list(), ...read.findings] }
  },
})

import { bench, describe } from 'vitest'
import { finish } from '../../src/base/steps.ts'
import type { InputFile } from '../../src/formats/format.ts'
import { createElements } from '../../src/formats/osm/elements.ts'
import { readBlob } from '../../src/formats/osmPbf/blobs.ts'
import { readBlock } from '../../src/formats/osmPbf/block.ts'
import { readCity } from '../../src/formats/readCity.ts'
import { runBuildingChunks } from '../../src/mesh/buildingChunks.ts'
import { runGroundMesh } from '../../src/mesh/ground.ts'
import { createPickIndex } from '../../src/mesh/pick.ts'
import { runPowerMesh } from '../../src/mesh/power.ts'
import { runTrees } from '../../src/mesh/trees.ts'
import { referenceFile } from '../support/cityFiles.ts'

/**
 * Raw OpenStreetMap to everything that is drawn, in one thread: Astana as PBF (1.55 MB) and the same written out as
 * XML (about 30 MB). Marks: 2 s and 4 s.
 */
const pbf = referenceFile('cities/astana-converted.osm.pbf')

const escapeXml = (text: string): string =>
  text.replace(/[&<>"]/g, (c) => ({ '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' })[c]!)

function asXml({ bytes, name }: InputFile): InputFile {
  const elements = createElements(name)
  for (let at = 0; at < bytes.length; ) {
    const blob = readBlob(bytes, at)
    if (blob.type === 'OSMData') readBlock(blob.bytes, elements)
    at = blob.next
  }
  const tags = new Map(elements.taggedNodes.map((at, i) => [at, elements.nodeTags[i]!]))
  const parts = ['<?xml version=\'1.0\' encoding=\'UTF-8\'?>\n<osm version="0.6" generator="bench">\n']
  const writeTags = (pairs: readonly string[]): void => {
    for (let k = 0; k < pairs.length; k += 2)
      parts.push(`    <tag k="${escapeXml(pairs[k]!)}" v="${escapeXml(pairs[k + 1]!)}"/>\n`)
  }
  for (let i = 0; i < elements.nodeCount; i++) {
    const place = `lat="${elements.nodeY[i]! / 1e7}" lon="${elements.nodeX[i]! / 1e7}"`
    const own = tags.get(i)
    parts.push(`  <node id="${elements.nodeId[i]}" version="1" ${place}${own ? '>' : '/>'}\n`)
    if (!own) continue
    writeTags(own)
    parts.push('  </node>\n')
  }
  for (const { id, refs, tags: pairs } of elements.ways) {
    parts.push(`  <way id="${id}" version="1">\n`)
    for (const ref of refs) parts.push(`    <nd ref="${ref}"/>\n`)
    writeTags(pairs)
    parts.push('  </way>\n')
  }
  parts.push('</osm>\n')
  return { name: 'astana.osm', bytes: new TextEncoder().encode(parts.join('')) }
}

function toDrawn(file: InputFile): void {
  const { city } = finish(readCity([file]))
  finish(runBuildingChunks(city))
  finish(runGroundMesh(city))
  finish(runPowerMesh(city))
  finish(runTrees(city, createPickIndex(city)))
}

const options = { iterations: 7, time: 0, warmupIterations: 1, warmupTime: 0 }

describe.skipIf(!pbf)('Astana, raw (skipped without reference data)', () => {
  const xml = pbf ? asXml(pbf) : null
  bench('PBF to a city', () => void finish(readCity([pbf!])), options)
  bench('PBF to everything drawn', () => toDrawn(pbf!), options)
  bench(
    `XML of ${((xml?.bytes.length ?? 0) / 1e6).toFixed(1)} MB to a city`,
    () => void finish(readCity([xml!])),
    options,
  )
  bench(`XML of ${((xml?.bytes.length ?? 0) / 1e6).toFixed(1)} MB to everything drawn`, () => toDrawn(xml!), options)
})

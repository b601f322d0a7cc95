import type { Findings } from '../../base/findings.ts'
import type { Steps } from '../../base/steps.ts'
import { brokenJson } from '../jsonScanner.ts'
import { type CityObject, readObject } from './readObject.ts'
import type { CityJsonFile } from './readWhole.ts'
import { isObject, type Json } from './surfaces.ts'
import { createVertices, readTransform } from './vertices.ts'

const LINE_FEED = 10
const RECORD_SEPARATOR = 30

/**
 * Reads a CityJSONSeq: a head on the first line, then a feature on every line, each with vertices of its own.
 *
 * Source   CityJSON 2.0 specification, 4 Text sequences and streaming with CityJSONFeature
 */
export function* readSequence(bytes: Uint8Array, name: string, findings: Findings): Steps<CityJsonFile> {
  const decoder = new TextDecoder()
  const objects: CityObject[] = []
  let head: Json | null = null
  let vertices = createVertices(readTransform(null))
  let line = 0
  for (let at = 0; at < bytes.length; ) {
    const end = bytes.indexOf(LINE_FEED, at)
    const stop = end < 0 ? bytes.length : end
    const from = bytes[at] === RECORD_SEPARATOR ? at + 1 : at
    const text = decoder.decode(bytes.subarray(from, stop)).trim()
    line++
    at = stop + 1
    if (text === '') continue
    const json = parseLine(text, line, name)
    if (head === null) {
      if (json.type !== 'CityJSON') throw brokenJson(name, 'its first line is no CityJSON head')
      head = json
      vertices = createVertices(readTransform(json.transform))
      continue
    }
    if ((line & 15) === 0) yield at / (bytes.length + 1)
    if (json.type !== 'CityJSONFeature' || !isObject(json.CityObjects) || !Array.isArray(json.vertices)) {
      throw brokenJson(name, `line ${line} is no CityJSONFeature`)
    }
    vertices.clear()
    for (const vertex of json.vertices) vertices.push(vertex)
    for (const [id, value] of Object.entries(json.CityObjects)) {
      if (isObject(value)) objects.push(readObject(id, value, vertices, findings))
    }
  }
  if (head === null) throw brokenJson(name, 'it holds nothing')
  return { head, objects }
}

function parseLine(text: string, line: number, name: string): Json {
  let value: unknown = null
  try {
    value = JSON.parse(text)
  } catch {}
  if (isObject(value)) return value
  throw brokenJson(name, `line ${line} is no JSON object`)
}

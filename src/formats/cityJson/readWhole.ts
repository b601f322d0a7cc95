import type { Findings } from '../../base/findings.ts'
import { type Steps, within } from '../../base/steps.ts'
import { brokenJson, createJsonScanner } from '../jsonScanner.ts'
import { type CityObject, readObject } from './readObject.ts'
import { isObject, type Json } from './surfaces.ts'
import { createVertices, readTransform } from './vertices.ts'

/** What both writings of CityJSON come to. */
export interface CityJsonFile {
  readonly head: Json // version, metadata
  readonly objects: readonly CityObject[]
}

const SMALL = new Set(['type', 'version', 'metadata', 'transform'])

/** Reads a CityJSON file object by object; its members may stand in any order, so vertices are looked up first. */
export function* readWhole(bytes: Uint8Array, name: string, findings: Findings): Steps<CityJsonFile> {
  const json = createJsonScanner(bytes, name)
  const head: Record<string, unknown> = {}
  let objectsAt = -1
  let verticesAt = -1
  yield* within(
    0,
    0.3,
    json.members(function* (key) {
      if (SMALL.has(key)) {
        head[key] = yield* json.value()
        return
      }
      if (key === 'CityObjects') objectsAt = json.at
      else if (key === 'vertices') verticesAt = json.at
      yield* json.skip()
    }),
  )
  if (objectsAt < 0) throw brokenJson(name, 'it has no "CityObjects"')
  if (verticesAt < 0) throw brokenJson(name, 'it has no "vertices"')
  const vertices = createVertices(readTransform(head.transform))
  json.at = verticesAt
  yield* within(
    0.3,
    0.5,
    json.list(function* () {
      vertices.push(yield* json.value())
    }),
  )
  const objects: CityObject[] = []
  json.at = objectsAt
  yield* within(
    0.5,
    1,
    json.members(function* (id) {
      const value = yield* json.value()
      if (isObject(value)) objects.push(readObject(id, value, vertices, findings))
    }),
  )
  return { head, objects }
}

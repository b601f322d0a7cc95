import type { Steps } from '../base/steps.ts'
import { brokenJson, createJsonScanner } from './jsonScanner.ts'

/**
 * Hands the members of one list at the top level of a JSON object one by one to `take`, parsed.
 *
 * Throws   FORMAT_BROKEN when the text is no JSON object with a list of that key
 * Cost     O(bytes)
 */
export function* splitList(
  bytes: Uint8Array,
  name: string,
  list: string,
  take: (member: unknown) => void,
): Steps<void> {
  const json = createJsonScanner(bytes, name)
  let found = false
  yield* json.members(function* (key) {
    if (key !== list) {
      yield* json.skip()
      return
    }
    found = true
    yield* json.list(function* () {
      take(yield* json.value())
    })
  })
  if (!found) throw brokenJson(name, `it has no list "${list}"`)
}

/** Hands the values of a text that holds one after another to `take`, with or without record separators (RFC 8142). */
export function* splitSequence(bytes: Uint8Array, name: string, take: (value: unknown) => void): Steps<void> {
  const json = createJsonScanner(bytes, name)
  for (let next = 0; json.hasMore(); ) {
    take(yield* json.value())
    if (json.at > next) {
      next = json.at + 16_384
      yield json.at / bytes.length
    }
  }
}

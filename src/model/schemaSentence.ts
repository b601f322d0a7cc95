import type { z } from 'zod'

/** What was found at a path of the input, in a few words. */
function gotAt(input: unknown, path: readonly PropertyKey[]): string {
  let at = input
  for (const key of path) {
    if (at === null || typeof at !== 'object' || !Object.hasOwn(at, key)) return 'nothing'
    at = (at as Record<PropertyKey, unknown>)[key]
  }
  if (Array.isArray(at)) return `a list of ${at.length}`
  if (at !== null && typeof at === 'object') return 'an object'
  const text = JSON.stringify(at) ?? 'nothing'
  return text.length > 60 ? `${text.slice(0, 57)}…` : text
}

/** The first problem that zod found, in one sentence: where, what was got, what was expected. */
export function sentenceOf(error: z.ZodError, input: unknown): string {
  const issue = error.issues[0]!
  const path = issue.path.map(String).join('.') || 'the file'
  const got = gotAt(input, issue.path)
  const expected = (): string => {
    if (issue.code === 'unrecognized_keys') return `no member ${issue.keys.map((key) => `"${key}"`).join(', ')}`
    if (issue.code === 'invalid_value') return `one of ${issue.values.map((value) => JSON.stringify(value)).join(', ')}`
    if (issue.code === 'invalid_union') return 'one of the known kinds'
    if (issue.code === 'too_big') return `at most ${issue.maximum}`
    if (issue.code === 'too_small') return `at least ${issue.minimum}`
    if (issue.code === 'invalid_type') return `${issue.expected === 'int' ? 'a whole number' : issue.expected}`
    return issue.message
  }
  return `${path} is ${got}, expected ${expected()}`
}

import { existsSync } from 'node:fs'
import { join, resolve } from 'node:path'

/** Data made by others, beside the repository. Tests that need it skip when it is absent, and say so in their names. */
const folder = process.env.VERACITY_REFERENCE ?? resolve(import.meta.dirname, '../../../shared/reference')

/** The path of a reference file or folder, or null when this machine has none. */
export function referencePath(...parts: string[]): string | null {
  const path = join(folder, ...parts)
  return existsSync(path) ? path : null
}

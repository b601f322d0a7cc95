import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'

const folder = process.env.VERACITY_REFERENCE ?? join(import.meta.dirname, '../../../shared/reference')

/** Path of a reference file made by others, or null when it is not on this machine. */
export function referenceFile(path: string): string | null {
  const file = join(folder, path)
  return existsSync(file) ? file : null
}

/** Content of a JSON reference file, or null when it is not on this machine. */
export function referenceJson<T>(path: string): T | null {
  const file = referenceFile(path)
  return file ? (JSON.parse(readFileSync(file, 'utf8')) as T) : null
}

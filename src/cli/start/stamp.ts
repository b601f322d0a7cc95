import { createHash } from 'node:crypto'
import { readdirSync, statSync } from 'node:fs'
import { join } from 'node:path'

/** A short text that changes when a file below one of the paths does, `but` left out: names, sizes and times, not contents. */
export function stampOf(root: string, paths: readonly string[], but: readonly string[] = []): string {
  const hash = createHash('sha256')
  const add = (path: string): void => {
    if (but.includes(path)) return
    const stats = statSync(join(root, path), { throwIfNoEntry: false })
    if (!stats) hash.update(`${path} missing\n`)
    else if (stats.isDirectory()) for (const name of readdirSync(join(root, path)).sort()) add(`${path}/${name}`)
    else hash.update(`${path} ${stats.size} ${stats.mtimeMs}\n`)
  }
  for (const path of paths) add(path)
  return hash.digest('hex').slice(0, 16)
}

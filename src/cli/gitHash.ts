import { existsSync, readFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'

/** The commit this program was checked out at, read from .git itself; 'unknown' outside a checkout. */
export function gitHash(): string {
  let folder = dirname(fileURLToPath(import.meta.url))
  while (!existsSync(join(folder, 'package.json'))) {
    if (dirname(folder) === folder) return 'unknown'
    folder = dirname(folder)
  }
  try {
    const head = readFileSync(join(folder, '.git/HEAD'), 'utf8').trim()
    if (!head.startsWith('ref: ')) return head.slice(0, 40)
    const ref = head.slice(5)
    const loose = join(folder, '.git', ref)
    if (existsSync(loose)) return readFileSync(loose, 'utf8').trim().slice(0, 40)
    const packed = readFileSync(join(folder, '.git/packed-refs'), 'utf8')
    return (
      packed
        .split('\n')
        .find((line) => line.endsWith(` ${ref}`))
        ?.slice(0, 40) ?? 'unknown'
    )
  } catch {
    return 'unknown'
  }
}

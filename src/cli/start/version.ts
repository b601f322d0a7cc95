import { spawnSync } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'

/** Which product this is: written into every file it saves. */
export interface Version {
  readonly version: string
  readonly commit: string // '' outside of a repository
}

export function readVersion(root: string): Version {
  const { version } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')) as { version: string }
  const { status, stdout } = spawnSync('git', ['rev-parse', 'HEAD'], { cwd: root, encoding: 'utf8' })
  return { version, commit: status === 0 ? stdout.trim() : '' }
}

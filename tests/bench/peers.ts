import { execFileSync } from 'node:child_process'
import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { projectRoot } from '../../src/cli/root.ts'

const folder = join(projectRoot, 'tests/bench/peers')

const versionIn = (file: string): string => (JSON.parse(readFileSync(file, 'utf8')) as { version: string }).version

/** What the benchmarks are run beside, installed when first asked for: a newcomer's install does not carry it. */
export function openPeer(name: string): { readonly folder: string; readonly version: string } {
  const home = join(folder, 'node_modules', name)
  if (!existsSync(join(home, 'package.json'))) {
    console.log(`Installing ${name} into tests/bench/peers …`)
    execFileSync('npm', ['ci', '--no-audit', '--no-fund', '--loglevel=error'], { cwd: folder, stdio: 'inherit' })
  }
  return { folder: home, version: versionIn(join(home, 'package.json')) }
}

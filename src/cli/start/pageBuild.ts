import { spawn } from 'node:child_process'
import { existsSync, mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { TwinError } from '../../base/errors.ts'
import { stampOf } from './stamp.ts'
import { readVersion, type Version } from './version.ts'

/** Everything the built page depends on. */
const SOURCES = ['index.html', 'vite.config.ts', 'package-lock.json', 'public', 'scenes', 'src', 'workers']
const NOT_ITS_SOURCES = ['src/cli/commands', 'src/cli/start']

function run(root: string, outDir: string, { version, commit }: Version, signal?: AbortSignal): Promise<void> {
  return new Promise((resolve, reject) => {
    const args = [join(root, 'node_modules/vite/bin/vite.js'), 'build', '--logLevel', 'warn', '--outDir', outDir]
    const child = spawn(process.execPath, args, {
      cwd: root,
      stdio: ['ignore', 'pipe', 'pipe'],
      env: {
        ...process.env,
        NODE_ENV: 'production', // whatever the caller runs under, e.g. a test
        VITE_VERACITY_VERSION: version,
        VITE_VERACITY_COMMIT: commit,
      },
      ...(signal ? { signal, killSignal: 'SIGKILL' } : {}),
    })
    let log = ''
    const keep = (part: Buffer): void => {
      log = (log + part.toString()).slice(-4_000)
    }
    child.stdout.on('data', keep)
    child.stderr.on('data', keep)
    child.once('error', reject)
    child.once('exit', (code) => {
      if (code === 0) resolve()
      else reject(new TwinError('CHILD_DIED', `The page does not build.\n${log.trim()}\n`, { exitCode: code ?? -1 }))
    })
  })
}

/**
 * Builds the page when one of its sources or the commit changed since the last time, in a process of its own, so that the memory it
 * takes is given back.
 *
 * Writes   `.veracity/page`, whole or not at all
 * Returns  the folder, and whether it had to be built
 * Throws   CHILD_DIED with the builder's last words
 */
export async function buildPage(
  root: string,
  cacheDir: string,
  signal?: AbortSignal,
): Promise<{ folder: string; built: boolean }> {
  const folder = join(cacheDir, 'page')
  const stampFile = join(cacheDir, 'page.stamp')
  const version = readVersion(root)
  const stamp = `${stampOf(root, SOURCES, NOT_ITS_SOURCES)} ${version.version} ${version.commit}`
  if (existsSync(join(folder, 'index.html')) && existsSync(stampFile) && readFileSync(stampFile, 'utf8') === stamp)
    return { folder, built: false }
  const fresh = join(cacheDir, `page-${process.pid}`)
  mkdirSync(cacheDir, { recursive: true })
  try {
    await run(root, fresh, version, signal)
    rmSync(stampFile, { force: true })
    rmSync(folder, { recursive: true, force: true })
    renameSync(fresh, folder)
    writeFileSync(stampFile, stamp)
  } finally {
    rmSync(fresh, { recursive: true, force: true })
  }
  return { folder, built: true }
}

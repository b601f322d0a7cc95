import { mkdirSync, readdirSync, rmSync } from 'node:fs'
import { join } from 'node:path'

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0)
    return true
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM'
  }
}

/**
 * Makes the folder in which this run keeps what it needs while it runs, named for the process; folders of runs that
 * ended without cleaning up are removed.
 */
export function openWorkDir(cacheDir: string, pid = process.pid): string {
  const runs = join(cacheDir, 'run')
  mkdirSync(runs, { recursive: true })
  for (const name of readdirSync(runs)) {
    if (!/^\d+$/.test(name) || !isAlive(Number(name))) rmSync(join(runs, name), { recursive: true, force: true })
  }
  const own = join(runs, String(pid))
  rmSync(own, { recursive: true, force: true })
  mkdirSync(own)
  return own
}

export const removeWorkDir = (workDir: string): void => rmSync(workDir, { recursive: true, force: true })

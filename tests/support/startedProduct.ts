import { type ChildProcess, spawn } from 'node:child_process'
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'

export const ROOT = join(import.meta.dirname, '../..')

/** A `veracity` process as a person has it in a terminal. */
export interface Started {
  readonly child: ChildProcess
  /** The URL it printed. Rejects with everything it said when it ends before. */
  readonly url: Promise<string>
  readonly said: () => string
  readonly out: () => string // stdout only
  /** Exit code, or the signal that ended it. */
  readonly ended: Promise<number | string>
}

const open = new Set<ChildProcess>()

/** Ends what a failed test left running. */
export function killLeft(): void {
  for (const child of open) child.kill('SIGKILL')
}

export function runVeracity(args: readonly string[]): Started {
  const child = spawn(process.execPath, [join(ROOT, 'src/cli/launch.mjs'), ...args], {
    cwd: ROOT,
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  open.add(child)
  let said = ''
  let out = ''
  let found: (url: string) => void = () => {}
  let failed: (error: Error) => void = () => {}
  const url = new Promise<string>((resolve, reject) => {
    found = resolve
    failed = reject
  })
  url.catch(() => {})
  const hear = (part: Buffer): void => {
    said += part.toString()
    const ready = /Veracity is ready: (http:\/\/127\.0\.0\.1:\d+)\//.exec(said)?.[1]
    if (ready) found(ready)
  }
  child.stdout.on('data', (part: Buffer) => {
    out += part.toString()
    hear(part)
  })
  child.stderr.on('data', hear)
  const ended = new Promise<number | string>((resolve) => {
    child.once('exit', (code, signal) => {
      open.delete(child)
      failed(new Error(`ended before it was ready:\n${said}`))
      resolve(code ?? signal ?? 'unknown')
    })
  })
  return { child, url, said: () => said, out: () => out, ended }
}

/** State letter and parent of a process, from Linux' process table; null when there is no such process. */
function stat(pid: number): { state: string; parent: number } | null {
  try {
    const text = readFileSync(`/proc/${pid}/stat`, 'utf8')
    const [state = '', parent = ''] = text.slice(text.lastIndexOf(')') + 2).split(' ')
    return { state, parent: Number(parent) }
  } catch {
    return null
  }
}

/** A process that still runs. One that only waits to be noticed as dead does not. */
export const isRunning = (pid: number): boolean => {
  const found = stat(pid)
  return found !== null && found.state !== 'Z' && found.state !== 'X'
}

/** Everything that a process started, and what those started. */
export function descendantsOf(pid: number): number[] {
  const all = readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name))
    .map((name) => ({ pid: Number(name), parent: stat(Number(name))?.parent ?? -1 }))
  const found = [pid]
  for (let i = 0; i < found.length; i++) for (const one of all) if (one.parent === found[i]) found.push(one.pid)
  return found.slice(1)
}

/** The command line of a process; '' when it is gone. */
export function commandOf(pid: number): string {
  try {
    return readFileSync(`/proc/${pid}/cmdline`, 'utf8').replaceAll('\0', ' ')
  } catch {
    return ''
  }
}

/** Waits for a condition by looking; the test's own timeout bounds it. */
export async function until(condition: () => boolean | Promise<boolean>): Promise<void> {
  while (!(await condition())) await new Promise((resolve) => setTimeout(resolve, 25))
}

import { type ChildProcess, spawn } from 'node:child_process'
import { fileURLToPath } from 'node:url'

export const ROOT = fileURLToPath(new URL('../..', import.meta.url))

export interface Product {
  readonly url: string
  readonly pid: number
  /** Everything it printed so far. */
  readonly log: () => string
  /** Ends it as Ctrl+C does and waits until it is gone. */
  stop(): Promise<number | null>
}

const READY = /ready: (http:\/\/127\.0\.0\.1:\d+\/)/
const STOP_MS = 15_000

/** Starts `veracity start` or `veracity preview` and resolves with its URL; rejects with its log when it does not come up in time. */
export function startProduct(args: readonly string[], withinMs = 120_000): Promise<Product> {
  const child: ChildProcess = spawn(process.execPath, ['src/cli/launch.mjs', ...args], {
    cwd: ROOT,
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  let log = ''
  return new Promise((resolve, reject) => {
    const timer = setTimeout(() => {
      child.kill('SIGKILL')
      reject(new Error(`Not ready after ${withinMs} ms:\n${log}`))
    }, withinMs)
    const listen = (data: Buffer) => {
      log += data.toString()
      const url = READY.exec(log)?.[1]
      if (!url) return
      clearTimeout(timer)
      resolve({
        url,
        pid: child.pid!,
        log: () => log,
        stop: () =>
          new Promise((done) => {
            if (child.exitCode !== null) return done(child.exitCode)
            const force = setTimeout(() => child.kill('SIGKILL'), STOP_MS)
            child.once('exit', (code) => {
              clearTimeout(force)
              done(code)
            })
            child.kill('SIGINT')
          }),
      })
    }
    child.stdout?.on('data', listen)
    child.stderr?.on('data', listen)
    child.once('exit', (code) => {
      clearTimeout(timer)
      reject(new Error(`Ended with ${code} before it was ready:\n${log}`))
    })
  })
}

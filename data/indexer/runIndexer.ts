import { type ChildProcess, spawn } from 'node:child_process'
import { existsSync, mkdirSync, rmSync } from 'node:fs'
import { createServer } from 'node:net'
import { dirname, join } from 'node:path'
import { createInterface } from 'node:readline'
import { TwinError } from '../../src/base/errors.ts'
import { type IndexerSettings, settingsToEnv } from './settings.ts'

export interface IndexerRequest {
  readonly rpcUrl: string
  readonly chainId: number
  readonly contracts: IndexerSettings['contracts']
  readonly fromBlock: number
  readonly appDir: string // this folder, as the project has it
  readonly workDir: string // where its database may live; wiped at every start
  readonly onLog: (line: string) => void // warnings and errors only
}

export interface RunningIndexer {
  readonly url: string
  readonly pid: number
  /** Resolves when the past is indexed; rejects with CHILD_DIED when the process ends before. */
  readonly ready: Promise<void>
  /** Resolves when the process is gone, with what it left with; never rejects. */
  readonly gone: Promise<{ readonly code: number | null; readonly signal: string | null }>
  /** Ends the process, by force after a while, and removes its database. */
  stop(): Promise<void>
}

const HOST = '127.0.0.1'
const POLL_MS = 500 // how often it looks for a new block
const ASK_MS = 400 // how often it is asked whether it is ready
const STOP_MS = 2_500 // what a graceful end may take before it is forced
const CACHE_BYTES = 16 * 1024 * 1024
/** Its heap needs little; most of its memory is the database's WebAssembly. Measured: 415 MB in all instead of 475 MB. */
const NODE_FLAGS = ['--max-old-space-size=192', '--max-semi-space-size=2', '--optimize-for-size']
/** Ends the process when the one that started it is gone, however that came about: its end of the pipe closes. */
const FOLLOW_PARENT = "data:text/javascript,process.stdin.on('end',()=>process.exit(0)).resume()"

/** Ponder's own command, from the nearest node_modules above the app. */
function findPonder(from: string): string {
  const path = join(from, 'node_modules/ponder/dist/esm/bin/ponder.js')
  if (existsSync(path)) return path
  const above = dirname(from)
  if (above === from) throw new TwinError('CHILD_DIED', 'The indexer is not installed: node_modules/ponder is missing.')
  return findPonder(above)
}

const freePort = (): Promise<number> =>
  new Promise((resolve, reject) => {
    const server = createServer()
    server.once('error', reject)
    server.listen(0, HOST, () => {
      const address = server.address()
      server.close(() => resolve(typeof address === 'object' && address !== null ? address.port : 0))
    })
  })

function follow(child: ChildProcess, onLog: (line: string) => void): void {
  for (const stream of [child.stdout, child.stderr]) {
    if (stream) createInterface({ input: stream }).on('line', onLog)
  }
}

/** Asks until the past is indexed or the process is gone. */
async function untilReady(url: string, isGone: () => boolean): Promise<void> {
  while (!isGone()) {
    const answer = await fetch(`${url}/ready`, { signal: AbortSignal.timeout(5_000) }).catch(() => null)
    if (answer?.status === 200) return
    await new Promise((resolve) => setTimeout(resolve, ASK_MS))
  }
  throw new TwinError('CHILD_DIED', 'The indexer ended before it was ready.')
}

/**
 * Starts the indexer as a process of its own on a free loopback port, with a fresh database.
 *
 * Returns  at once; `ready` says when it has caught up
 * Throws   CHILD_DIED when it is not installed
 */
export async function startIndexer(request: IndexerRequest): Promise<RunningIndexer> {
  const bin = findPonder(request.appDir)
  const pgliteFolder = join(request.workDir, 'indexer')
  rmSync(pgliteFolder, { recursive: true, force: true })
  mkdirSync(pgliteFolder, { recursive: true })
  const port = await freePort()
  const args = [...NODE_FLAGS, '--import', FOLLOW_PARENT, bin, 'start', '--schema', 'veracity', '--hostname', HOST]
  const child = spawn(process.execPath, [...args, '--port', String(port), '--log-level', 'warn'], {
    cwd: request.appDir,
    stdio: ['pipe', 'pipe', 'pipe'],
    detached: true, // a Ctrl+C in the terminal reaches it through stop(), not from the side
    env: {
      PATH: process.env.PATH,
      HOME: process.env.HOME,
      TMPDIR: process.env.TMPDIR,
      PONDER_TELEMETRY_DISABLED: 'true',
      PONDER_CACHE_BYTES: String(CACHE_BYTES),
      ...settingsToEnv({ ...request, startBlock: request.fromBlock, pgliteFolder, pollMs: POLL_MS }),
    },
  })
  follow(child, request.onLog)
  let isGone = false
  const gone = new Promise<{ code: number | null; signal: string | null }>((resolve) => {
    const leave = (code: number | null, signal: string | null): void => {
      isGone = true
      resolve({ code, signal })
    }
    child.once('exit', leave)
    child.once('error', () => leave(null, null))
  })
  const url = `http://${HOST}:${port}`
  const ready = untilReady(url, () => isGone)
  ready.catch(() => {}) // a caller that only stops it need not look
  return {
    url,
    pid: child.pid ?? -1,
    ready,
    gone,
    async stop() {
      const force = setTimeout(() => child.kill('SIGKILL'), STOP_MS)
      child.kill('SIGTERM')
      if (child.pid !== undefined) await gone
      clearTimeout(force)
      rmSync(pgliteFolder, { recursive: true, force: true })
    },
  }
}

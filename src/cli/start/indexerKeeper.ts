import { type IndexerRequest, type RunningIndexer, startIndexer } from '../../../data/indexer/runIndexer.ts'
import type { Upstream } from '../serve/forward.ts'
import type { Ending } from './shutdown.ts'
import type { Warden } from './warden.ts'

/** How the indexer is, as the page is told. */
type IndexerState = 'off' | 'starting' | 'ready' | 'down'

export interface IndexerKeeper extends Ending {
  state(): IndexerState
  upstream(): Upstream | null
  pid(): number | null
  /** Starts it in the background. Never rejects: the page works without it. */
  begin(): void
}

const RESTARTS = 1
const LAST_LINES = 5

/**
 * Keeps the indexer running: says when it has caught up, and starts it again once should it die.
 * `note` gets one line for whatever happens.
 */
export function keepIndexer(
  request: Omit<IndexerRequest, 'onLog'>,
  warden: Warden,
  note: (text: string) => void,
  start: typeof startIndexer = startIndexer,
): IndexerKeeper {
  let state: IndexerState = 'starting'
  let running: RunningIndexer | null = null
  let isStopping = false
  const lastLines: string[] = []

  const keep = async (restartsLeft: number): Promise<void> => {
    const startedMs = Date.now()
    const own = await start({
      ...request,
      onLog: (line) => {
        lastLines.push(line)
        if (lastLines.length > LAST_LINES) lastLines.shift()
      },
    })
    running = own
    warden.watch(own.pid)
    if (isStopping) {
      await own.stop()
      return
    }
    own.ready.then(
      () => {
        state = 'ready'
        note(`  ✓ indexer     has caught up, ${((Date.now() - startedMs) / 1000).toFixed(1)} s`)
      },
      () => {},
    )
    const { code, signal } = await own.gone
    warden.forget(own.pid)
    running = null
    if (isStopping) return
    const again = restartsLeft > 0
    state = again ? 'starting' : 'down'
    const last = lastLines.at(-1)
    note(
      `  ! indexer     ended unexpectedly (${signal ?? `exit ${code}`}${last ? `; ${last.trim()}` : ''}). ` +
        (again ? 'Starting it again.' : 'The page reads the chain itself.'),
    )
    if (again) await keep(restartsLeft - 1)
  }

  return {
    title: 'indexer',
    state: () => state,
    upstream: () => running && { url: running.url, title: 'The indexer' },
    pid: () => running?.pid ?? null,
    begin() {
      keep(RESTARTS).catch((error: unknown) => {
        state = 'down'
        note(`  ! indexer     does not start: ${error instanceof Error ? error.message : String(error)}`)
      })
    },
    async stop() {
      isStopping = true
      await running?.stop()
    },
    kill() {
      isStopping = true
      if (running) {
        try {
          process.kill(running.pid, 'SIGKILL')
        } catch {
          // already gone
        }
      }
    },
  }
}

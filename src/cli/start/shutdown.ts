/** Something that was started and must end with the start. */
export interface Ending {
  readonly title: string
  /** Ends it in good order. */
  stop(): Promise<void>
  /** Ends it at once, without waiting for anything. */
  kill(): void
}

export interface Shutdown {
  readonly isStopping: boolean
  /** Resolves with the exit code once everything has ended. */
  readonly ended: Promise<number>
  /** Registers a part. When the end has already begun, the part is stopped at once. */
  add(ending: Ending): void
  /** Begins the end: the last part first. A second call kills what is left. */
  stop(code?: number): void
}

/** What all parts together may take to end in good order. */
const GRACE_MS = 4_500

/**
 * Creates the way out. One signal ends everything in good order, a second one at once; nothing is left either way.
 */
export function createShutdown(note: (text: string) => void, graceMs = GRACE_MS): Shutdown {
  const endings: Ending[] = []
  let isStopping = false
  let resolveEnded: (code: number) => void = () => {}
  const ended = new Promise<number>((resolve) => {
    resolveEnded = resolve
  })
  const killAll = (): void => {
    for (const ending of endings.splice(0)) ending.kill()
  }
  const stopAll = async (): Promise<void> => {
    for (let ending = endings.at(-1); ending; ending = endings.at(-1)) {
      await ending.stop().catch((error: unknown) => note(`${ending?.title} did not end well: ${String(error)}`))
      endings.splice(endings.indexOf(ending), 1)
    }
  }
  return {
    get isStopping() {
      return isStopping
    },
    ended,
    add(ending) {
      if (isStopping) ending.kill()
      else endings.push(ending)
    },
    stop(code = 0) {
      if (isStopping) {
        killAll()
        resolveEnded(code)
        return
      }
      isStopping = true
      const timer = setTimeout(() => {
        note(`Not ended in time: ${endings.map(({ title }) => title).join(', ')}. Ending it by force.`)
        killAll()
        resolveEnded(code)
      }, graceMs)
      void stopAll().then(() => {
        clearTimeout(timer)
        resolveEnded(code)
      })
    },
  }
}

/** npm hands a Ctrl+C on to a process that the terminal has already told: the same key press, heard twice. */
export const ECHO_MS = 700

/** Ties Ctrl+C and a polite kill to the shutdown. Returns what unties them. */
export function onSignals(
  shutdown: Shutdown,
  note: (text: string) => void,
  nowMs: () => number = Date.now,
): () => void {
  let firstMs = 0
  const heard = (): void => {
    if (shutdown.isStopping && nowMs() - firstMs < ECHO_MS) return
    if (!shutdown.isStopping) {
      firstMs = nowMs()
      note('Stopping … (again to stop at once)')
    }
    shutdown.stop()
  }
  const signals = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const
  for (const signal of signals) process.on(signal, heard)
  return () => {
    for (const signal of signals) process.off(signal, heard)
  }
}

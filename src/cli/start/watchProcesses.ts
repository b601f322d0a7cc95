import type { Ending } from './shutdown.ts'

const LOOK_MS = 2_000

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0)
    return true
  } catch {
    return false
  }
}

/** Looks after processes that others started: one line when one of them is gone. Stops looking when stopped. */
export function watchProcesses(pids: ReadonlyMap<string, number>, note: (text: string) => void): Ending {
  const alive = new Map(pids)
  const timer = setInterval(() => {
    for (const [title, pid] of alive) {
      if (isAlive(pid)) continue
      alive.delete(title)
      note(`  ! ${title.padEnd(11)} ended unexpectedly. What was proven stays on screen; start again to bring it back.`)
    }
  }, LOOK_MS)
  timer.unref()
  const stop = (): void => clearInterval(timer)
  return { title: 'watch', stop: async () => stop(), kill: stop }
}

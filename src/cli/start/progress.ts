import type { CliIo } from '../command.ts'

/** The lines a person reads while things start: one per step when it is done, and a sign of life while it is not. */
export interface Progress {
  /** Does a step and writes how long it took. */
  step<Result>(title: string, work: (say: (detail: string) => void) => Promise<Result>): Promise<Result>
  /** A line on its own. */
  note(text: string): void
}

const SIGN_OF_LIFE_MS = 2_000
const TITLE_WIDTH = 11

const seconds = (ms: number): string => `${(ms / 1000).toFixed(1)} s`

export function createProgress(io: Pick<CliIo, 'err'>, nowMs: () => number = Date.now): Progress {
  return {
    note: (text) => io.err(text),
    async step(title, work) {
      const startedMs = nowMs()
      let detail = ''
      let told = ''
      const label = title.padEnd(TITLE_WIDTH)
      const timer = setInterval(() => {
        if (detail === told && told !== '') return
        told = detail
        io.err(`  … ${label} ${detail || 'working'} (${seconds(nowMs() - startedMs)})`)
      }, SIGN_OF_LIFE_MS)
      timer.unref()
      try {
        const result = await work((text) => {
          detail = text
        })
        io.err(`  ✓ ${label} ${detail}${detail ? ', ' : ''}${seconds(nowMs() - startedMs)}`)
        return result
      } finally {
        clearInterval(timer)
      }
    },
  }
}

import type { CliIo } from './command.ts'

/** Tells the progress of one long computation on stderr, a line each tenth. */
export function tellTenths(io: CliIo): (fraction: number) => void {
  let told = 0
  return (fraction) => {
    const tenth = Math.floor(10 * fraction + 1e-9)
    if (tenth <= told || tenth >= 10) return
    told = tenth
    io.err(`${10 * tenth} %`)
  }
}

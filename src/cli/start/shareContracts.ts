import { copyFileSync, existsSync, readdirSync } from 'node:fs'
import { join } from 'node:path'

/** Copies compiled contracts from one folder to another, so that a run need not compile what an earlier one did. */
export function shareContracts(from: string, to: string): void {
  for (const name of readdirSync(from)) {
    if (/^contracts-[0-9a-f]+\.json$/.test(name) && !existsSync(join(to, name)))
      copyFileSync(join(from, name), join(to, name))
  }
}

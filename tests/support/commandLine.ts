import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { main } from '../../src/cli/main.ts'

export interface Answer {
  readonly code: number
  readonly out: string
  readonly err: string
}

/** Runs one command line in this process. */
export async function veracity(...argv: string[]): Promise<Answer> {
  const [out, err]: [string[], string[]] = [[], []]
  const code = await main(argv, { out: (text) => void out.push(text), err: (text) => void err.push(text) })
  return { code, out: out.join('\n'), err: err.join('\n') }
}

/** The one JSON document a command printed. */
export const documentOf = <T>({ out }: Answer): T => JSON.parse(out) as T

/** A folder for the files of one test. */
export function scratch() {
  const folder = mkdtempSync(join(tmpdir(), 'veracity-cli-'))
  return {
    write(name: string, content: string | Uint8Array): string {
      const path = join(folder, name)
      writeFileSync(path, content)
      return path
    },
    remove: () => rmSync(folder, { recursive: true, force: true }),
  }
}

import { mkdirSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Hex } from '../../src/base/hex.ts'

/** Batch bodies on disk, each under its own hash. */
export interface BodyStore {
  put(hash: Hex, body: Uint8Array): void
  get(hash: string): Uint8Array | null
  /** Deletes what was put more than this long ago; returns how many. */
  prune(olderThanMs: number): number
  count(): number
}

const NAME = /^0x[0-9a-f]{64}$/

export function createBodyStore(folder: string): BodyStore {
  mkdirSync(folder, { recursive: true })
  const names = (): string[] => readdirSync(folder).filter((name) => NAME.test(name))
  return {
    put: (hash, body) => writeFileSync(join(folder, hash), body),
    get(hash) {
      if (!NAME.test(hash)) return null // also keeps every path inside the folder
      try {
        return readFileSync(join(folder, hash))
      } catch {
        return null
      }
    },
    prune(olderThanMs) {
      const old = names().filter((name) => Date.now() - statSync(join(folder, name)).mtimeMs > olderThanMs)
      for (const name of old) rmSync(join(folder, name), { force: true })
      return old.length
    },
    count: () => names().length,
  }
}

import { mkdirSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Hex } from '../../src/base/hex.ts'

/** Until when a body is kept back, and whose wish it is. */
export interface Withheld {
  readonly untilMs: number
  readonly devices: readonly Hex[]
}

/** Batch bodies on disk, each under its own hash. */
export interface BodyStore {
  put(hash: Hex, body: Uint8Array, withheld?: Withheld): void
  /** Until when this body is kept back; null when anybody may have it. */
  withheld(hash: string, nowMs: number): Withheld | null
  get(hash: string): Uint8Array | null
  /** Deletes what was put more than this long ago; returns how many. */
  prune(olderThanMs: number): number
  count(): number
}

const NAME = /^0x[0-9a-f]{64}$/

export function createBodyStore(folder: string): BodyStore {
  mkdirSync(folder, { recursive: true })
  const kept = new Map<string, Withheld>()
  const names = (): string[] => readdirSync(folder).filter((name) => NAME.test(name))
  return {
    put(hash, body, withheld) {
      writeFileSync(join(folder, hash), body)
      if (withheld) kept.set(hash, withheld)
    },
    withheld(hash, nowMs) {
      const wish = kept.get(hash)
      if (!wish || wish.untilMs > nowMs) return wish ?? null
      kept.delete(hash)
      return null
    },
    get(hash) {
      if (!NAME.test(hash)) return null // also keeps every path inside the folder
      try {
        return readFileSync(join(folder, hash))
      } catch {
        return null
      }
    },
    prune(olderThanMs) {
      // what is kept back is kept as long again once anybody may have it
      const since = (name: string): number =>
        Math.max(statSync(join(folder, name)).mtimeMs, kept.get(name)?.untilMs ?? 0)
      const old = names().filter((name) => Date.now() - since(name) > olderThanMs)
      for (const name of old) kept.delete(name)
      for (const name of old) rmSync(join(folder, name), { force: true })
      return old.length
    },
    count: () => names().length,
  }
}

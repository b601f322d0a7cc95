import { sameBytes } from '../../base/hex.ts'
import type { FixedKeyVerifier } from './fixedKey.ts'

type Verify = (signature: Uint8Array, publicKey: Uint8Array, digest: Uint8Array) => boolean

/** Keys that have tables at once: 19 MB of them. */
const MAX_TABLES = 4096
const UNCOMPRESSED_BYTES = 65

interface Known {
  verified: number // how often `verify` accepted a signature of the key
  table: number // 0: none yet
  readonly key: Uint8Array // a copy: the caller's array may change
}

/**
 * `verify` that has tables for keys which sign again and again, told apart by the array that holds them.
 * Only `verify` refuses, and a key gets its table once `verify` has accepted two of its signatures, so that it is a
 * point of the curve. The table goes when the array does.
 */
export function rememberKeys(verify: Verify, fixed: FixedKeyVerifier, maxTables = MAX_TABLES): Verify {
  const keys = new WeakMap<Uint8Array, Known>()
  const free: number[] = []
  const gone = new FinalizationRegistry<number>((table) => free.push(table))
  let tables = 0
  let isFull = false // memory gave out: what has a table keeps it

  /** A table that holds the key; 0 when there is no memory for one. Until it is whole it is nobody's. */
  const tableOf = (publicKey: Uint8Array, reuse?: number): number => {
    try {
      return fixed.prepare(publicKey, reuse)
    } catch {
      isFull = true
      return 0
    }
  }

  const learn = (publicKey: Uint8Array): void => {
    let known = keys.get(publicKey)
    if (!known || !sameBytes(known.key, publicKey)) {
      const old = known?.table ?? 0
      known = { verified: 0, table: 0, key: Uint8Array.from(publicKey) }
      keys.set(publicKey, known)
      if (old !== 0) known.table = tableOf(publicKey, old)
    }
    known.verified++
    if (known.table !== 0 || known.verified < 2 || isFull) return
    const reuse = free.pop()
    if (reuse === undefined && tables >= maxTables) return
    known.table = tableOf(publicKey, reuse)
    if (known.table === 0) return
    if (reuse === undefined) tables++
    gone.register(publicKey, known.table)
  }

  return (signature, publicKey, digest) => {
    const known = keys.get(publicKey)
    if (known && known.table !== 0 && sameBytes(known.key, publicKey) && fixed.confirms(signature, known.table, digest))
      return true
    const valid = verify(signature, publicKey, digest)
    if (valid && publicKey.length === UNCOMPRESSED_BYTES) learn(publicKey)
    return valid
  }
}

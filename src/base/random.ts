import { log } from './math/log.ts'
import { cos } from './math/trig.ts'

/** Seeded chance. The same seed gives the same numbers in every engine, thread and order of forks. */
export interface Random {
  /** Uniform in [0, 1), 53 bits. */
  next(): number
  /** Uniform integer in [0, n). */
  below(n: number): number
  /** Standard normal. */
  normal(): number
  /** A stream of its own, decided by this stream's seed and the label only, not by what was drawn before. */
  fork(label: string | number): Random
}

/** 32-bit hash of text (FNV-1a, then murmur3's finaliser). */
export function hashText(text: string): number {
  let h = 0x811c9dc5
  for (let i = 0; i < text.length; i++) h = Math.imul(h ^ text.charCodeAt(i), 0x01000193)
  h = Math.imul(h ^ (h >>> 16), 0x85ebca6b)
  h = Math.imul(h ^ (h >>> 13), 0xc2b2ae35)
  return (h ^ (h >>> 16)) >>> 0
}

/**
 * Creates a seeded random stream.
 *
 * Source   sfc32 by C. Doty-Humphrey (PractRand), 12 rounds of warm-up.
 */
export function createRandom(seed: number | string): Random {
  const name = String(seed)
  let a = hashText(name)
  let b = hashText(`${name}/b`)
  let c = hashText(`${name}/c`)
  let d = 1

  const word = (): number => {
    const t = (((a + b) | 0) + d) | 0
    d = (d + 1) | 0
    a = b ^ (b >>> 9)
    b = (c + (c << 3)) | 0
    c = (c << 21) | (c >>> 11)
    c = (c + t) | 0
    return t >>> 0
  }
  for (let i = 0; i < 12; i++) word()

  const next = (): number => (word() * 2097152 + (word() >>> 11)) / 9007199254740992
  return {
    next,
    below: (n) => Math.floor(next() * n),
    normal() {
      // Box-Muller; 1 - u keeps the logarithm finite
      const radius = Math.sqrt(-2 * log(1 - next()))
      return radius * cos(2 * Math.PI * next())
    },
    fork: (label) => createRandom(`${name}/${label}`),
  }
}

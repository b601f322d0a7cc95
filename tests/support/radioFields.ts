import type { Random } from '../../src/base/random.ts'
import type { HeightField } from '../../src/engines/radio/heightField.ts'

/** A made-up city on a square field: `count` boxes of 8 to 40 m, most of them low, some high. */
export function boxCity(random: Random, radius: number, cellM: number, count: number): HeightField {
  const cols = 2 * radius + 1
  const topM = new Float32Array(cols * cols)
  for (let b = 0; b < count; b++) {
    const [c, r] = [random.below(cols), random.below(cols)]
    const [w, h] = [Math.ceil((8 + 32 * random.next()) / cellM), Math.ceil((8 + 32 * random.next()) / cellM)]
    const height = Math.fround(random.next() < 0.1 ? 30 + 70 * random.next() : 6 + 18 * random.next())
    for (let y = r; y < Math.min(cols, r + h); y++) {
      for (let x = c; x < Math.min(cols, c + w); x++) {
        if (topM[y * cols + x]! < height) topM[y * cols + x] = height
      }
    }
  }
  return { cellM, col0: -radius, row0: -radius, cols, rows: cols, topM }
}

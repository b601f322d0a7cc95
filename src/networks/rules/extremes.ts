// Math.min and Math.max take no big integers.

/** The smaller of two whole numbers. */
export function leastOf(a: bigint, b: bigint): bigint {
  if (a < b) return a
  return b
}

/** The larger of two whole numbers. */
export function mostOf(a: bigint, b: bigint): bigint {
  if (a > b) return a
  return b
}

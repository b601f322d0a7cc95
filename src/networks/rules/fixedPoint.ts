/** One in Q.128 fixed point: integers that carry 128 bits after the point. */
export const Q128 = 1n << 128n

/** A ratio of two whole numbers in Q.128, rounded down. */
export const ratioQ = (numerator: bigint, denominator: bigint): bigint => (numerator << 128n) / denominator

/** A non-negative Q.128 number to a whole power, by squaring; each product is rounded down. */
export function powQ(base: bigint, exponent: number): bigint {
  let result = Q128
  let square = base
  for (let left = exponent; left > 0; left = Math.floor(left / 2)) {
    if (left % 2 === 1) result = (result * square) >> 128n
    square = (square * square) >> 128n
  }
  return result
}

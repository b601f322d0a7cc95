/** A number as one says it in a sentence: two significant digits, no exponent, no trailing zeros. */
export const shortNumber = (value: number): string => String(Number(value.toPrecision(2)))

/** Values are kept to this many significant digits, so that a file written and read again gives the same numbers. */
const DIGITS = 12

export const tidy = (value: number): number => (Number.isFinite(value) ? Number(value.toPrecision(DIGITS)) : value)
